/** Who shows what in one room, told to all at most every 50 ms. There is no `Awareness` object: nothing to leak. */
import { PRESENCE_EVERY_MS, PRESENCE_MAX_BYTES } from '@auzolan/shared/limits.ts'
import {
  decodePresence,
  encodePresence,
  withoutBrokenCaret,
  type PresenceState,
} from '@auzolan/shared/protocol/presence.ts'
import type { Member } from './member.ts'

export class PresenceBoard {
  readonly #tell: (states: Uint8Array) => void
  readonly #shown = new Map<number, PresenceState & { readonly member: Member }>()
  readonly #changed = new Map<number, PresenceState>()
  #timer: NodeJS.Timeout | null = null
  #toldAt = 0

  /** @param tell told what has changed, once for all members */
  constructor(tell: (states: Uint8Array) => void) {
    this.#tell = tell
  }

  /** Takes a session's presence, stamped with its person; what is not the session's own is dropped. */
  show(member: Member, bytes: Uint8Array): void {
    if (bytes.length > PRESENCE_MAX_BYTES) return
    let states: PresenceState[]
    try {
      states = decodePresence(bytes)
    } catch {
      return
    }
    for (const { clientId, clock, state } of states) {
      if (!member.clientIds.has(clientId)) continue
      const known = this.#shown.get(clientId)
      // Said before: a transport that repeats itself must not wake everybody.
      if (known?.member === member && known.clock >= clock && state !== null) continue
      if (state === null) this.#gone(clientId, clock)
      else {
        const stamped = { ...withoutBrokenCaret(state), user: stamp(state['user'], member) }
        this.#shown.set(clientId, { clientId, clock, state: stamped, member })
        this.#changed.set(clientId, { clientId, clock, state: stamped })
      }
    }
    this.#schedule()
  }

  leave(member: Member): void {
    for (const { clientId, clock, member: of } of [...this.#shown.values()])
      if (of === member) this.#gone(clientId, clock + 1)
    this.#schedule()
  }

  /** Everybody's presence but the member's own; `null` when there is none. */
  others(member: Member): Uint8Array | null {
    const states = [...this.#shown.values()].filter((s) => s.member !== member)
    return states.length > 0 ? encodePresence(states) : null
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#changed.clear()
  }

  #gone(clientId: number, clock: number): void {
    if (this.#shown.delete(clientId)) this.#changed.set(clientId, { clientId, clock, state: null })
  }

  #schedule(): void {
    if (this.#changed.size === 0 || this.#timer) return
    const wait = Math.max(0, this.#toldAt + PRESENCE_EVERY_MS - performance.now())
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#toldAt = performance.now()
      const states = encodePresence([...this.#changed.values()])
      this.#changed.clear()
      this.#tell(states)
    }, wait)
  }
}

/** The person is the server's word; the colour may be the client's. */
function stamp(claimed: unknown, member: Member): { id: string; name: string; color: string } {
  const color = typeof claimed === 'object' && claimed !== null && 'color' in claimed ? claimed.color : null
  return {
    id: member.person,
    name: member.name,
    color: typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color) ? color : '#5c6bc0',
  }
}
