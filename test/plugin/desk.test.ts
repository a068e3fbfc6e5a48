/** The desk keeps one decision a document, and the sender brings it to the server exactly as long as that is due. */
import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { newUuid } from '@auzolan/shared/ids.ts'
import { SEND_RETRY_MAX_MS, SEND_RETRY_MIN_MS, REVIEWS_REMEMBERED_MAX } from '@auzolan/shared/limits.ts'
import { ANY_DIRECTOR } from '@auzolan/shared/approval-route.ts'
import type { Review, Version } from '@auzolan/shared/protocol/review.ts'
import { Desk, type KnownReview, type QueuedDecision } from '../../plugin/src/decisions/desk.ts'
import { Sender, type SenderPorts } from '../../plugin/src/decisions/sender.ts'
import type { Cause } from '../../plugin/src/session/connection.ts'
import { until } from '../support/server.ts'

const version = (n: number): Version => ({
  n,
  at: '2026-11-25T10:00:00Z',
  by: { id: 'ane', name: 'Ane' },
  note: '',
  due: null,
  sha256: String(n).repeat(64).slice(0, 64),
  decisions: [],
  languages: ['eu'],
  json: '{}',
  route: ANY_DIRECTOR,
  label: null,
  beforeRestoring: null,
})
const decision = (document: string, n = 1): QueuedDecision => ({
  document,
  title: { eu: 'Plana' },
  given: {
    id: newUuid(),
    version: n,
    sha256: version(n).sha256,
    verdict: 'approve',
    comment: '',
    sections: [],
    conditions: 'Urtero berrikusi.',
    waivers: [],
    overrides: [],
  },
  read: version(n),
  at: n,
  state: { kind: 'waiting', cause: null },
})
const known = (at: number): KnownReview => ({ at }) as KnownReview

let last = 0
const open = (person = `person-${++last}`): Promise<Desk> => Desk.open('test', person)

describe('a desk', () => {
  it('[OD1] keeps a decision until it is settled, also for the next page', async () => {
    const one = decision('plan')
    const before = await open('mayor')
    expect(await before.queue(one)).toBe(true)
    before.close()
    const desk = await open('mayor')
    expect(await desk.decisions()).toEqual([one])
    await desk.settle(one)
    expect(await desk.decisions()).toEqual([])
  })

  it('[OD4] is one person’s', async () => {
    await (await open('mayor-2')).queue(decision('plan'))
    expect(await (await open('deputy-2')).decisions()).toEqual([])
  })

  it('[OD1] has one decision a document: a second one waits for the first to be known', async () => {
    const desk = await open()
    const one = decision('plan')
    await desk.queue(one)
    expect(await desk.queue(decision('plan', 2))).toBe(false)
    expect(await desk.queue(decision('another'))).toBe(true)
    await desk.become(one, { kind: 'refused', cause: 'CHANGED_MEANWHILE' })
    const two = decision('plan', 2)
    expect(await desk.queue(two)).toBe(true)
    // Whatever still comes about the first one is not about this one.
    await desk.settle(one)
    expect(await desk.become(one, { kind: 'asked' })).toBe(false)
    expect((await desk.decisions()).find(({ document }) => document === 'plan')).toEqual(two)
  })

  it('[OD3] gives back what waits or was refused, and nothing that may have arrived', async () => {
    const desk = await open()
    const one = decision('plan')
    await desk.queue(one)
    await desk.become(one, { kind: 'asked' })
    expect(await desk.withdraw(one)).toBe(false)
    await desk.become(one, { kind: 'waiting', cause: 'TRY_AGAIN' })
    expect(await desk.withdraw(one)).toBe(true)
    expect(await desk.withdraw(one)).toBe(false)
  })

  it('keeps nothing of a text that the person may not read any more', async () => {
    const desk = await open()
    const one = decision('plan')
    await desk.queue(one)
    await desk.remember('plan', known(1))
    await desk.strip(one, 'NOT_FOUND')
    expect(await desk.recall('plan')).toBeUndefined()
    const [left] = await desk.decisions()
    expect(left).toMatchObject({ title: {}, read: null, given: { conditions: '' } })
    expect(left!.state).toEqual({ kind: 'refused', cause: 'NOT_FOUND' })
  })

  it('remembers so many reviews, the last ones', async () => {
    const desk = await open()
    for (let n = 1; n <= REVIEWS_REMEMBERED_MAX; n++) await desk.remember(`plan-${n}`, known(n))
    expect(await desk.recall('plan-1')).toEqual(known(1))
    await desk.remember('one-more', known(REVIEWS_REMEMBERED_MAX + 1))
    expect(await desk.recall('plan-1')).toBeUndefined()
    expect(await desk.recall('plan-2')).toEqual(known(2))
  })

  it('remembers what waits for the person', async () => {
    const desk = await open()
    expect(await desk.recallTasks()).toEqual([])
    const task = {
      kind: 'decide' as const,
      document: 'plan',
      title: {},
      version: 1,
      by: { id: 'ane', name: 'Ane' },
      since: '2026-11-25T10:00:00Z',
      due: null,
    }
    await desk.rememberTasks([task])
    expect(await desk.recallTasks()).toEqual([task])
  })
})

describe('the sender', () => {
  const senders: Sender[] = []
  afterEach(() => senders.splice(0).forEach((sender) => sender.stop()))
  /** A failure of the network or a refusal of the server, as the page tells them apart. */
  class No extends Error {
    readonly why: Cause
    constructor(why: Cause) {
      super(why)
      this.why = why
    }
  }
  const calm = { version: version(1), since: null } as Review
  const start = async (ports: Partial<SenderPorts>, one = decision('plan')) => {
    const desk = await open()
    await desk.queue(one)
    const sender = new Sender({
      desk,
      review: () => Promise.resolve(calm),
      decide: () => Promise.resolve(),
      causeOf: (error) => (error as No).why,
      alone: (work) => work(),
      retryMinMs: 5,
      ...ports,
    })
    senders.push(sender)
    const state = async () => (await desk.decisions())[0]?.state ?? null
    return { desk, sender, one, state }
  }

  it('[OD1] tries again by itself until the server answers, and then no more', async () => {
    let asked = 0
    let sent = 0
    const { sender, state } = await start({
      review: () => (++asked < 4 ? Promise.reject(new No('NETWORK')) : Promise.resolve(calm)),
      decide: () => ((sent += 1), Promise.resolve()),
    })
    await sender.send()
    expect(await state()).toEqual({ kind: 'waiting', cause: 'NETWORK' })
    expect(sent).toBe(0)
    await until(async () => (await state()) === null, 'it is sent')
    expect([asked, sent]).toEqual([4, 1])
  })

  it('[OD2] does not send again what the review says has arrived, also when the text has gone on since', async () => {
    const one = decision('plan')
    const mine = { ...version(1), decisions: [{ id: one.given.id }] } as unknown as Version
    for (const review of [
      { version: mine, since: null },
      { version: version(2), since: mine },
    ] as Review[]) {
      let sent = 0
      const { sender, state } = await start(
        { review: () => Promise.resolve(review), decide: () => ((sent += 1), Promise.resolve()) },
        one,
      )
      await sender.send()
      expect([sent, await state()]).toEqual([0, null])
    }
  })

  it('[OD2] says so when the answer was lost, and asks again with the same id', async () => {
    const ids: string[] = []
    const { sender, state, one } = await start({
      decide: (_document, { id }) => (ids.push(id), Promise.reject(new No('NETWORK'))),
    })
    await sender.send()
    expect(await state()).toEqual({ kind: 'asked' })
    await until(() => ids.length >= 3, 'it is tried again')
    expect(new Set(ids)).toEqual(new Set([one.given.id]))
  })

  it('[OD2] takes a question that hangs for no answer', async () => {
    const { sender, state } = await start({ decide: () => new Promise(() => {}), answerMaxMs: 20 })
    await sender.send()
    expect(await state()).toEqual({ kind: 'asked' })
  })

  it.each(['CHANGED_MEANWHILE', 'GATE_CLOSED', 'OWN_TEXT', 'NOT_ALLOWED'] as const)(
    '[OD5] takes %s for an answer, and tries no more',
    async (why) => {
      let sent = 0
      const { sender, state } = await start({ decide: () => ((sent += 1), Promise.reject(new No(why))) })
      await sender.send()
      await sender.send()
      expect([sent, await state()]).toEqual([1, { kind: 'refused', cause: why }])
    },
  )

  it.each(['OTHER_PERSON', 'SIGN_IN', 'TRY_AGAIN'] as const)('[OD4] takes %s for none', async (why) => {
    const { sender, state } = await start({
      // Whoever else is signed in may not even see the document: that is no answer to this decision.
      review: () => Promise.reject(new No('NOT_FOUND')),
      decide: () => Promise.reject(new No(why)),
    })
    await sender.send()
    expect(await state()).toEqual({ kind: 'waiting', cause: why })
  })

  it('[OD3] does not send what is taken back while it asks', async () => {
    let sent = 0
    const { desk, sender, one } = await start({
      review: async () => (await desk.withdraw(one), calm),
      decide: () => ((sent += 1), Promise.resolve()),
    })
    await sender.send()
    expect([sent, await desk.decisions()]).toEqual([0, []])
  })

  it('waits longer each time, within limits', () => {
    expect(SEND_RETRY_MIN_MS).toBeGreaterThanOrEqual(1_000)
    expect(SEND_RETRY_MAX_MS).toBeGreaterThan(SEND_RETRY_MIN_MS)
  })
})
