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
  /** Of one who is here: the other node on which they have shown up as well, as somebody does who changes nodes. */
  readonly also: Extract<By, { readonly kind: 'elsewhere' }> | null
  /** Added to its clock when it is told: whoever was told that they have gone does not hear of an earlier clock. */
  readonly lift: number
}

/** Somebody who has gone. */
interface Gone {
  /** Clock of the farewell that was told. */
  readonly clock: number
  readonly person: string
  /** Ms, monotonic. */
  readonly at: number
}

export class PresenceBoard {
  readonly #tell: (states: Uint8Array) => void
  readonly #tellNodes: (states: readonly PresenceState[]) => void
  readonly #shown = new Map<number, Shown>()
  readonly #gone = new Map<number, Gone>()
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
      if (state === null) this.#goes(clientId, clock)
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
      const by = { kind: 'elsewhere', node, heardAt: performance.now() } as const
      if (known?.by.kind === 'here') {
        if (state !== null) this.#shown.set(clientId, { ...known, also: by })
        else if (known.also?.node === node) this.#shown.set(clientId, { ...known, also: null })
      } else if (state === null) {
        // A farewell that comes after whoever it is about has shown up on a third node is about the past.
        if (known?.by.node === node) this.#goes(clientId, clock)
      } else if (!known || known.clock < clock) {
        this.#set({ clientId, clock, state: withoutBrokenCaret(state), by })
      } else if (known.clock === clock || known.by.node === node) this.#shown.set(clientId, { ...known, by })
    }
    this.#schedule()
  }

  /** Takes away those of whose node nothing was heard for long. */
  sweep(): void {
    const past = performance.now() - PRESENCE_OF_NODE_MAX_MS
    for (const { clientId, clock, by } of [...this.#shown.values()])
      if (by.kind === 'elsewhere' && by.heardAt < past) this.#goes(clientId, clock + 1)
    const forgotten = performance.now() - GONE_KEPT_MS
    for (const [clientId, { at }] of this.#gone) if (at < forgotten) this.#gone.delete(clientId)
    this.#schedule()
  }

  leave(member: Member): void {
    for (const shown of [...this.#shown.values()]) {
      if (!isBy(shown, member)) continue
      const { clientId, clock, also } = shown
      // They have only changed nodes.
      if (also) this.#shown.set(clientId, { ...shown, by: also, also: null })
      else this.#goes(clientId, clock + 1)
    }
    this.#schedule()
  }

  /** Everybody's presence but the member's own; `null` when there is none. */
  others(member: Member): Uint8Array | null {
    const states = [...this.#shown.values()].filter((shown) => !isBy(shown, member))
    return states.length > 0 ? encodePresence(states.map(asTold)) : null
  }

  /** What members of this room show. */
  get here(): readonly PresenceState[] {
    return [...this.#shown.values()].filter(({ by }) => by.kind === 'here')
  }

  /** Client ids somebody shows, wherever they are. */
  has(clientId: number): boolean {
    return this.#shown.has(clientId)
  }

  /** Whether a client id is another person's, who shows it or did so a moment ago: stock clients say again what they hear of others. */
  isOfAnother(clientId: number, person: string): boolean {
    const shown = this.#shown.get(clientId)
    const owner = shown ? personOf(shown) : this.#gone.get(clientId)?.person
    return owner !== undefined && owner !== person
  }

  /** Nobody is here any more: other nodes are told at once. */
  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#changed.clear()
    this.#sayElsewhere()
  }

  #set({ clientId, clock, state, by }: PresenceState & { readonly by: By }): void {
    const told = this.#gone.get(clientId)?.clock ?? -1
    const lift = this.#shown.get(clientId)?.lift ?? Math.max(0, told + 1 - clock)
    const shown = { clientId, clock, state, by, also: null, lift }
    this.#shown.set(clientId, shown)
    this.#changed.set(clientId, asTold(shown))
    // Each node knows for itself what it has told.
    if (by.kind === 'here') this.#changedHere.set(clientId, { clientId, clock, state })
  }

  #goes(clientId: number, clock: number): void {
    const known = this.#shown.get(clientId)
    if (!known) return
    this.#shown.delete(clientId)
    const gone = { clientId, clock: clock + known.lift, state: null }
    this.#gone.set(clientId, { clock: gone.clock, person: personOf(known), at: performance.now() })
    this.#changed.set(clientId, gone)
    if (known.by.kind === 'here') this.#changedHere.set(clientId, { ...gone, clock })
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

/** Longer than a stock client takes somebody for present of whom it hears nothing (30 s). */
const GONE_KEPT_MS = 60_000

const asTold = ({ clientId, clock, state, lift }: Shown): PresenceState => ({
  clientId,
  clock: clock + lift,
  state,
})

function personOf({ by, state }: Shown): string {
  if (by.kind === 'here') return by.member.person
  const user = state?.['user']
  return typeof user === 'object' && user !== null && 'id' in user ? String(user.id) : ''
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
