/**
 * One open channel: the order of its entries, who is here, and who has been told how far.
 * It holds no document. A room that cannot write sends everybody away and is forgotten; the log is the state.
 */
import { isRefusal, refusal, type Refusal, type RefusalCode } from '@auzolan/shared/codes.ts'
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import { CATCH_UP_MAX_BYTES, CATCH_UP_MAX_ENTRIES, PRESENCE_MAX_BYTES } from '@auzolan/shared/limits.ts'
import {
  decodePresence,
  encodePresence,
  withoutBrokenCaret,
  type PresenceState,
} from '@auzolan/shared/protocol/presence.ts'
import type { ChannelBatch, Journal, LogEntry, NewEntry, StoredHead } from '../journal/journal.ts'
import { admit, type Head } from './admission.ts'

/** Somebody in a room, whatever wire they speak. */
export interface Member {
  readonly person: PersonId
  readonly name: string
  /** Yjs client ids whose presence this session may show. */
  readonly clientIds: ReadonlySet<number>
  /** Entries in order; the member's own are left out, `toSeq` counts them. */
  entries(fromSeq: number, toSeq: number, updates: readonly Uint8Array[]): void
  /** `count` more of this member's updates are durable, the log ends at `seq`. */
  acknowledged(count: number, seq: number): void
  presence(states: Uint8Array): void
  leave(code: RefusalCode): void
}

interface Queued {
  readonly member: Member
  readonly entry: NewEntry
}

export class Room {
  readonly channel: ChannelId
  readonly epoch: number
  readonly #journal: Journal
  readonly #wantsCommit: (room: Room) => void
  /** Includes what is queued: admission must see it. */
  readonly #head: {
    seq: number
    clocks: Map<number, number>
    owners: Map<number, PersonId>
    roots: ReadonlySet<string>
  }
  #durableSeq: number
  #queue: Queued[] = []
  /** What is being written right now, until the journal answers. */
  #writing: Queued[] = []
  /** Member → the last entry it has been sent; absent while it is still catching up. */
  readonly #live = new Map<Member, number>()
  readonly #members = new Set<Member>()
  readonly #presence = new Map<number, PresenceState & { readonly member: Member }>()
  #failed = false

  constructor(
    channel: ChannelId,
    stored: StoredHead,
    roots: ReadonlySet<string>,
    journal: Journal,
    wantsCommit: (room: Room) => void,
  ) {
    this.channel = channel
    this.epoch = stored.epoch
    this.#journal = journal
    this.#wantsCommit = wantsCommit
    this.#head = { seq: stored.seq, clocks: stored.clocks, owners: stored.owners, roots }
    this.#durableSeq = stored.seq
  }

  get seq(): number {
    return this.#durableSeq
  }
  get isEmpty(): boolean {
    return this.#members.size === 0 && this.#queue.length === 0 && this.#writing.length === 0
  }
  get head(): Head {
    return this.#head
  }

  /** Binds Yjs client ids to the person before anybody sees them (else whoever writes first squats them). */
  async bind(clientIds: readonly number[], person: PersonId): Promise<Refusal | null> {
    const unbound = clientIds.filter((id) => this.#head.owners.get(id) !== person)
    if (unbound.length === 0) return null
    const taken = await this.#journal.bind(this.channel, unbound, person)
    for (const id of unbound) if (!taken.includes(id)) this.#head.owners.set(id, person)
    return taken.length > 0 ? refusal('CLIENT_ID_TAKEN', taken.join(' ')) : null
  }

  /** Lets a member in and brings it up to date; from then on it receives what others write. */
  async join(member: Member, afterSeq: number): Promise<void> {
    if (this.#failed) return member.leave('TRY_AGAIN')
    this.#members.add(member)
    const here = [...this.#presence.values()]
    if (here.length > 0) member.presence(encodePresence(here))
    await this.#catchUp(member, Math.min(afterSeq, this.#durableSeq))
  }

  leave(member: Member): void {
    this.#members.delete(member)
    this.#live.delete(member)
    const gone = [...this.#presence.values()].filter((p) => p.member === member)
    for (const { clientId } of gone) this.#presence.delete(clientId)
    if (gone.length > 0) {
      this.#tellPresence(
        member,
        gone.map(({ clientId, clock }) => ({ clientId, clock: clock + 1, state: null })),
      )
    }
  }

  /** Takes one update into the queue of the next commit, or says why not. Synchronous: order is arrival. */
  write(member: Member, update: Uint8Array): Refusal | null {
    if (this.#failed) return refusal('TRY_AGAIN', 'room is closing')
    const admitted = admit(update, this.#head, member.person)
    if (isRefusal(admitted)) return admitted
    for (const [client, clock] of admitted.clocks) this.#head.clocks.set(client, clock)
    this.#head.seq += 1
    this.#queue.push({ member, entry: { person: member.person, ...admitted } })
    this.#wantsCommit(this)
    return null
  }

  /** Moves the queue into the commit that is about to start; `null` when there is nothing. */
  takeBatch(): ChannelBatch | null {
    if (this.#queue.length === 0) return null
    this.#writing = this.#queue
    this.#queue = []
    return { channel: this.channel, afterSeq: this.#durableSeq, entries: this.#writing.map((q) => q.entry) }
  }

  /** The batch is on disk: now, and only now, others see it and authors are told. */
  committed(): void {
    const written = this.#writing
    this.#writing = []
    const fromSeq = this.#durableSeq + 1
    const toSeq = this.#durableSeq + written.length
    this.#durableSeq = toSeq
    for (const [member, sentSeq] of this.#live) {
      if (sentSeq !== fromSeq - 1) continue
      this.#live.set(member, toSeq)
      const updates = written.filter((q) => q.member !== member).map((q) => q.entry.update)
      if (updates.length > 0) member.entries(fromSeq, toSeq, updates)
    }
    const counts = new Map<Member, number>()
    for (const { member } of written) counts.set(member, (counts.get(member) ?? 0) + 1)
    for (const [member, count] of counts) if (this.#members.has(member)) member.acknowledged(count, toSeq)
  }

  /** Nothing was written. Everybody keeps their outbox and comes back to a fresh room. */
  fail(code: RefusalCode): void {
    this.#failed = true
    this.#queue = []
    this.#writing = []
    for (const member of [...this.#members]) member.leave(code)
  }

  /** Takes a session's presence, stamped with its person; what is not the session's own is dropped. */
  showPresence(member: Member, bytes: Uint8Array): void {
    if (bytes.length > PRESENCE_MAX_BYTES) return
    let states: PresenceState[]
    try {
      states = decodePresence(bytes)
    } catch {
      return
    }
    const own = states
      .filter((s) => member.clientIds.has(s.clientId))
      .map((s) => ({
        ...s,
        state: s.state && { ...withoutBrokenCaret(s.state), user: stamp(s.state['user'], member) },
      }))
    for (const state of own) {
      if (state.state) this.#presence.set(state.clientId, { ...state, member })
      else this.#presence.delete(state.clientId)
    }
    if (own.length > 0) this.#tellPresence(member, own)
  }

  /** All entries up to now, for those who need the whole text at once (stock clients, the worker). */
  async readAll(): Promise<{ updates: Uint8Array[]; seq: number }> {
    const updates: Uint8Array[] = []
    let seq = 0
    while (seq < this.#durableSeq) {
      const entries = await this.#read(seq)
      if (entries.length === 0) throw new Error(`${this.channel}: entries missing after ${seq}`)
      updates.push(...entries.map((e) => e.update))
      seq = entries.at(-1)!.seq
    }
    return { updates, seq }
  }

  async #catchUp(member: Member, afterSeq: number): Promise<void> {
    let sent = afterSeq
    while (this.#members.has(member) && sent < this.#durableSeq) {
      const entries = await this.#read(sent)
      if (entries.length === 0) throw new Error(`${this.channel}: entries missing after ${sent}`)
      if (!this.#members.has(member)) return
      const last = entries.at(-1)!.seq
      member.entries(
        sent + 1,
        last,
        entries.map((e) => e.update),
      )
      sent = last
    }
    if (this.#members.has(member)) this.#live.set(member, sent)
  }

  #read(after: number): Promise<readonly LogEntry[]> {
    return this.#journal.read(this.channel, after, {
      entries: CATCH_UP_MAX_ENTRIES,
      bytes: CATCH_UP_MAX_BYTES,
    })
  }

  #tellPresence(from: Member, states: readonly PresenceState[]): void {
    const bytes = encodePresence(states)
    for (const member of this.#members) if (member !== from) member.presence(bytes)
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
