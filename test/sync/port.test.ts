/** The port between editor and server never says an edit is saved that is not, and never takes one for another. */
import * as Y from 'yjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import { FRAME_MAX_BYTES } from '@auzolan/shared/limits.ts'
import type { ChannelWelcome, ClientFrame } from '@auzolan/shared/protocol/frames.ts'
import { decodeYjsMessage, encodeYjsMessage } from '@auzolan/shared/protocol/yjs.ts'
import { gzipSync } from 'node:zlib'
import type { LocalCopy } from '../../plugin/src/session/copy.ts'
import type { Draft } from '../../plugin/src/session/draft.ts'
import { MemoryCopy } from '../../plugin/src/session/memory-copy.ts'
import { gatherInto } from '../../plugin/src/session/outbox.ts'
import { ChannelPort } from '../../plugin/src/session/port.ts'
import { until } from '../support/server.ts'

/** A device that keeps what it is told, and can be made to fail. */
class Device extends MemoryCopy {
  override readonly durable = true as never
  full = false
  slow: Promise<void> = Promise.resolve()
  acknowledged: number[] = []
  marker = 0
  rewritten = 0
  override async addOwn(...args: Parameters<LocalCopy['addOwn']>): Promise<number> {
    await this.slow
    this.#mustFit()
    return super.addOwn(...args)
  }
  override async addEntries(...args: Parameters<LocalCopy['addEntries']>): Promise<void> {
    this.#mustFit()
    this.marker = args[1].afterSeq
    await super.addEntries(...args)
  }
  override async acknowledge(...args: Parameters<LocalCopy['acknowledge']>): Promise<void> {
    this.#mustFit()
    this.acknowledged.push(...args[2].map(({ key }) => key ?? 0))
    this.marker = args[1].afterSeq
    await super.acknowledge(...args)
  }
  override async rewrite(...args: Parameters<LocalCopy['rewrite']>): Promise<void> {
    this.#mustFit()
    this.rewritten += 1
    this.marker = args[1].afterSeq
    await super.rewrite(...args)
  }
  override async putAside(...args: Parameters<LocalCopy['putAside']>): Promise<void> {
    this.#mustFit()
    await super.putAside(...args)
  }
  #mustFit(): void {
    if (this.full) throw new DOMException('full', 'QuotaExceededError')
  }
}

interface Bench {
  readonly port: ChannelPort
  readonly device: Device
  readonly sent: Extract<ClientFrame, { kind: 'update' }>[]
  readonly asked: { reconnect: number; beginAgain: number }
  /** Drafts that are nowhere but in the tab. */
  readonly unkept: Draft[]
  readonly doc: Y.Doc
  readonly text: () => string
  type(letter: string): void
}
async function bench(device = new Device()): Promise<Bench> {
  const asked = { reconnect: 0, beginAgain: 0 }
  const unkept: Draft[] = []
  const doc = new Y.Doc()
  const sent: Bench['sent'] = []
  const port = new ChannelPort({
    channel: 'content',
    clientId: 1,
    copy: device,
    send: (frame) => void (frame.kind === 'update' && sent.push(frame)),
    onChange: () => {},
    reconnect: () => (asked.reconnect += 1),
    onBeginAgain: () => (asked.beginAgain += 1),
    onUnkept: (draft) => void unkept.push(draft),
    state: () => Y.encodeStateAsUpdate(doc),
    now: () => new Date(),
    newId: () => crypto.randomUUID(),
  })
  const provider = new port.asWebSocket('port:')
  const arrived = provider as unknown as { onmessage: (event: { data: ArrayBuffer }) => void }
  arrived.onmessage = ({ data }) => {
    const message = decodeYjsMessage(new Uint8Array(data))
    if (message?.kind === 'update') Y.applyUpdate(doc, message.update, 'server')
  }
  await port.loadCopy()
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') provider.send(encodeYjsMessage({ kind: 'update', update }))
  })
  return {
    port,
    device,
    sent,
    asked,
    unkept,
    doc,
    text: () => doc.getText('t').toString(),
    type(letter) {
      doc.getText('t').insert(0, letter)
      port.flush()
    },
  }
}
const welcome = (port: ChannelPort, seq = 0, more: Partial<ChannelWelcome> = {}): void =>
  port.receive({
    kind: 'welcome',
    channels: [{ channel: 'content', epoch: 1, epochCause: 'birth', seq, write: 'yes', ...more }],
  })
const refuse = (port: ChannelPort, n: number, code: RefusalCode): void =>
  port.receive({ kind: 'refused', channel: 'content', n, code })
const written = (text: string): Uint8Array => {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}
const ack = (port: ChannelPort, count: number, seq: number): void =>
  port.receive({ kind: 'ack', channel: 'content', count, seq })
const lettersOf = (frames: Bench['sent']): string[] =>
  frames.map(({ update }) => {
    const [struct] = Y.decodeUpdate(update).structs
    return struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : '?'
  })

describe('the port', () => {
  // It complains to the console when the device fails; a test that makes it fail expects that.
  const complaints = vi.spyOn(console, 'error')
  beforeEach(() => void complaints.mockReset().mockImplementation(() => {}))
  afterEach(() => expect(complaints).not.toHaveBeenCalled())
  const expectComplaint = (text: string): void => {
    expect(complaints.mock.calls.map(([said]) => said as string)).toContain(text)
    complaints.mockClear()
  }

  it('[P1] counts an edit as waiting from the first moment until the acknowledgement', async () => {
    const { port, device, sent, type } = await bench()
    welcome(port)
    let stored = (): void => {}
    device.slow = new Promise((resolve) => (stored = resolve))
    type('a')
    // On its way to the device: news of the server in between must not make it look saved.
    port.receive({ kind: 'entries', channel: 'content', fromSeq: 1, toSeq: 1, updates: [] })
    const at = port.facts.serverAt
    expect(port.facts).toMatchObject({ waiting: 1, deviceAt: null })
    stored()
    await until(() => sent.length === 1, 'it goes out')
    expect(port.facts.waiting).toBe(1)
    expect(port.facts.serverAt).toEqual(at)
    ack(port, 1, 2)
    expect(port.facts.waiting).toBe(0)
    expect(port.facts.serverAt).not.toBeNull()
    await port.close()
    expect(device.acknowledged).toEqual([1])
  })

  it('[P7] makes a draft of a refused edit and all behind it, and begins again', async () => {
    const { port, device, sent, asked, type } = await bench()
    welcome(port)
    for (const letter of 'abc') type(letter)
    await until(() => sent.length === 3, 'three are on their way')
    refuse(port, sent[1]!.n, 'FORGED_AUTHOR')
    // Whoever is in the middle of a word comes to its end.
    type('d')
    expect(port.facts.ending).toBe(false)
    await until(() => asked.beginAgain === 1, 'the page is asked to build its document anew')
    const [draft, ...more] = await device.drafts()
    expect(more).toEqual([])
    expect(draft!.cause).toEqual({ refused: 'FORGED_AUTHOR' })
    // Afterwards nothing may be typed into what is about to go.
    expect(port.facts.ending).toBe(true)
    const read = new Y.Doc()
    Y.applyUpdate(read, Y.mergeUpdates([sent[0]!.update, draft!.update]))
    expect(read.getText('t').toString()).toBe('dcba')
    const { entries } = await device.load('content')
    expect(entries.filter((e) => e.waiting)).toHaveLength(1)
    // What stands before the refused edit goes out again from the new document.
    const next = await bench(device)
    welcome(next.port)
    await until(() => next.sent.length === 1, 'the first goes out')
    expect(lettersOf(next.sent)).toEqual(['a'])
    await Promise.all([port.close(), next.port.close()])
  })

  it('[P14] hands a draft over that the device does not keep, and the text stays on the screen', async () => {
    const { port, device, sent, asked, unkept, text, type } = await bench()
    welcome(port)
    type('a')
    await until(() => sent.length === 1, 'it is on its way')
    device.full = true
    refuse(port, sent[0]!.n, 'FORGED_AUTHOR')
    await until(() => unkept.length === 1, 'it is handed over')
    expect(unkept[0]!.cause).toEqual({ refused: 'FORGED_AUTHOR' })
    expect(asked.beginAgain).toBe(0)
    expect(text()).toBe('a')
    expect(await device.drafts()).toEqual([])
    // Neither place has it, and the ledger does not say so.
    expect(port.facts).toMatchObject({ waiting: 1, deviceFull: true })
    await port.close()
    expectComplaint('a draft could not be kept')
  })

  it('[P8] keeps an edit that meets a review, and sends it when the review has ended', async () => {
    const { port, device, sent, asked, type } = await bench()
    welcome(port)
    for (const letter of 'ab') type(letter)
    await until(() => sent.length === 2, 'both are on their way')
    refuse(port, sent[0]!.n, 'LOCKED')
    // The second fails for lack of the first: no verdict on it.
    refuse(port, sent[1]!.n, 'UNKNOWN_DEPENDENCY')
    type('c')
    await until(() => port.facts.waiting === 3, 'all wait')
    expect(port.facts.write).toBe('locked')
    expect(sent).toHaveLength(2)
    port.receive({ kind: 'grants', channels: [{ channel: 'content', write: 'yes' }] })
    await until(() => sent.length === 5, 'all go out')
    expect(lettersOf(sent.slice(2))).toEqual(['a', 'b', 'c'])
    const first = sent[0]!.n
    expect(sent.slice(2).map(({ n }) => n)).toEqual([first, first + 1, first + 2])
    ack(port, 3, 3)
    expect(port.facts.waiting).toBe(0)
    expect(await device.drafts()).toEqual([])
    expect(asked.beginAgain).toBe(0)
    await port.close()
  })

  it('[P8] takes a late refusal of the first try for none of the second', async () => {
    const { port, device, sent, asked, type } = await bench()
    welcome(port)
    for (const letter of 'abc') type(letter)
    await until(() => sent.length === 3, 'all are on their way')
    const [a, b, c] = sent.map(({ n }) => n)
    ack(port, 1, 1)
    refuse(port, b!, 'LOCKED')
    port.receive({ kind: 'grants', channels: [{ channel: 'content', write: 'yes' }] })
    await until(() => sent.length === 5, 'b and c go out again')
    // The server refused the first c only now: it had not seen b again yet.
    refuse(port, c!, 'LOCKED')
    expect(port.facts.write).toBe('yes')
    expect(sent.slice(3).map(({ n }) => n)).toEqual([b, c])
    // A second review meets the second try: that is said anew, and is meant.
    refuse(port, b!, 'LOCKED')
    refuse(port, c!, 'LOCKED')
    expect(port.facts.write).toBe('locked')
    port.receive({ kind: 'grants', channels: [{ channel: 'content', write: 'yes' }] })
    await until(() => sent.length === 7, 'both go out a third time')
    expect(lettersOf(sent.slice(5))).toEqual(['b', 'c'])
    ack(port, 3, 3)
    expect(port.facts.waiting).toBe(0)
    expect(a).toBe(b! - 1)
    expect(await device.drafts()).toEqual([])
    expect(asked.beginAgain).toBe(0)
    await port.close()
  })

  it('sends nothing while the document is full or in review from the start', async () => {
    const { port, sent, type } = await bench()
    for (const write of ['locked', 'full'] as const) {
      welcome(port, 0, { write })
      type('a')
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(sent).toEqual([])
    }
    await port.close()
  })

  it('[P8] sends to a full document what only deletes, before what waits, and then what waits', async () => {
    const { port, device, sent, doc, type } = await bench()
    welcome(port)
    type('old')
    await until(() => sent.length === 1, 'it goes out')
    ack(port, 1, 1)
    type('more')
    await until(() => sent.length === 2, 'it goes out')
    refuse(port, sent[1]!.n, 'DOCUMENT_FULL')
    expect(port.facts.write).toBe('full')
    // Of what waits, then of what is there: only the second makes room.
    const text = doc.getText('t')
    text.delete(0, 1)
    port.flush()
    text.delete(text.length - 3, 3)
    port.flush()
    await until(() => sent.length === 3, 'the deletion goes out')
    const { structs, ds } = Y.decodeUpdate(sent[2]!.update)
    expect(structs).toEqual([])
    expect([...ds.clients.values()].flat()).toMatchObject([{ clock: 0, len: 3 }])
    // Under the number of the edit that waits: the server takes nothing else before it.
    expect(sent[2]!.n).toBe(sent[1]!.n)
    ack(port, 2, 2)
    port.receive({ kind: 'grants', channels: [{ channel: 'content', write: 'yes' }] })
    await until(() => sent.length === 5, 'what waited goes out')
    ack(port, 4, 4)
    expect(port.facts.waiting).toBe(0)
    expect(await device.drafts()).toEqual([])
    await port.close()
  })

  it('makes a draft of an edit that fits into no frame, and sends nothing of it', async () => {
    const { port, device, sent, asked, type } = await bench()
    welcome(port)
    type('x'.repeat(FRAME_MAX_BYTES - 1_100))
    await until(() => sent.length === 1, 'one that just fits goes out')
    ack(port, 1, 1)
    type('y'.repeat(FRAME_MAX_BYTES))
    await until(() => asked.beginAgain === 1, 'the page is asked to build its document anew')
    expect(sent).toHaveLength(1)
    expect(await device.drafts()).toMatchObject([{ cause: { refused: 'TOO_LARGE' } }])
    await port.close()
  })

  it('[P9] makes a recovered draft of waiting edits when the server has begun another epoch', async () => {
    const { port, device, asked, type } = await bench()
    welcome(port)
    port.receive({ kind: 'entries', channel: 'content', fromSeq: 1, toSeq: 1, updates: [written('old')] })
    port.disconnected()
    type('a')
    await until(() => port.facts.waiting === 1, 'it waits')
    welcome(port, 1, { epoch: 2, epochCause: 'restore' })
    await until(() => asked.beginAgain === 1, 'the page is asked to build its document anew')
    expect(await device.drafts()).toMatchObject([{ cause: { epoch: 'restore' }, unfinished: true }])
    expect(await device.load('content')).toEqual({ marker: { epoch: 0, afterSeq: 0 }, entries: [] })
    await port.close()
  })

  it.each([
    ['the epoch is the same and the log shorter', 2, { epoch: 2 }],
    ['the epoch is an earlier one', 9, { epoch: 1 }],
  ])(
    '[P9] takes what it has for a draft when the server went back to an older state: %s',
    async (_words, seq, more) => {
      const { port, device, asked } = await bench()
      welcome(port, 3, { epoch: 2 })
      port.receive({ kind: 'entries', channel: 'content', fromSeq: 1, toSeq: 3, updates: [written('told')] })
      port.disconnected()
      // As far as it knows: nothing has happened.
      welcome(port, 3, { epoch: 2 })
      port.disconnected()
      expect(asked.beginAgain).toBe(0)
      welcome(port, seq, more)
      await until(() => asked.beginAgain === 1, 'the page is asked to build its document anew')
      expect(await device.drafts()).toMatchObject([{ cause: { epoch: 'restore' }, unfinished: true }])
      expect(await device.load('content')).toEqual({ marker: { epoch: 0, afterSeq: 0 }, entries: [] })
      await port.close()
    },
  )

  it('keeps nothing of the old text after an erasure', async () => {
    const { port, device, asked } = await bench()
    welcome(port)
    port.receive({ kind: 'entries', channel: 'content', fromSeq: 1, toSeq: 1, updates: [written('old')] })
    welcome(port, 1, { epoch: 2, epochCause: 'erasure' })
    await until(() => asked.beginAgain === 1, 'the page is asked to build its document anew')
    expect(await device.drafts()).toEqual([])
    expect((await device.load('content')).entries).toEqual([])
    await port.close()
  })

  it('[P10] keeps frames behind a snapshot in order, and asks for a new connection when there is a hole', async () => {
    const { port, device, asked, text } = await bench()
    welcome(port, 9)
    const gzip = gzipSync(written('snapshot '))
    port.receive({ kind: 'snapshot', channel: 'content', toSeq: 8, gzip: new Uint8Array(gzip) })
    port.receive({ kind: 'entries', channel: 'content', fromSeq: 9, toSeq: 9, updates: [written('tail')] })
    expect(port.greeting().afterSeq).toBe(0)
    await port.settled()
    expect(text()).toContain('snapshot ')
    expect(text()).toContain('tail')
    expect(port.greeting().afterSeq).toBe(9)
    expect(asked.reconnect).toBe(0)
    port.receive({ kind: 'entries', channel: 'content', fromSeq: 11, toSeq: 11, updates: [] })
    expect(asked.reconnect).toBe(1)
    expect(port.greeting().afterSeq).toBe(9)
    await port.close()
    expect(device.marker).toBe(9)
  })

  it('sends an edit that the device could not keep, and does not say the device has it', async () => {
    const { port, device, sent, type } = await bench()
    welcome(port)
    device.full = true
    type('a')
    await until(() => sent.length === 1, 'it goes out all the same')
    expect(port.facts).toMatchObject({ waiting: 1, deviceAt: null })
    device.full = false
    ack(port, 1, 1)
    expect(port.facts.waiting).toBe(0)
    await port.close()
    // Put into the copy with its acknowledgement, since the marker counts it from then on.
    expect(device.acknowledged).toEqual([0])
    expectComplaint('an edit could not be kept on this device')
  })

  it('does not move the marker of the copy past something the copy has missed', async () => {
    const { port, device } = await bench()
    welcome(port, 3)
    const entries = (seq: number): void =>
      port.receive({
        kind: 'entries',
        channel: 'content',
        fromSeq: seq,
        toSeq: seq,
        updates: [new Uint8Array([0, 0])],
      })
    entries(1)
    await until(() => device.marker === 1, 'the first is kept')
    device.full = true
    entries(2)
    await port.close()
    device.full = false
    entries(3)
    ack(port, 0, 3)
    await port.close()
    expect(device.marker).toBe(1)
    expect(port.facts.deviceFull).toBe(true)
    expect(port.greeting().afterSeq).toBe(3)
    expectComplaint('the copy on this device could not be written')
  })

  it('[P11] rewrites a copy that was lost as soon as nothing waits, and not before', async () => {
    const { port, device, type, sent } = await bench()
    welcome(port)
    type('a')
    await until(() => sent.length === 1, 'it goes out')
    device.full = true
    port.receive({ kind: 'entries', channel: 'content', fromSeq: 1, toSeq: 1, updates: [written('b')] })
    await until(() => port.facts.deviceFull, 'the device takes nothing')
    device.full = false
    port.receive({ kind: 'entries', channel: 'content', fromSeq: 2, toSeq: 2, updates: [written('c')] })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(device.rewritten).toBe(0)
    ack(port, 1, 3)
    await until(() => device.rewritten === 1, 'the copy is whole again')
    expect([device.marker, port.facts.deviceFull]).toEqual([3, false])
    expectComplaint('the copy on this device could not be written')
    await port.close()
  })

  it('sends again, in order, what had no acknowledgement when the connection went', async () => {
    const { port, sent, type } = await bench()
    welcome(port)
    for (const letter of 'abc') type(letter)
    await until(() => sent.length === 3, 'three are on their way')
    ack(port, 1, 1)
    port.disconnected()
    type('d')
    await until(() => port.facts.waiting === 3, 'the fourth waits')
    welcome(port, 1)
    await until(() => sent.length === 6, 'they go out again')
    expect(lettersOf(sent.slice(3))).toEqual(['b', 'c', 'd'])
    ack(port, 3, 4)
    expect(port.facts.waiting).toBe(0)
    await port.close()
  })
})

describe('gatherInto', () => {
  const updates = (count: number): Uint8Array[] => {
    const made: Uint8Array[] = []
    const doc = new Y.Doc()
    doc.on('update', (update: Uint8Array) => made.push(update))
    for (let i = 0; i < count; i++) doc.getText('t').insert(i, 'x'.repeat(10))
    return made
  }
  it('puts what was typed in a moment into one update', () => {
    const [one, ...rest] = gatherInto(updates(20), 100_000)
    expect(rest).toEqual([])
    const doc = new Y.Doc()
    Y.applyUpdate(doc, one!)
    expect(doc.getText('t').length).toBe(200)
  })
  it('never makes one larger than may be sent, and keeps the order', () => {
    const groups = gatherInto(updates(50), 200)
    expect(groups.length).toBeGreaterThan(1)
    for (const group of groups) expect(group.length).toBeLessThanOrEqual(200)
    const doc = new Y.Doc()
    for (const group of groups) {
      Y.applyUpdate(doc, group)
      expect(doc.store.pendingStructs).toBeNull()
    }
    expect(doc.getText('t').length).toBe(500)
  })
  it('makes nothing out of nothing', () => expect(gatherInto([], 100)).toEqual([]))
})
