/** The receipt of a decision: what was decided about exactly which text, signed so that anybody can check it alone. */
import { canonicalJson, type Json } from './canonical.ts'
import { RECEIPT_FIELD_MAX_CHARACTERS } from './limits.ts'
import type { Translated } from './schema/fields.ts'

export const RECEIPT_FORMAT = 'auzolan-receipt'
export const RECEIPT_VERSION = 1
export const VERDICTS = ['approve', 'request_changes'] as const
export type Verdict = (typeof VERDICTS)[number]

/** A failed check that was let pass, and why. */
export interface Waiver {
  readonly check: string
  readonly reason: string
}
/** What whoever decides has to say; the server adds the rest when it signs. */
export interface DecisionFacts {
  /** UUID of the decision. */
  readonly id: string
  readonly document: string
  readonly type: string
  readonly title: Translated<string>
  /** Number of the version that was decided on. */
  readonly version: number
  /** SHA-256 of the version's canonical JSON, in hex. */
  readonly sha256: string
  readonly verdict: Verdict
  readonly conditions: string
  readonly waivers: readonly Waiver[]
  readonly by: { readonly name: string; readonly role: string; readonly onBehalfOf?: string }
  readonly organisation: Translated<string>
  /** ISO 8601 in UTC, with milliseconds. */
  readonly at: string
}
export interface Receipt extends DecisionFacts {
  readonly format: typeof RECEIPT_FORMAT
  readonly v: typeof RECEIPT_VERSION
  /** Id of the key that signed: the first 16 hex digits of its fingerprint. */
  readonly key: string
  /** Ed25519, base64url. */
  readonly signature: string
}
export type UnsignedReceipt = Omit<Receipt, 'signature'>

export type ParsedReceipt =
  | { readonly kind: 'receipt'; readonly receipt: Receipt }
  /** Made by a later version of this program; nothing is said about whether it is right. */
  | { readonly kind: 'newer-format' }
  /** `at` names the first field that does not fit; empty when it is no object of ours at all. */
  | { readonly kind: 'not-a-receipt'; readonly at: string }

/** What is signed: the canonical JSON of everything but the signature. */
export const bytesToSign = (receipt: UnsignedReceipt): Uint8Array<ArrayBuffer> => {
  const { signature: _, ...signed } = receipt as Receipt
  return new TextEncoder().encode(canonicalJson(signed as unknown as Json))
}

/** Reads what somebody says is a receipt: an object, or JSON. Never throws. */
export function parseReceipt(input: unknown): ParsedReceipt {
  const value = typeof input === 'string' ? fromJson(input) : input
  if (!isPlain(value) || value['format'] !== RECEIPT_FORMAT) return { kind: 'not-a-receipt', at: '' }
  if (typeof value['v'] === 'number' && value['v'] > RECEIPT_VERSION) return { kind: 'newer-format' }
  const at = misfit(RECEIPT_SHAPE, value, '')
  if (at !== null) return { kind: 'not-a-receipt', at }
  return { kind: 'receipt', receipt: value as unknown as Receipt }
}

export type Part = 'matches' | 'differs'
export type Verification =
  | Exclude<ParsedReceipt, { kind: 'receipt' }>
  /** This browser has no Ed25519 (or none for pages like this one). */
  | { readonly kind: 'cannot-check' }
  | {
      readonly kind: 'checked'
      readonly receipt: Receipt
      readonly text: Part
      /** `key-unknown`: none of the given keys is the one the receipt names, so nobody knows who signed. */
      readonly signature: Part | 'key-unknown'
      /** Hash of the text that was given, to lay beside the one in the receipt. */
      readonly sha256: string
    }

/**
 * Whether receipt, text and key belong together, part by part. Never throws.
 * @param text the canonical JSON of the version; bytes of a file are taken as they are
 * @param publicKeys base64url; which one is meant follows from the keys themselves, not from what somebody says of them
 */
export async function verifyReceipt(
  input: unknown,
  text: string | Uint8Array,
  publicKeys: readonly string[],
): Promise<Verification> {
  const parsed = parseReceipt(input)
  if (parsed.kind !== 'receipt') return parsed
  // Browsers keep their cryptography from pages that came over plain HTTP.
  if (!(globalThis.crypto as Crypto | undefined)?.subtle) return { kind: 'cannot-check' }
  const { receipt } = parsed
  const sha256 = await sha256Of(typeof text === 'string' ? new TextEncoder().encode(text) : text)
  // A lone surrogate is encoded as U+FFFD, and would pass for a text that has that sign there.
  const whole = typeof text !== 'string' || text.isWellFormed()
  const signature = await checkSignature(receipt, publicKeys)
  if (signature === 'no-ed25519') return { kind: 'cannot-check' }
  return {
    kind: 'checked',
    receipt,
    text: whole && sha256 === receipt.sha256 ? 'matches' : 'differs',
    signature,
    sha256,
  }
}

/** Everything given belongs together. */
export const isConfirmed = (verification: Verification): boolean =>
  verification.kind === 'checked' && verification.text === 'matches' && verification.signature === 'matches'

/** SHA-256 of the raw public key, in hex; `null` when this is no Ed25519 key. */
export async function fingerprintOf(publicKey: string): Promise<string | null> {
  const raw = fromBase64Url(publicKey)
  return raw?.length === 32 ? sha256Of(raw) : null
}
export const keyIdOf = (fingerprint: string): string => fingerprint.slice(0, 16)

async function checkSignature(
  receipt: Receipt,
  publicKeys: readonly string[],
): Promise<Part | 'key-unknown' | 'no-ed25519'> {
  for (const publicKey of publicKeys) {
    const fingerprint = await fingerprintOf(publicKey)
    if (fingerprint === null || keyIdOf(fingerprint) !== receipt.key) continue
    try {
      const key = await crypto.subtle.importKey('raw', fromBase64Url(publicKey)!, 'Ed25519', false, [
        'verify',
      ])
      const signature = fromBase64Url(receipt.signature)!
      return (await crypto.subtle.verify('Ed25519', key, signature, bytesToSign(receipt)))
        ? 'matches'
        : 'differs'
    } catch (error) {
      // Anything else is a key that is no point of the curve: it signed nothing.
      return error instanceof Error && error.name === 'NotSupportedError' ? 'no-ed25519' : 'differs'
    }
  }
  return 'key-unknown'
}

const sha256Of = async (bytes: Uint8Array): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')

/** `null` unless it is the one way to write these bytes: else another last letter would be the same signature. */
function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text)) return null
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const again = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
    return again === text ? Uint8Array.from(binary, (sign) => sign.charCodeAt(0)) : null
  } catch {
    return null
  }
}

type Fits = (value: unknown) => boolean
interface Shape {
  readonly [field: string]: Fits | Shape | readonly [Shape]
}
type Plain = { readonly [field: string]: unknown }

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const matches =
  (pattern: RegExp): Fits =>
  (value) =>
    typeof value === 'string' && pattern.test(value)
const text: Fits = (value) => typeof value === 'string' && value.length <= RECEIPT_FIELD_MAX_CHARACTERS
const said: Fits = (value) => text(value) && value !== ''
const optional =
  (fits: Fits): Fits =>
  (value) =>
    value === undefined || fits(value)
const uuid = matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
/** Also in no language: an organisation that nobody has described yet decides all the same. */
const translated: Fits = (value) => isPlain(value) && Object.values(value).every(text)
const instant: Fits = (value) =>
  matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)(value) && !Number.isNaN(Date.parse(value as string))
const signature: Fits = (value) => typeof value === 'string' && fromBase64Url(value)?.length === 64

/** Nothing beside these fields: what a reader of the receipt does not show must not be signed unseen. */
const RECEIPT_SHAPE: Shape = {
  format: (value) => value === RECEIPT_FORMAT,
  v: (value) => value === RECEIPT_VERSION,
  id: uuid,
  document: uuid,
  type: said,
  title: translated,
  version: (value) => Number.isSafeInteger(value) && (value as number) > 0,
  sha256: matches(/^[0-9a-f]{64}$/),
  verdict: (value) => (VERDICTS as readonly unknown[]).includes(value),
  conditions: text,
  waivers: [{ check: said, reason: text }],
  by: { name: said, role: said, onBehalfOf: optional(said) },
  organisation: translated,
  at: instant,
  key: matches(/^[0-9a-f]{16}$/),
  signature,
}

/** Path of the first field that does not fit, `null` when all do. */
function misfit(shape: Fits | Shape | readonly [Shape], value: unknown, path: string): string | null {
  if (typeof shape === 'function') return shape(value) ? null : path
  const below = (field: string | number): string => (path === '' ? String(field) : `${path}.${field}`)
  if (isList(shape)) {
    if (!Array.isArray(value)) return path
    return firstOf(value.map((item: unknown, i) => () => misfit(shape[0], item, below(i))))
  }
  if (!isPlain(value)) return path
  // JSON has no undefined; canonical JSON of it would be an exception.
  const strange = Object.keys(value).find((f) => !Object.hasOwn(shape, f) || value[f] === undefined)
  if (strange !== undefined) return below(strange)
  return firstOf(
    Object.entries(shape).map(
      ([f, wanted]) =>
        () =>
          misfit(wanted, value[f], below(f)),
    ),
  )
}
const isList = (shape: Shape | readonly [Shape]): shape is readonly [Shape] => Array.isArray(shape)

function firstOf(looks: readonly (() => string | null)[]): string | null {
  for (const look of looks) {
    const found = look()
    if (found !== null) return found
  }
  return null
}

function fromJson(input: string): unknown {
  try {
    return JSON.parse(input)
  } catch {
    return null
  }
}
