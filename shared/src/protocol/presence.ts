/**
 * Presence as y-protocols encodes it (client id, clock, JSON), taken apart so that the server can drop
 * states that are not the session's own and write the person into those that are.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { Json } from '../canonical.ts'

export interface PresenceState {
  readonly clientId: number
  readonly clock: number
  /** `null`: gone. */
  readonly state: { readonly [key: string]: Json } | null
}

/** @throws when the bytes are no presence update. */
export function decodePresence(bytes: Uint8Array): PresenceState[] {
  const d = decoding.createDecoder(bytes)
  const length = decoding.readVarUint(d)
  if (length > 10_000) throw new RangeError('too many presence states')
  return Array.from({ length }, () => {
    const clientId = decoding.readVarUint(d)
    const clock = decoding.readVarUint(d)
    const state: unknown = JSON.parse(decoding.readVarString(d))
    return { clientId, clock, state: isObject(state) ? state : null }
  })
}

export function encodePresence(states: readonly PresenceState[]): Uint8Array {
  return encoding.encode((e) => {
    encoding.writeVarUint(e, states.length)
    for (const { clientId, clock, state } of states) {
      encoding.writeVarUint(e, clientId)
      encoding.writeVarUint(e, clock)
      encoding.writeVarString(e, JSON.stringify(state))
    }
  })
}

const isObject = (value: unknown): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A state without a caret that no editor could place: one such caret would keep everybody else's editor from opening.
 * (Editors turn it into a position as it is, and some throw.)
 */
export function withoutBrokenCaret(state: { readonly [key: string]: Json }): {
  readonly [key: string]: Json
} {
  const caret = state['cursor']
  if (caret === undefined || caret === null) return state
  const whole =
    isObject(caret) &&
    ['anchor', 'head'].every((end) => caret[end] === null || isRelativePosition(caret[end]))
  return whole ? state : { ...state, cursor: null }
}

function isRelativePosition(value: unknown): boolean {
  if (!isObject(value)) return false
  const { item = null, type = null, tname = null } = value
  const places = [item, type].filter((place) => place !== null)
  return (
    places.every(
      (place) =>
        isObject(place) && Number.isSafeInteger(place['client']) && Number.isSafeInteger(place['clock']),
    ) &&
    (tname === null || typeof tname === 'string') &&
    (places.length > 0 || tname !== null)
  )
}
