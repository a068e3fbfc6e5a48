/**
 * Who shows what in one room, told to all at most every 50 ms; those who are on another node as well. There is no `Awareness` object:
 * nothing to leak.
 */
import { PRESENCE_EVERY_MS, PRESENCE_MAX_BYTES, PRESENCE_OF_NODE_MAX_MS } from '@auzolan/shared/limits.ts'
import {
  decodePresence,
  encodePresence,
  withoutBrokenCaret,
  type PresenceState,
} from '@auzolan/shared/protocol/presence.ts'
import type { Member } from './member.ts'

type By =
  | { readonly kind: 'here'; readonly member: Member }
  /** `heardAt` in ms, monotonic. */
  | { readonly kind: 'elsewhere'; readonly node: string; readonly heardAt: number }

interface Shown extends PresenceState {
  readonly by: By
}

export class PresenceBoard {
  readonly #tell: (states: Uint8Array) => void
  readonly #tellNodes: (states: readonly PresenceState[]) => void
  readonly #shown = new Map<number, Shown>()
  readonly #changed = new Map<number, PresenceState>()
  /** Of these, what those who are here have shown themselves: for the other nodes. */
  readonly #changedHere = new Map<number, PresenceState>()
  #timer: NodeJS.Timeout | null = null
  #toldAt = 0

  /**
   * @param tell told what has changed, once for all members
   * @param tellNodes told what members of this room have changed
   */
  constructor(tell: (states: Uint8Array) => void, tellNodes: (states: readonly PresenceState[]) => void) {
    this.#tell = tell
    this.#tellNodes = tellNodes
  }

  /** Takes a session's presence, stamped with its person; what is not the session's own is dropped. */
  show(member: Member, bytes: Uint8Array): void {
    if (bytes.length > PRESENCE_MAX_BYTES) return
    for (const { clientId, clock, state } of read(bytes)) {
      if (!member.clientIds.has(clientId)) continue
      const known = this.#shown.get(clientId)
      // Said before: a transport that repeats itself must not wake everybody.
      if (known && isBy(known, member) && known.clock >= clock && state !== null) continue
      if (state === null) this.#gone(clientId, clock)
      else {
        const stamped = { ...withoutBrokenCaret(state), user: stamp(state['user'], member) }
        this.#set({ clientId, clock, state: stamped, by: { kind: 'here', member } })
      }
    }
    this.#schedule()
  }

  /** Takes what members of the same channel show on another node. Whoever is here as well is known better here. */
  showElsewhere(node: string, bytes: Uint8Array): void {
    for (const { clientId, clock, state } of read(bytes)) {
      const known = this.#shown.get(clientId)
      if (known?.by.kind === 'here') continue
      const by = { kind: 'elsewhere', node, heardAt: performance.now() } as const
      if (state === null) {
        // A farewell that comes after whoever it is about has shown up on a third node is about the past.
        if (known?.by.node === node) this.#gone(clientId, clock)
      } else if (!known || known.clock < clock) {
        this.#set({ clientId, clock, state: withoutBrokenCaret(state), by })
      } else if (known.by.node === node) this.#shown.set(clientId, { ...known, by })
    }
    this.#schedule()
  }

  /** Takes away those of whose node nothing was heard for long. */
  sweep(): void {
    const past = performance.now() - PRESENCE_OF_NODE_MAX_MS
    for (const { clientId, clock, by } of [...this.#shown.values()])
      if (by.kind === 'elsewhere' && by.heardAt < past) this.#gone(clientId, clock + 1)
    this.#schedule()
  }

  leave(member: Member): void {
    for (const shown of [...this.#shown.values()])
      if (isBy(shown, member)) this.#gone(shown.clientId, shown.clock + 1)
    this.#schedule()
  }

  /** Everybody's presence but the member's own; `null` when there is none. */
  others(member: Member): Uint8Array | null {
    const states = [...this.#shown.values()].filter((shown) => !isBy(shown, member))
    return states.length > 0 ? encodePresence(states) : null
  }

  /** What members of this room show. */
  get here(): readonly PresenceState[] {
    return [...this.#shown.values()].filter(({ by }) => by.kind === 'here')
  }

  /** Client ids somebody shows, wherever they are. */
  has(clientId: number): boolean {
    return this.#shown.has(clientId)
  }

  /** Nobody is here any more: other nodes are told at once. */
  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#changed.clear()
    this.#sayElsewhere()
  }

  #set({ clientId, clock, state, by }: Shown): void {
    this.#shown.set(clientId, { clientId, clock, state, by })
    this.#changed.set(clientId, { clientId, clock, state })
    if (by.kind === 'here') this.#changedHere.set(clientId, { clientId, clock, state })
  }

  #gone(clientId: number, clock: number): void {
    const known = this.#shown.get(clientId)
    if (!known) return
    this.#shown.delete(clientId)
    const gone = { clientId, clock, state: null }
    this.#changed.set(clientId, gone)
    if (known.by.kind === 'here') this.#changedHere.set(clientId, gone)
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
      this.#sayElsewhere()
    }, wait)
  }

  #sayElsewhere(): void {
    if (this.#changedHere.size === 0) return
    const states = [...this.#changedHere.values()]
    this.#changedHere.clear()
    this.#tellNodes(states)
  }
}

const isBy = ({ by }: Shown, member: Member): boolean => by.kind === 'here' && by.member === member

/** Nothing when it cannot be read. */
function read(bytes: Uint8Array): readonly PresenceState[] {
  try {
    return decodePresence(bytes)
  } catch {
    return []
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
