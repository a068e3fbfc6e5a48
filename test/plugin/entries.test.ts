/** What is entered on a device waits there until the server has it, and arrives exactly once, in order. */
import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { newUuid } from '@auzolan/shared/ids.ts'
import { Entries, type QueuedEntry } from '../../plugin/src/entering/entries.ts'
import { makeEntrySender, type EntrySenderPorts } from '../../plugin/src/entering/sender.ts'
import type { Pace } from '../../plugin/src/sending/pace.ts'
import type { Cause } from '../../plugin/src/session/connection.ts'
import { until } from '../support/server.ts'

const entry = (at = 1, over: Partial<QueuedEntry> = {}): QueuedEntry => ({
  id: newUuid(),
  document: 'plan',
  kind: 'mention',
  path: '/documents/plan/mentions',
  body: { summary: 'Galdera bat' },
  at,
  state: { kind: 'waiting', cause: null },
  ...over,
})
let last = 0
const open = (person = `person-${++last}`): Promise<Entries> => Entries.open('test', person)

describe('entries', () => {
  it('[EN1] are kept until they are settled, in the order in which they were entered, also for the next page', async () => {
    const before = await open('ane')
    const second = entry(2)
    const first = entry(1)
    await before.keep(second)
    await before.keep(first)
    before.close()
    const entries = await open('ane')
    expect(await entries.all()).toEqual([first, second])
    await entries.settle(first.id)
    expect(await entries.all()).toEqual([second])
  })

  it('[EN3] are one person’s', async () => {
    await (await open('ane-2')).keep(entry())
    expect(await (await open('jon-2')).all()).toEqual([])
  })

  it('[EN1] are kept once, however often the button is pressed, and anew once they were refused', async () => {
    const entries = await open()
    const one = entry()
    await entries.keep(one)
    await entries.become(one.id, { kind: 'asked' })
    await entries.keep(one)
    expect((await entries.all()).map(({ state }) => state.kind)).toEqual(['asked'])
    await entries.become(one.id, { kind: 'refused', cause: 'INVALID_INPUT' })
    const mended = { ...one, body: { summary: 'Beste bat' } }
    await entries.keep(mended)
    expect(await entries.all()).toEqual([mended])
  })

  it('[EN2] are given back while they wait or were refused, and not when they may have arrived', async () => {
    const entries = await open()
    const one = entry()
    await entries.keep(one)
    await entries.become(one.id, { kind: 'asked' })
    expect(await entries.withdraw(one.id)).toBe(false)
    await entries.become(one.id, { kind: 'waiting', cause: 'SIGN_IN' })
    expect(await entries.withdraw(one.id)).toBe(true)
    expect(await entries.withdraw(one.id)).toBe(false)
  })
})

describe('[EV18] what replaces itself', () => {
  const sheet = (at: number, over: Partial<QueuedEntry> = {}): QueuedEntry =>
    entry(at, { kind: 'sheet', path: '/sheet', method: 'PUT', ...over })

  it('takes the place of what waits for the same address, and of nothing else', async () => {
    const entries = await open()
    const other = entry(1)
    await entries.keep(other)
    const [first, second] = [sheet(2), sheet(3)]
    await entries.replace('/sheet', () => first)
    expect(await entries.replace('/sheet', (before) => (before[0]?.id === first.id ? second : null))).toBe(
      true,
    )
    expect(await entries.all()).toEqual([other, second])
  })

  it('comes after what was sent and has no answer, and leaves what was refused', async () => {
    const entries = await open()
    const [refused, asked, last] = [sheet(1), sheet(2), sheet(3)]
    await entries.replace('/sheet', () => refused)
    await entries.become(refused.id, { kind: 'refused', cause: 'CHANGED_MEANWHILE' })
    await entries.replace('/sheet', () => asked)
    await entries.become(asked.id, { kind: 'asked' })
    await entries.replace('/sheet', (before) => {
      expect(before.map(({ state }) => state.kind)).toEqual(['refused', 'asked'])
      return last
    })
    expect((await entries.all()).map(({ id }) => id)).toEqual([refused.id, asked.id, last.id])
  })

  it('stays as it is where nothing is made of it', async () => {
    const entries = await open()
    const one = sheet(1)
    await entries.replace('/sheet', () => one)
    expect(await entries.replace('/sheet', () => null)).toBe(false)
    expect(await entries.all()).toEqual([one])
  })
})

describe('the sender of entries', () => {
  const paces: Pace[] = []
  afterEach(() => paces.splice(0).forEach((pace) => pace.stop()))
  class No extends Error {
    readonly why: Cause
    constructor(why: Cause) {
      super(why)
      this.why = why
    }
  }
  const start = async (ports: Partial<EntrySenderPorts>, queued: readonly QueuedEntry[] = [entry()]) => {
    const entries = await open()
    for (const one of queued) await entries.keep(one)
    const pace = makeEntrySender({
      entries,
      post: () => Promise.resolve(),
      causeOf: (error) => (error as No).why,
      online: () => true,
      alone: (work) => work(),
      retryMinMs: 5,
      ...ports,
    })
    paces.push(pace)
    const states = async () => (await entries.all()).map(({ state }) => state)
    return { entries, pace, states }
  }

  it('[EN1] sends them in order; what was entered after one that gets no answer waits too', async () => {
    const queued = [entry(1), entry(2), entry(3)]
    const sent: object[] = []
    let answers = false
    const { pace, states } = await start(
      {
        post: (_path, body) => {
          sent.push(body)
          return answers ? Promise.resolve() : Promise.reject(new No('NETWORK'))
        },
        retryMinMs: 60_000,
      },
      queued,
    )
    await pace.send()
    expect(sent).toEqual([queued[0]!.body])
    expect((await states()).map(({ kind }) => kind)).toEqual(['asked', 'waiting', 'waiting'])
    answers = true
    await pace.send()
    expect(sent).toEqual([queued[0]!.body, ...queued.map(({ body }) => body)])
    expect(await states()).toEqual([])
  })

  it('[EV18] puts what is put, and posts the rest', async () => {
    const methods: string[] = []
    const { pace } = await start(
      { post: (_path, _body, method) => (methods.push(method), Promise.resolve()) },
      [entry(1), entry(2, { kind: 'sheet', method: 'PUT' })],
    )
    await pace.send()
    expect(methods).toEqual(['POST', 'PUT'])
  })

  it('[EN2] sends nothing while it is sure that nobody would answer, and then by itself', async () => {
    let online = false
    let sent = 0
    const { pace, states } = await start({
      online: () => online,
      post: () => ((sent += 1), Promise.resolve()),
    })
    await pace.send()
    expect([sent, await states()]).toEqual([0, [{ kind: 'waiting', cause: null }]])
    online = true
    await until(async () => (await states()).length === 0, 'it is sent')
    expect(sent).toBe(1)
  })

  it('[EN1] sends the same body when the answer was lost, and takes one that hangs for lost', async () => {
    const bodies: object[] = []
    const { pace, states } = await start({
      post: (_path, body) => (bodies.push(body), new Promise(() => {})),
      answerMaxMs: 20,
    })
    await pace.send()
    expect(await states()).toEqual([{ kind: 'asked' }])
    await until(() => bodies.length >= 2, 'it is tried again')
    expect(bodies[1]).toEqual(bodies[0])
  })

  it('[EN4] one that is refused stays with its reason, is not sent again, and holds up nothing', async () => {
    const queued = [entry(1), entry(2)]
    let sent = 0
    const { pace, entries } = await start(
      {
        post: () => ((sent += 1), sent === 1 ? Promise.reject(new No('INVALID_INPUT')) : Promise.resolve()),
      },
      queued,
    )
    await pace.send()
    await pace.send()
    expect(sent).toBe(2)
    expect(await entries.all()).toEqual([
      { ...queued[0], state: { kind: 'refused', cause: 'INVALID_INPUT' } },
    ])
  })

  it.each(['NOT_FOUND', 'ACCESS_ENDED'] as const)(
    '[EN4] keeps nothing of what was entered once the document is out of reach (%s)',
    async (cause) => {
      const { pace, entries } = await start({ post: () => Promise.reject(new No(cause)) })
      await pace.send()
      expect(await entries.all()).toMatchObject([{ body: null, state: { kind: 'refused', cause } }])
    },
  )

  it.each(['OTHER_PERSON', 'SIGN_IN', 'TRY_AGAIN'] as const)(
    '[EN3] takes %s for no answer',
    async (cause) => {
      const { pace, states } = await start({ post: () => Promise.reject(new No(cause)) })
      await pace.send()
      expect(await states()).toEqual([{ kind: 'waiting', cause }])
    },
  )

  it('[EN2] does not send what is taken back meanwhile', async () => {
    const queued = [entry(1), entry(2)]
    const sent: object[] = []
    const started = await start(
      {
        post: async (_path, body) => {
          sent.push(body)
          await started.entries.withdraw(queued[1]!.id)
        },
      },
      queued,
    )
    await started.pace.send()
    expect(sent).toEqual([queued[0]!.body])
    expect(await started.states()).toEqual([])
  })
})
