/** Frames by hand: what passes admission and still does harm, what comes in crumbs, and who does not read. */
import { connect } from 'node:net'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { channelId, newUuid } from '@auzolan/shared/ids.ts'
import { FRAME_MAX_FRAGMENTS, HELLO_MAX_BYTES, RICH_DEPTH_MAX } from '@auzolan/shared/limits.ts'
import { decodeServerFrame, encodeClientFrame, SUBPROTOCOL } from '@auzolan/shared/protocol/frames.ts'
import { COMMENTS_ROOT } from '@auzolan/shared/schema/comments.ts'
import { readRich } from '@auzolan/shared/schema/json.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { JOURNAL } from '@auzolan/server/src/container.ts'
import { reading } from '@auzolan/server/src/compaction/reading.ts'
import { hostileUpdate } from '../fuzz/hostile.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { LONG, seeded } from '../support/random.ts'
import { freePort } from '../support/free-port.ts'
import { startTestServer, until } from '../support/server.ts'
import { hello, openWire, openWriter } from '../support/wire.ts'

const TITLE = 'identity.title:eu'
/** Roots that a plan has, in the order in which the seeds were found: another list would make other updates of them. */
const ROOTS = [
  'identity.title:eu',
  'identity.title:es',
  'identity.scope',
  'identity.*',
  'identity.sponsorRole:eu',
  'identity.sponsorRole:es',
  'identity.sponsorStatement:eu',
  'identity.sponsorStatement:es',
  'identity.strategy:eu',
  'identity.strategy:es',
  'identity.axes',
  'planning.whoAnswer:eu',
  'planning.whoAnswer:es',
  'planning.*',
  'planning.responsibleRole:eu',
  'planning.responsibleRole:es',
  'planning.whyAnswer:eu',
  'planning.whyAnswer:es',
  'purposes',
  'indicators',
  'planning.whomAnswer:eu',
  'planning.whomAnswer:es',
  'audiences',
  'planning.whereAnswer:eu',
  'planning.whereAnswer:es',
  'values',
  'principles.*',
  'principles.editorialLine:eu',
  'principles.editorialLine:es',
  'principles.editorialSource',
  'tone',
  'profiles',
  'notOpened',
]

let server: ServerHere
beforeAll(async () => {
  server = await startHere({ AUZOLAN_UPDATES_PER_SECOND: '20', AUZOLAN_UPDATES_BURST: '5' })
})
afterAll(() => server.stop())

describe('what passes admission and does harm', () => {
  /** Found by trying the first thousand; each does another kind of harm. */
  const seeds: [number, string][] = [
    [1, 'nothing can read it'],
    [5, 'nothing can apply it'],
    [11, 'a type inside itself'],
    [63, 'a value where a record was'],
    [82, 'a piece of nothing'],
    [153, 'another text after a reload'],
    [249, 'another text after a reload, again'],
  ]
  it.each(seeds)(
    '[R8] seed %i (%s) is taken out in a new epoch: everybody is told, honest text stays',
    async (seed) => {
      const plan = await server.plan()
      const journal = server.container.resolve(JOURNAL)
      const [ane, mallory] = [
        await openWriter(server, 'ane', plan),
        await openWriter(server, 'mallory', plan),
      ]
      expect(await ane.write(ane.edit((doc) => doc.getText(TITLE).insert(0, 'zintzoa '))[0]!)).toBeNull()
      const random = seeded(seed)
      let clock = 0
      for (let i = 0; i < 3; i++) {
        const update = hostileUpdate(random, mallory.doc.clientID, clock, ROOTS)
        if ((await mallory.write(update)) !== null) continue
        for (const { id, length } of Y.decodeUpdate(update).structs)
          clock = Math.max(clock, id.clock + length)
      }
      expect(await ane.farewell()).toEqual({ code: 'EPOCH_OLD', closed: 4409 })
      expect(await mallory.farewell()).toEqual({ code: 'QUARANTINED', closed: 4403 })

      const content = channelId(plan, 'content')
      await until(async () => (await journal.open(content))!.epoch === 2, 'the new epoch has begun')
      const aside = await journal.rows
        .selectFrom('quarantined')
        .select('person')
        .where('channel', '=', content)
        .execute()
      expect(new Set(aside.map((row) => row.person))).toEqual(new Set(['mallory']))
      const audit = await journal.rows
        .selectFrom('audit')
        .select('action')
        .where('subject', '=', content)
        .execute()
      expect(audit).toEqual([{ action: 'epoch.repair' }])

      const late = await openWriter(server, 'jon', plan)
      expect(late.doc.getText(TITLE).toString()).toContain('zintzoa')
      expect(() => reading(content, late.doc)).not.toThrow()
      expect(await late.write(late.edit((doc) => doc.getText(TITLE).insert(0, 'x'))[0]!)).toBeNull()
      await late.close()
    },
  )

  const strangers: [string, (fragment: Y.XmlFragment) => void][] = [
    ['a bare text', (fragment) => fragment.insert(0, [new Y.XmlText('x')])],
    ['a hook', (fragment) => fragment.insert(0, [new Y.XmlHook('x') as unknown as Y.XmlElement])],
    [
      'an element within a text',
      (fragment) => {
        const paragraph = new Y.XmlElement('paragraph')
        const text = new Y.XmlText()
        text.insertEmbed(0, new Y.XmlElement('paragraph'))
        paragraph.insert(0, [text])
        fragment.insert(0, [paragraph])
      },
    ],
    ['a map', (fragment) => fragment.insert(0, [new Y.Map() as unknown as Y.XmlElement])],
  ]
  it.each(strangers)('[R8] %s in rich text, on which editors fall over, is taken out', async (_what, put) => {
    const plan = await server.plan()
    const mallory = await openWriter(server, 'mallory', plan)
    const [update] = mallory.edit((doc) => put(doc.getXmlFragment('identity.strategy:eu')))
    expect(await mallory.write(update!)).toBeNull()
    expect(await mallory.farewell()).toMatchObject({ code: 'QUARANTINED' })
    const late = await openWriter(server, 'jon', plan)
    expect(late.doc.getXmlFragment('identity.strategy:eu').length).toBe(0)
    await late.close()
  })

  it('[R8] rich text as deep as readers go is in the text of a version, and nothing deeper stays', async () => {
    const plan = await server.plan()
    const ROOT = 'identity.strategy:eu'
    /** A text in so many elements. */
    const nested = (elements: number): Y.XmlElement => {
      const outer = new Y.XmlElement('bulletList')
      let at = outer
      for (let i = 1; i < elements; i++) at.insert(0, [(at = new Y.XmlElement('listItem'))])
      at.insert(0, [new Y.XmlText(`maila ${String(elements)}`)])
      return outer
    }
    const mallory = await openWriter(server, 'mallory', plan)
    const put = (elements: number) =>
      mallory.write(mallory.edit((doc) => doc.getXmlFragment(ROOT).insert(0, [nested(elements)]))[0]!)
    expect(await put(RICH_DEPTH_MAX)).toBeNull()
    expect(JSON.stringify(readRich(mallory.doc.getXmlFragment(ROOT)))).toContain(
      `maila ${String(RICH_DEPTH_MAX)}`,
    )
    expect(await put(RICH_DEPTH_MAX + 1)).toBeNull()
    expect(JSON.stringify(readRich(mallory.doc.getXmlFragment(ROOT)))).not.toContain(
      `maila ${String(RICH_DEPTH_MAX + 1)}`,
    )
    expect(await mallory.farewell()).toMatchObject({ code: 'QUARANTINED' })
    const late = await openWriter(server, 'jon', plan)
    expect(late.doc.getXmlFragment(ROOT).length).toBe(1)
    expect(late.doc.getXmlFragment(ROOT).toString()).toContain(`maila ${String(RICH_DEPTH_MAX)}`)
    await late.close()
  })

  it('[R8] a record overwritten by a plain value comes back, and its author’s id is barred', async () => {
    const plan = await server.plan()
    const [, planning] = PLAN.sections
    const list = planning.fields.audiences
    const ane = await openWriter(server, 'ane', plan)
    let record = ''
    expect(await ane.write(ane.edit((doc) => (record = new ListPlace(doc, list).add()))[0]!)).toBeNull()
    const mallory = await openWriter(server, 'mallory', plan)
    expect(
      await mallory.write(mallory.edit((doc) => doc.getMap(list.root).set(record, 'gone'))[0]!),
    ).toBeNull()
    expect(await mallory.farewell()).toMatchObject({ code: 'QUARANTINED' })
    const late = await openWriter(server, 'jon', plan)
    expect(new ListPlace(late.doc, list).record(record)).toBeDefined()
    const again = await openWire(server, plan)
    again.say(hello(await server.ticket('mallory', plan), [mallory.doc.clientID]))
    await again.heard('welcome')
    const doc = new Y.Doc()
    doc.clientID = mallory.doc.clientID
    doc.getText(TITLE).insert(0, 'x')
    again.say({ kind: 'update', channel: 'content', n: 1, update: Y.encodeStateAsUpdate(doc) })
    expect(await again.heard('refused')).toMatchObject([{ code: 'FORGED_AUTHOR' }])
    await Promise.all([late.close(), again.close()])
  })
})

describe('comments', () => {
  const event = { id: newUuid(), thread: newUuid(), kind: 'comment', body: 'Ados' }
  const attacks: [string, (doc: Y.Doc) => void, string][] = [
    [
      'an entry under a key, which overwrites without deleting',
      (d) => d.getMap(COMMENTS_ROOT).set('a', event),
      'NOT_APPENDED',
    ],
    ['a type inside', (d) => d.getArray(COMMENTS_ROOT).push([new Y.Map()]), 'NOT_APPENDED'],
    ['another root', (d) => d.getArray('other').push([event]), 'UNKNOWN_ROOT'],
    [
      'an event of a kind nobody knows',
      (d) => d.getArray(COMMENTS_ROOT).push([{ ...event, kind: 'x' }]),
      'INVALID_INPUT',
    ],
    [
      'an event with something else inside',
      (d) => d.getArray(COMMENTS_ROOT).push([{ ...event, author: 'ane' }]),
      'INVALID_INPUT',
    ],
    [
      'a deletion',
      (d) => {
        d.getArray(COMMENTS_ROOT).push([event])
        d.getArray(COMMENTS_ROOT).delete(0, 1)
      },
      'NOT_APPENDED',
    ],
  ]
  it.each(attacks)('[C1] %s is refused', async (_what, attack, code) => {
    const plan = await server.plan()
    const doc = new Y.Doc()
    doc.transact(() => attack(doc))
    const wire = await openWire(server, plan)
    const channels = [{ channel: 'comments' as const, epoch: 0, afterSeq: 0, clientIds: [doc.clientID] }]
    wire.say({ ...hello(await server.ticket('mallory', plan), []), channels })
    await wire.heard('welcome')
    wire.say({ kind: 'update', channel: 'comments', n: 1, update: Y.encodeStateAsUpdate(doc) })
    expect(await wire.heard('refused')).toMatchObject([{ channel: 'comments', n: 1, code }])
    await wire.close()
  })
})

describe('sockets', () => {
  it('[W3] a greeting larger than greetings are ends the connection', async () => {
    const wire = await openWire(server, await server.plan())
    wire.raw(new Uint8Array(HELLO_MAX_BYTES + 1))
    expect(await wire.farewell()).toEqual({ code: 'TOO_LARGE', closed: 1009 })
  })

  it('[W3] a message in crumbs ends the connection, others notice nothing', async () => {
    const plan = await server.plan()
    const jon = await openWriter(server, 'jon', plan)
    const socket = connect(server.port, '127.0.0.1')
    let ended = false
    socket.on('close', () => (ended = true)).on('error', () => {})
    socket.resume()
    const key = Buffer.from('0123456789abcdef').toString('base64')
    socket.write(
      `GET /sync/${plan} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Protocol: ${SUBPROTOCOL}\r\n\r\n`,
    )
    // One masked byte a frame: the first says "binary, more follows", the rest "goes on".
    const crumb = (opcode: number): Buffer => Buffer.from([opcode, 0x81, 0, 0, 0, 0, 1])
    socket.write(
      Buffer.concat([crumb(2), ...Array.from({ length: FRAME_MAX_FRAGMENTS * 4 }, () => crumb(0))]),
    )
    await until(() => ended, 'the server ends the connection', 4_000)
    expect(await jon.write(jon.edit((doc) => doc.getText(TITLE).insert(0, 'j'))[0]!)).toBeNull()
    await jon.close()
  })

  it('[W6] whoever is too fast is delayed, never refused', async () => {
    const plan = await server.plan()
    const jon = await openWriter(server, 'jon', plan)
    const updates = jon.edit(
      ...Array.from({ length: 45 }, () => (doc: Y.Doc) => doc.getText(TITLE).insert(0, 'j')),
    )
    const began = performance.now()
    updates.forEach((update, i) => jon.say({ kind: 'update', channel: 'content', n: i + 1, update }))
    await until(() => jon.frames.some((f) => f.kind === 'ack' && f.count === 45), 'all are on disk')
    // Five at once, forty at twenty a second.
    expect(performance.now() - began).toBeGreaterThan(1_800)
    expect(jon.frames.some((f) => f.kind === 'refused')).toBe(false)
    await jon.close()
  })
})

describe('a reader that stops reading', () => {
  const READERS = 12
  it('[W7] costs the server next to nothing, and has everything once it reads on', async () => {
    const metricsPort = await freePort()
    const far = await startTestServer(null, { AUZOLAN_METRICS_PORT: String(metricsPort) })
    const plan = await far.plan()
    const gauge = async (name: string): Promise<number> => {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
      return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1] ?? 0)
    }
    const writer = await openWriter(far, 'kultura-cm', plan)
    const write = async (): Promise<void> => {
      const [update] = writer.edit((doc) => doc.getText(TITLE).insert(0, 'luzea '.repeat(33_000)))
      expect(await writer.write(update!)).toBeNull()
    }
    for (let i = 0; i < 10; i++) await write()
    const stalled = await Promise.all(
      Array.from({ length: READERS }, async () => {
        const socket = new WebSocket(`ws://127.0.0.1:${far.port}/sync/${plan}`, SUBPROTOCOL)
        const reader = { socket, seq: 0, welcomed: false }
        socket.on('message', (data: Buffer) => {
          const frame = decodeServerFrame(new Uint8Array(data))
          if (frame?.kind === 'welcome') reader.welcomed = true
          if (frame?.kind === 'entries' || frame?.kind === 'snapshot') reader.seq = frame.toSeq
        })
        socket.on('error', () => {})
        await new Promise((resolve) => socket.once('open', resolve))
        socket.send(encodeClientFrame(hello(await far.ticket('alkatetza', plan), [new Y.Doc().clientID])))
        await until(() => reader.welcomed, 'the reader is let in')
        socket.pause()
        return reader
      }),
    )
    await Promise.all(Array.from({ length: 70 }, write))
    // Twelve times 14 MB were to be sent. Each may owe a megabyte, and one round that crossed the line (a megabyte and an edit).
    expect(await gauge('auzolan_backlog_bytes')).toBeLessThan(READERS * 3 * 1024 * 1024)
    const [ack] = (await writer.heard('ack')).slice(-1)
    const readsOn = LONG ? stalled.slice(1) : stalled
    for (const { socket } of readsOn) socket.resume()
    await until(() => readsOn.every((r) => r.seq >= ack!.seq), 'those who read on have everything', 30_000)
    if (LONG) {
      await until(
        async () => (await gauge('auzolan_sessions_ended_total{code="TOO_SLOW"}')) === 1,
        'one is sent away',
        45_000,
      )
    }
    for (const { socket } of stalled) socket.terminate()
    await writer.close()
    await far.stop()
  }, 120_000)
})
