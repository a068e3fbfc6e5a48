/**
 * How the text on the screen stands to the version in force: the third place of the ledger. Said of the text itself, letter by
 * letter, never of a flag that somebody has set.
 */
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { textOf } from '@auzolan/shared/schema/restricted.ts'
import { getEnvelope } from '../api.ts'
import { getVersion } from '../history-api.ts'
import { home, me } from '../host.ts'
import type { DocumentContext } from './context.ts'

export type Approved =
  | { readonly kind: 'none' }
  /** `unknown`: which text that is, this page has not been able to ask. */
  | { readonly kind: 'same' | 'differs' | 'unknown'; readonly version: number }

/** Of the version in force; the text itself is not kept on the device beside the document's own copy. */
interface InForce {
  readonly n: number
  readonly sha256: string
}
/** Nobody reads the ledger while they type. */
const COMPARE_AFTER_MS = 400

export function useApproved({
  envelope,
  now,
  type: { content },
  json: text,
  ledger,
}: Pick<DocumentContext, 'envelope' | 'now' | 'type' | 'json' | 'ledger'>): ShallowRef<Approved> {
  const key = `auzolan/in-force/${home}/${me.id}/${envelope.id}`
  const approved = shallowRef<Approved>(
    envelope.inForce === null ? { kind: 'none' } : { kind: 'unknown', version: envelope.inForce },
  )
  let inForce: InForce | null = recall(key)
  let known: { readonly n: number; readonly json: string } | null = null
  let current = envelope.inForce
  let timer: ReturnType<typeof setTimeout> | undefined
  let ended = false

  async function compare(): Promise<void> {
    const version = current
    if (version === null) return void (approved.value = { kind: 'none' })
    const json = textOf(content, text.value)
    const same =
      known?.n === version
        ? known.json === json
        : inForce?.n === version
          ? await hasHash(json, inForce.sha256)
          : null
    if (ended || version !== current) return
    approved.value = { kind: same === null ? 'unknown' : same ? 'same' : 'differs', version }
  }
  async function look(): Promise<void> {
    try {
      current = (await getEnvelope(envelope.id)).inForce
      if (current !== null && known?.n !== current) {
        const { n, json, sha256 } = await getVersion(envelope.id, current)
        // Versions from before have in their text what is for the team alone.
        known = { n, json: textOf(content, JSON.parse(json) as object) }
        inForce = { n, sha256: known.json === json ? sha256 : ((await hashOf(known.json)) ?? sha256) }
        remember(key, inForce)
      }
    } catch {
      // Offline, what was known last is all there is.
    }
    await compare()
  }
  void (envelope.inForce === null ? compare() : look())
  // The server says at once when it locks or unlocks the text: somebody may have decided. Whoever only reads looks for it.
  const unwatch = watch(
    () => [ledger.value.write, ledger.value.connectivity.kind, now.value.inForce].join(),
    () => void look(),
  )
  const follow = watch(text, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void compare(), COMPARE_AFTER_MS)
  })
  onScopeDispose(() => {
    ended = true
    clearTimeout(timer)
    unwatch()
    follow()
  })
  return approved
}

/** `null` where the browser keeps its cryptography from the page. */
async function hashOf(text: string): Promise<string | null> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle
  if (!subtle) return null
  const bytes = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
async function hasHash(text: string, sha256: string): Promise<boolean | null> {
  const found = await hashOf(text)
  return found === null ? null : found === sha256
}

function remember(key: string, value: InForce): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // A browser that keeps nothing: it is asked again.
  }
}
function recall(key: string): InForce | null {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<InForce> | null
    return typeof value?.n === 'number' && typeof value.sha256 === 'string' ? (value as InForce) : null
  } catch {
    return null
  }
}
