/** The port between editor and server never says an edit is saved that is not, and never takes one for another. */
import * as Y from 'yjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClientFrame } from '@auzolan/shared/protocol/frames.ts'
import { encodeYjsMessage } from '@auzolan/shared/protocol/yjs.ts'
import type { LocalCopy } from '../../plugin/src/session/copy.ts'
import { ChannelPort, gatherInto } from '../../plugin/src/session/port.ts'
import { until } from '../support/server.ts'

/** A device that keeps what it is told, and can be made to fail. */
class Device implements LocalCopy {
  readonly durable = true
  full = false
  slow: Promise<void> = Promise.resolve()
  acknowledged: number[] = []
  marker = 0
  #lastKey = 0
  async load(): ReturnType<LocalCopy['load']> {
    return { marker: { epoch: 0, afterSeq: 0 }, entries: [] }
  }
  async addOwn(): Promise<number> {
    await this.slow
    this.#mustFit()
    return ++this.#lastKey
  }
  async addEntries(...[, marker]: Parameters<LocalCopy['addEntries']>): Promise<void> {
    this.#mustFit()
    this.marker = marker.afterSeq
  }
  async acknowledge(...[, marker, done]: Parameters<LocalCopy['acknowledge']>): Promise<void> {
    this.#mustFit()
    this.acknowledged.push(...done.map(({ key }) => key ?? 0))
    this.marker = marker.afterSeq
  }
  async discard(): Promise<void> {}
  close(): void {}
  #mustFit(): void {
    if (this.full) throw new DOMException('full', 'QuotaExceededError')
  }
}

interface Bench {
  readonly port: ChannelPort
  readonly device: Device
  readonly sent: Extract<ClientFrame, { kind: 'update' }>[]
  type(letter: string): void
}
async function bench(): Promise<Bench> {
  const device = new Device()
  const sent: Bench['sent'] = []
  const port = new ChannelPort({
    channel: 'content',
    clientId: 1,
    copy: device,
    send: (frame) => void (frame.kind === 'update' && sent.push(frame)),
    onChange: () => {},
    now: () => new Date(),
  })
  const provider = new port.asWebSocket('port:')
  await port.loadCopy()
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => provider.send(encodeYjsMessage({ kind: 'update', update })))
  return {
    port,
    device,
    sent,
    type(letter) {
      doc.getText('t').insert(0, letter)
      port.flush()
    },
  }
}
const welcome = (port: ChannelPort, seq = 0): void =>
  port.receive({ kind: 'welcome', channels: [{ channel: 'content', epoch: 1, seq, write: true }] })
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

  it('keeps the refused edit, and takes no acknowledgement of another for it', async () => {
    const { port, device, sent, type } = await bench()
    welcome(port)
    for (const letter of 'abc') type(letter)
    await until(() => sent.length === 3, 'three are on their way')
    expect(lettersOf(sent)).toEqual(['a', 'b', 'c'])
    port.receive({ kind: 'refused', channel: 'content', n: sent[1]!.n, code: 'FORGED_AUTHOR' })
    ack(port, 1, 1)
    expect(port.facts).toMatchObject({ waiting: 2, refused: 'FORGED_AUTHOR' })
    ack(port, 2, 2)
    expect(port.facts).toMatchObject({ waiting: 1, refused: 'FORGED_AUTHOR' })
    type('d')
    await until(() => port.facts.waiting === 2, 'what follows waits here')
    await port.close()
    expect(sent).toHaveLength(3)
    // The first and the third are done with; the second is still marked as waiting on the device.
    expect(device.acknowledged).toEqual([1, 3])
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
    expect(port.greeting().afterSeq).toBe(3)
    expectComplaint('the copy on this device could not be written')
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
