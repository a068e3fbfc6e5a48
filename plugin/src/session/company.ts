/** Who is here: what this tab says of itself, and whom the server has named. Bytes are those of y-protocols. */
import { decodePresence, encodePresence } from '@auzolan/shared/protocol/presence.ts'

export class Company {
  readonly #clientId: number
  #own: Uint8Array | null = null
  /** The clock of everybody who was named, so that they can be unsaid when the connection is gone. */
  readonly #others = new Map<number, number>()

  constructor(clientId: number) {
    this.#clientId = clientId
  }

  /** What this tab last said of itself. */
  get own(): Uint8Array | null {
    return this.#own
  }

  /** Keeps what this tab says of itself; the provider says others' states too. Returns whether there was any. */
  say(states: Uint8Array): boolean {
    const own = decodePresence(states).filter((s) => s.clientId === this.#clientId)
    if (own.length > 0) this.#own = encodePresence(own)
    return own.length > 0
  }

  /** What of a word from the server is news; null when nothing is. */
  hear(states: Uint8Array): Uint8Array | null {
    // The server may tell a session what it said itself; the awareness would take that for somebody else's word.
    const others = decodePresence(states).filter((s) => s.clientId !== this.#clientId)
    for (const { clientId, clock, state } of others) {
      if (state) this.#others.set(clientId, clock)
      else this.#others.delete(clientId)
    }
    return others.length > 0 ? encodePresence(others) : null
  }

  /** Nobody is known to be here any more; what unsays them, null when there was nobody. */
  leave(): Uint8Array | null {
    const gone = [...this.#others].map(([clientId, clock]) => ({ clientId, clock: clock + 1, state: null }))
    this.#others.clear()
    return gone.length > 0 ? encodePresence(gone) : null
  }
}
