/** What a client that knows no log is sent of a text, whatever it holds already. */
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { decodeYjsMessage, type YjsMessage } from '@auzolan/shared/protocol/yjs.ts'
import { WholeText } from '@auzolan/server/src/gateway/whole-text.ts'
import { isCovered } from '@auzolan/server/src/rooms/admission.ts'
import { seeded, under, type Random } from '../support/random.ts'

/** As the server writes them: no mask, binary, in one piece. */
function messagesIn(bytes: Buffer): YjsMessage[] {
  const messages: YjsMessage[] = []
  const d = decoding.createDecoder(bytes)
  while (decoding.hasContent(d)) {
    expect(decoding.readUint8(d)).toBe(0x82)
    const short = decoding.readUint8(d)
    const [high, low] =
      short === 127 ? [decoding.readUint32BigEndian(d), decoding.readUint32BigEndian(d)] : [0, 0]
    const length =
      short < 126
        ? short
        : short === 127
          ? high * 2 ** 32 + low
          : decoding.readUint8(d) * 256 + decoding.readUint8(d)
    messages.push(decodeYjsMessage(decoding.readUint8Array(d, length))!)
  }
  return messages
}

/** The log of a text: three people write and delete, a little or much at a time, and one never sees the others. */
function someLog(random: Random, entries: number, muchAtOnce: number): Uint8Array[] {
  const log: Uint8Array[] = []
  const docs = [1, 2, 3].map((clientID) => {
    const doc = new Y.Doc()
    doc.clientID = clientID
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'other') log.push(update)
    })
    return doc
  })
  while (log.length < entries) {
    const person = under(random, docs.length)
    if (person < 2) for (const update of log) Y.applyUpdate(docs[person]!, update, 'other')
    const text = docs[person]!.getText('t')
    if (text.length > 10 && random() < 0.3) text.delete(under(random, text.length - 5), 5)
    else text.insert(under(random, text.length + 1), 'b'.repeat(random() < muchAtOnce ? 5_000 : 3))
  }
  return log
}
const docOf = (updates: readonly Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

describe('a whole text', () => {
  // All small, one in five large, nearly all large: put together, mixed, and more parts than are sent one by one.
  it.each([0, 0.2, 0.9])('is whole for whoever holds a piece of it, with %d large entries', (muchAtOnce) => {
    for (let seed = 1; seed <= 12; seed++) {
      const random = seeded(seed)
      const log = someLog(random, 40, muchAtOnce)
      const text = new WholeText(log.length, log)
      const expected = docOf(log)
      for (const held of [0, 1, under(random, log.length), log.length]) {
        const doc = docOf(log.slice(0, held))
        const messages = messagesIn(text.answerTo(Y.encodeStateVector(doc)))
        expect(messages.map(({ kind }) => kind)).toEqual([
          ...Array.from({ length: messages.length - 1 }, () => 'update'),
          'step2',
        ])
        for (const message of messages) if ('update' in message) Y.applyUpdate(doc, message.update)
        expect(doc.getText('t').toString()).toBe(expected.getText('t').toString())
        expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(expected))
        expect(doc.store.pendingStructs).toBeNull()
      }
    }
  })

  it('gives whoever holds more than it what they lack, and nothing of theirs is lost', () => {
    const log = someLog(seeded(9), 40, 0.2)
    const doc = docOf(log.slice(0, 20))
    doc.clientID = 99
    doc.getText('t').insert(0, 'mine ')
    for (const message of messagesIn(new WholeText(40, log).answerTo(Y.encodeStateVector(doc))))
      if ('update' in message) Y.applyUpdate(doc, message.update)
    const expected = docOf([...log, Y.encodeStateAsUpdate(doc)])
    expect(doc.getText('t').toString()).toBe(expected.getText('t').toString())
    expect(doc.getText('t').toString()).toContain('mine ')
  })

  it('that holds nothing is answered with nothing', () => {
    expect(messagesIn(new WholeText(0, []).answerTo(new Uint8Array([0])))).toEqual([
      { kind: 'step2', update: new Uint8Array([0, 0]) },
    ])
  })

  it('says in one message to whoever has everything that there is no more', () => {
    const large = someLog(seeded(3), 10, 1).filter((update) => update.length > 4_096)
    const doc = docOf(large)
    expect(messagesIn(new WholeText(9, large).answerTo(Y.encodeStateVector(doc)))).toHaveLength(1)
  })

  it.each([
    [4_095, 1],
    [4_096, 2],
  ])('leaves an entry of %d bytes to itself or not', (size, messages) => {
    const doc = new Y.Doc()
    const log: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => log.push(update))
    doc.getText('t').insert(0, 'a')
    const before = Y.encodeStateVector(doc)
    const around = (letters: number): Uint8Array => {
      const trial = docOf(log)
      trial.clientID = doc.clientID
      trial.getText('t').insert(1, 'b'.repeat(letters))
      return Y.encodeStateAsUpdate(trial, before)
    }
    const entry = around(size - (around(size).length - size))
    expect(entry).toHaveLength(size)
    expect(messagesIn(new WholeText(2, [log[0]!, entry]).answerTo(new Uint8Array([0])))).toHaveLength(
      messages,
    )
  })

  it.each([
    [16, 16],
    [17, 1],
  ])('in %d large entries goes out in %d messages', (entries, messages) => {
    const doc = new Y.Doc()
    const log: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => log.push(update))
    for (let i = 0; i < entries; i++) doc.getText('t').insert(0, 'b'.repeat(5_000))
    expect(messagesIn(new WholeText(entries, log).answerTo(new Uint8Array([0])))).toHaveLength(messages)
  })

  it('knows all that was deleted in any of its parts', () => {
    const log = someLog(seeded(5), 60, 0.3)
    const { deletions } = new WholeText(log.length, log)
    for (const update of log) expect(isCovered(Y.decodeUpdate(update).ds, deletions)).toBe(true)
    // Two deletions side by side, in two parts, are one when somebody brings them as one.
    expect(isCovered(Y.decodeUpdate(Y.encodeStateAsUpdate(docOf(log))).ds, deletions)).toBe(true)
  })

  it('refuses what is no state vector', () => {
    expect(() => new WholeText(0, []).answerTo(new Uint8Array([5]))).toThrow()
  })
})
