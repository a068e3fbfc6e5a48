/** A receipt, its text and its key belong together exactly; what does not is named. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isConfirmed,
  parseReceipt,
  verifyReceipt,
  type Receipt,
  type Verification,
} from '@auzolan/shared/receipt.ts'
import { APPROVAL_FORMAT, openReceiptFile } from '@auzolan/shared/receipt-file.ts'
import { FACTS, TEXT, newKey } from '../support/receipts.ts'

const key = newKey()
const receipt = key.sign(FACTS)
const json = JSON.stringify(receipt)
const check = (
  input: unknown,
  text: string | Uint8Array = TEXT,
  keys = [key.publicKey],
): Promise<Verification> => verifyReceipt(input, text, keys)

describe('a receipt', () => {
  it('belongs to its text and key, as an object or as JSON in any layout and order', async () => {
    const turned = Object.fromEntries(Object.entries(receipt).reverse())
    const others = [newKey().publicKey, 'nonsense', key.publicKey]
    for (const input of [receipt, json, JSON.stringify(turned, null, 2)])
      expect(isConfirmed(await check(input, TEXT, others))).toBe(true)
    expect(isConfirmed(await check(receipt, new TextEncoder().encode(TEXT)))).toBe(true)
  })

  it('says that the text is another one, and that the signature is right', async () => {
    expect(await check(receipt, `${TEXT}\n`)).toMatchObject({ text: 'differs', signature: 'matches' })
    expect(await check(receipt, `\uFEFF${TEXT}`)).toMatchObject({ text: 'differs', signature: 'matches' })
  })

  it('does not take a lone surrogate for the sign it is encoded as', async () => {
    const { createHash } = await import('node:crypto')
    const sha256 = createHash('sha256').update('"\uFFFD"').digest('hex')
    expect(await check(key.sign({ ...FACTS, sha256 }), '"\uD800"')).toMatchObject({ text: 'differs' })
  })

  it('says that it knows no key of that name, and does not believe a name', async () => {
    const other = newKey()
    expect(await check(receipt, TEXT, [])).toMatchObject({ text: 'matches', signature: 'key-unknown' })
    expect(await check(receipt, TEXT, [other.publicKey])).toMatchObject({ signature: 'key-unknown' })
    const forged = { ...other.sign(FACTS), key: key.id }
    expect(await check(forged)).toMatchObject({ text: 'matches', signature: 'differs' })
  })

  it('of a later format is called that, and not wrong', async () => {
    expect(await check({ ...receipt, v: 2, more: true })).toEqual({ kind: 'newer-format' })
  })

  it.each<[string, unknown, string]>([
    ['nothing', null, ''],
    ['no JSON', '{', ''],
    ['a list', [receipt], ''],
    ['another format', { ...receipt, format: 'x' }, ''],
    ['a version before the first', { ...receipt, v: 0 }, 'v'],
    ['a field nobody knows', { ...receipt, note: 'x' }, 'note'],
    ['a field nobody knows, deeper', { ...receipt, by: { ...receipt.by, rank: 1 } }, 'by.rank'],
    [
      'a field without a value',
      { ...receipt, by: { ...receipt.by, onBehalfOf: undefined } },
      'by.onBehalfOf',
    ],
    ['a waiver without a check', { ...receipt, waivers: [{ reason: 'x' }] }, 'waivers.0.check'],
    ['a hash in capitals', { ...receipt, sha256: receipt.sha256.toUpperCase() }, 'sha256'],
    ['a moment that is none', { ...receipt, at: '2026-13-23T15:42:07.000Z' }, 'at'],
    ['a signature too short', { ...receipt, signature: 'AAAA' }, 'signature'],
  ])('is not %s', async (_, input, at) => {
    expect(await check(input)).toEqual({ kind: 'not-a-receipt', at })
  })

  it('lacking any field is none', () => {
    for (const field of Object.keys(receipt)) {
      const { [field as keyof Receipt]: _, ...rest } = receipt
      expect(parseReceipt(rest).kind, field).toBe('not-a-receipt')
    }
  })

  it('with any one sign of it changed is not confirmed', async () => {
    for (let i = 0; i < json.length; i++) {
      const sign = json[i] === 'A' ? 'B' : 'A'
      const changed = json.slice(0, i) + sign + json.slice(i + 1)
      expect(isConfirmed(await check(changed)), changed.slice(Math.max(0, i - 20), i + 1)).toBe(false)
    }
  })

  it('with any one bit of its signature changed, or written another way, is not confirmed', async () => {
    const bytes = Buffer.from(receipt.signature, 'base64url')
    for (let bit = 0; bit < 512; bit++) {
      const other = Buffer.from(bytes)
      other[bit >> 3]! ^= 1 << (bit & 7)
      expect(isConfirmed(await check({ ...receipt, signature: other.toString('base64url') }))).toBe(false)
    }
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    for (const sign of last.replace(receipt.signature.at(-1)!, ''))
      expect(isConfirmed(await check({ ...receipt, signature: receipt.signature.slice(0, -1) + sign }))).toBe(
        false,
      )
  })

  it('is confirmed after no change whatever of text or receipt', async () => {
    const change = fc.record({
      at: fc.nat(),
      length: fc.integer({ min: 0, max: 3 }),
      put: fc.string({ unit: 'binary', maxLength: 3 }),
    })
    const applied = (
      text: string,
      { at, length, put }: { at: number; length: number; put: string },
    ): string => {
      const start = at % text.length
      return text.slice(0, start) + put + text.slice(start + length)
    }
    await fc.assert(
      fc.asyncProperty(change, async (c) => {
        const text = applied(TEXT, c)
        fc.pre(text !== TEXT)
        expect(isConfirmed(await check(receipt, text))).toBe(false)
      }),
    )
    await fc.assert(
      fc.asyncProperty(change, async (c) => {
        const parsed = parseReceipt(applied(json, c))
        // White space between fields is no change of what is said.
        fc.pre(parsed.kind !== 'receipt' || JSON.stringify(parsed.receipt) !== json)
        expect(isConfirmed(await check(applied(json, c)))).toBe(false)
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(receipt)), fc.jsonValue(), async (field, value) => {
        fc.pre(JSON.stringify(value) !== JSON.stringify(receipt[field as keyof Receipt]))
        expect(isConfirmed(await check({ ...receipt, [field]: value }))).toBe(false)
      }),
    )
  })
})

describe('a file with a receipt', () => {
  it('brings text and key, or says what it lacks', () => {
    const file = { format: APPROVAL_FORMAT, v: 1, receipt, text: TEXT, publicKey: key.publicKey }
    expect(openReceiptFile(JSON.stringify(file))).toEqual({ receipt, text: TEXT, publicKey: key.publicKey })
    expect(openReceiptFile(json)).toEqual({ receipt: json, text: null, publicKey: null })
  })

  it('may hold anything', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (content) => {
        expect(parseReceipt(openReceiptFile(content).receipt).kind).toBe('not-a-receipt')
      }),
    )
  })
})
