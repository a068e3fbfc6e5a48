/**
 * One open channel: the order of its entries, who is here, and who has been told how far.
 * It holds no document. A room that cannot write sends everybody away and is forgotten; the log is the state.
 * Other nodes may have a room of the same channel: what they write is read from the log, and whoever finds that the log has moved on
 * reads on and looks at its own queue anew.
 */
import { isRefusal, refusal, type Refusal, type RefusalCode } from '@auzolan/shared/codes.ts'
import type { WriteRight } from '@auzolan/shared/grants.ts'
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import {
  BACKLOG_FROM_LOG_BYTES,
  BACKLOG_WITHOUT_PRESENCE_BYTES,
  BEHIND_MAX_MS,
  CATCH_UP_MAX_BYTES,
  CATCH_UP_MAX_ENTRIES,
  CHANNEL_MAX_BYTES,
  DELETIONS_WHEN_FULL_MAX_BYTES,
  IDLE_CLIENT_IDS_MAX,
  ROUND_MAX_BYTES,
  type Capacity,
} from '@auzolan/shared/limits.ts'
import { RECORDS_CLIENT } from '@auzolan/shared/schema/shapes.ts'
import type { EpochCause } from '@auzolan/shared/protocol/frames.ts'
import { encodePresence, type PresenceState } from '@auzolan/shared/protocol/presence.ts'
import {
  BARRED,
  type ChannelBatch,
  type Journal,
  type LogEntry,
  type LogPart,
  type NewEntry,
  type StoredHead,
} from '../journal/journal.ts'
import { admit, readUpdate, type ChannelRules, type Head, type UpdateRead } from './admission.ts'
import { Clocks } from './clocks.ts'
import type { Member } from './member.ts'
import { PresenceBoard } from './presence-board.ts'
import { Writers } from './writers.ts'

interface Queued {
  /** `null`: the server itself. */
  readonly member: Member | null
  /** `null`: everything in it was there already; it only wants its acknowledgement, in turn. */
  readonly entry: NewEntry | null
  /** Clocks at which it must begin; of what the server itself adds. */
  readonly from: ReadonlyMap<number, number>
}
const ANYWHERE: ReadonlyMap<number, number> = new Map()

/** What reading on has found. */
export type ReadOn =
  /** All there is has been read, and told to everybody. */
  | 'done'
  /** The log has begun a new epoch: this room is over. */
  | 'renewed'

/** How far a member has been given the log, and how it gets what comes next. */
interface Reach {
  sent: number
  state:
    | { readonly kind: 'live' }
    /** Reading the log towards its end. */
    | { readonly kind: 'catching up' }
    /** Its socket does not take more for now; since when (ms, monotonic). */
    | { readonly kind: 'behind'; readonly since: number }
}

const othersThan = (member: Member, written: readonly Queued[]): Uint8Array[] =>
  written.flatMap((q) => (q.member !== member && q.entry ? q.entry.update : []))

export class Room {
  readonly channel: ChannelId
  readonly epoch: number
  readonly epochCause: EpochCause
  readonly #journal: Journal
  readonly #capacity: Capacity
  readonly #wantsCommit: (room: Room) => void
  readonly #upTo: (room: Room, seq: number) => Promise<void>
  /** Includes what is queued: admission must see it. */
  readonly #head: {
    clocks: Clocks
    owners: Map<number, PersonId>
    rules: ChannelRules
  }
  #durableSeq: number
  /** How far the log is said to be. */
  #saidSeq = 0
  #readingOn = false
  #snapshotSeq: number
  #tailBytes: number
  #snapshotBytes: number
  #queue: Queued[] = []
  /** What is being written right now, until the journal answers. */
  #writing: Queued[] = []
  readonly #members = new Map<Member, Reach>()
  readonly #writers: Writers
  readonly #presence: PresenceBoard
  #full: boolean
  #failed: RefusalCode | null = null

  constructor(
    channel: ChannelId,
    stored: StoredHead,
    rules: ChannelRules,
    journal: Journal,
    capacity: Capacity,
    wantsCommit: (room: Room) => void,
    /** Brings the room to where its log is, or has been seen to be. */
    upTo: (room: Room, seq: number) => Promise<void> = () => Promise.resolve(),
    /** Told what members of this room show, for the other nodes. */
    tellNodes: (states: readonly PresenceState[]) => void = () => {},
  ) {
    this.channel = channel
    this.epoch = stored.epoch
    this.epochCause = stored.epochCause
    this.#journal = journal
    this.#capacity = capacity
    this.#writers = new Writers(capacity.writersPerDocument)
    this.#wantsCommit = wantsCommit
    this.#upTo = upTo
    this.#head = { clocks: new Clocks(stored.clocks), owners: stored.owners, rules }
    this.#durableSeq = stored.seq
    this.#snapshotSeq = stored.snapshotSeq
    this.#tailBytes = stored.tailBytes
    this.#snapshotBytes = stored.snapshotBytes
    this.#full = this.#bytes >= CHANNEL_MAX_BYTES
    this.#presence = new PresenceBoard((states) => {
      for (const member of this.#members.keys())
        if (member.backlogBytes <= BACKLOG_WITHOUT_PRESENCE_BYTES) member.presence(states)
    }, tellNodes)
  }

  get seq(): number {
    return this.#durableSeq
  }
  get isEmpty(): boolean {
    return this.#members.size === 0 && this.#queue.length === 0 && this.#writing.length === 0
  }
  /** Something of this room is in the commit under way. */
  get isWriting(): boolean {
    return this.#writing.length > 0
  }
  /** What other nodes have written is being read: nothing of this room goes into a commit meanwhile. */
  get isReadingOn(): boolean {
    return this.#readingOn
  }
  /** The log is said to be further than this room. */
  get isBehind(): boolean {
    return this.#failed === null && this.#saidSeq > this.#durableSeq
  }
  get snapshotSeq(): number {
    return this.#snapshotSeq
  }
  get size(): number {
    return this.#members.size
  }
  get head(): Head {
    return this.#head
  }
  /** What of the text is on disk, as Yjs says it. */
  get stateVector(): Uint8Array {
    return this.#head.clocks.stateVector
  }
  /** No more text until some has been deleted and the log put together. */
  get isFull(): boolean {
    return this.#full
  }
  /** What a newcomer reads entry by entry. */
  get tail(): { readonly entries: number; readonly bytes: number } {
    return { entries: this.#durableSeq - this.#snapshotSeq, bytes: this.#tailBytes }
  }

  /**
   * Binds Yjs client ids to the person before anybody sees them (else whoever writes first squats them). Whoever may not
   * write binds none: readers leave nothing behind.
   */
  async bind(clientIds: readonly number[], person: PersonId, right: WriteRight): Promise<Refusal | null> {
    // Barred ids: whoever still carries one may come in, only not write under it.
    const { owners } = this.#head
    const others = clientIds.filter(
      (id) => id === RECORDS_CLIENT || ![undefined, person, BARRED].includes(owners.get(id)),
    )
    if (others.length > 0) return refusal('CLIENT_ID_TAKEN', others.join(' '))
    const unbound = clientIds.filter((id) => !owners.has(id))
    if (right === 'no' || unbound.length === 0) return null
    const taken = await this.#journal.bind(this.channel, unbound, person)
    for (const id of unbound) if (!taken.includes(id)) owners.set(id, person)
    await this.#releaseIdle(person)
    return taken.length > 0 ? refusal('CLIENT_ID_TAKEN', taken.join(' ')) : null
  }

  /** Lets a member in and brings it up to date; from then on it receives what others write. */
  async join(member: Member, afterSeq: number): Promise<void> {
    if (this.#failed) return member.leave(this.#failed)
    const { sessionsPerDocument } = this.#capacity
    if (this.#members.size >= sessionsPerDocument) return member.leave('CROWDED')
    // Nobody alone may shut the others out.
    const own = [...this.#members.keys()].filter((other) => other.person === member.person).length
    if (own >= Math.ceil(sessionsPerDocument / 2)) return member.leave('CROWDED')
    const reach: Reach = { sent: Math.min(afterSeq, this.#durableSeq), state: { kind: 'catching up' } }
    this.#members.set(member, reach)
    const here = this.#presence.others(member)
    if (here) member.presence(here)
    await this.#catchUp(member, reach)
  }

  leave(member: Member): void {
    this.#members.delete(member)
    if (![...this.#members.keys()].some((other) => other.person === member.person))
      this.#writers.left(member.person)
    this.#presence.leave(member)
    if (this.#members.size === 0) this.#presence.close()
  }

  /** Takes one update into the queue of the next commit, or says why not. Synchronous: order is arrival. */
  write(member: Member, update: Uint8Array, read?: UpdateRead): Refusal | null {
    if (this.#failed) return refusal(this.#failed, 'room is closing')
    if (!this.#writers.hasPlace(member.person)) return refusal('CROWDED', `${this.#writers.count} writers`)
    const admitted = admit(update, this.#head, member.person, read)
    if (isRefusal(admitted)) return admitted
    const { update: news, clocks } = admitted
    // Deleting is how room is made.
    const deletes = clocks.size === 0 && this.#bytes < CHANNEL_MAX_BYTES + DELETIONS_WHEN_FULL_MAX_BYTES
    if (this.#full && !deletes) return refusal('DOCUMENT_FULL', this.channel)
    this.#writers.wrote(member.person)
    this.#head.clocks.taken(clocks)
    this.#queue.push({
      member,
      entry: news && { person: member.person, update: news, clocks },
      from: ANYWHERE,
    })
    this.#wantsCommit(this)
    return null
  }

  /**
   * What the server itself adds: nobody is told that it was taken, everybody gets it. False when there is no room for it, or when it was
   * made of an older text than this: two entries under the same clocks read one way live and another way in a merged log.
   */
  add(entry: NewEntry, from: ReadonlyMap<number, number>): boolean {
    if (this.#failed || this.#full || !this.#beginsAt(from)) return false
    this.#head.clocks.taken(entry.clocks)
    for (const client of entry.clocks.keys()) this.#head.owners.set(client, entry.person)
    this.#queue.push({ member: null, entry, from })
    this.#wantsCommit(this)
    return true
  }

  /** Moves the queue into the commit that is about to start; `null` when there is nothing to be written. */
  takeBatch(): ChannelBatch | null {
    let bytes = 0
    let count = 0
    // A large queue goes in several rounds: what a round tells everybody has to stay small beside a reader's backlog.
    while (count < this.#queue.length && (count === 0 || bytes < ROUND_MAX_BYTES))
      bytes += this.#queue[count++]!.entry?.update.length ?? 0
    this.#writing = this.#queue.splice(0, count)
    const entries = this.#writing.flatMap((q) => q.entry ?? [])
    if (entries.length === 0) return null
    return { channel: this.channel, epoch: this.epoch, afterSeq: this.#durableSeq, entries }
  }

  /** The batch is on disk: now, and only now, others see it and authors are told. Gives what is new in the log. */
  committed(): readonly LogEntry[] {
    const written = this.#writing
    this.#writing = []
    const entries = written.flatMap((q) => q.entry ?? [])
    const all = entries.map(({ update }) => update)
    const fromSeq = this.#durableSeq + 1
    this.#durableSeq += all.length
    for (const { clocks } of entries) this.#head.clocks.written(clocks)
    this.#tailBytes += all.reduce((sum, update) => sum + update.length, 0)
    const counts = new Map<Member, number>()
    for (const { member } of written) if (member) counts.set(member, (counts.get(member) ?? 0) + 1)
    this.#tell(fromSeq, all, (member) => {
      const own = counts.get(member) ?? 0
      return own === 0 || (member.takesOwn && own < written.length) ? all : othersThan(member, written)
    })
    for (const [member, count] of counts) {
      const reach = this.#members.get(member)
      if (reach) member.acknowledged(count, reach.sent)
    }
    this.#noteSize()
    if (this.#queue.length > 0) this.#wantsCommit(this)
    return entries.map(({ person, update }, i) => ({ seq: fromSeq + i, person, update }))
  }

  /** Gives those who are live what is new. @param newsFor a member, what of `updates` it has not written itself */
  #tell(
    fromSeq: number,
    updates: readonly Uint8Array[],
    newsFor: (member: Member) => readonly Uint8Array[],
  ): void {
    if (updates.length === 0) return
    for (const [member, reach] of this.#members) {
      if (reach.state.kind !== 'live') continue
      if (member.backlogBytes > BACKLOG_FROM_LOG_BYTES) {
        reach.state = { kind: 'behind', since: performance.now() }
        continue
      }
      reach.sent = this.#durableSeq
      const news = newsFor(member)
      if (news.length > 0) member.entries(fromSeq, this.#durableSeq, news)
    }
  }

  /** Entries of other nodes: admitted there, so they are only noted. */
  #take(entries: readonly LogEntry[]): void {
    const fromSeq = this.#durableSeq + 1
    const updates = entries.map(({ update }) => update)
    for (const { person, update } of entries) {
      const clocks = clocksAfter(update)
      this.#head.clocks.written(clocks)
      for (const client of clocks.keys()) this.#head.owners.set(client, person)
      this.#tailBytes += update.length
    }
    this.#durableSeq = entries.at(-1)!.seq
    this.#tell(fromSeq, updates, () => updates)
    this.#noteSize()
  }

  /** To where the store is, past entries that are none any more. Members read what they lack. */
  #jump(head: StoredHead): void {
    this.#head.clocks.written(head.clocks)
    for (const [client, person] of head.owners) this.#head.owners.set(client, person)
    this.#durableSeq = head.seq
    this.compacted(head.snapshotSeq, head.snapshotBytes, head.tailBytes)
    for (const [member, reach] of this.#members) {
      if (reach.state.kind !== 'live') continue
      reach.state = { kind: 'catching up' }
      this.#catchUp(member, reach).catch(() => member.leave('TRY_AGAIN'))
    }
  }

  /**
   * What waits here was admitted to a log that has moved on since. What is there by now only wants its acknowledgement; whoever brought
   * what is not taken any more comes again, and is told why.
   */
  #admitAgain(): void {
    this.#head.clocks.forgetTaken()
    const refused = new Set<Member>()
    for (const queued of this.#queue.splice(0)) {
      const { member, entry, from } = queued
      if (member && refused.has(member)) continue
      if (member && entry) {
        const admitted = admit(entry.update, this.#head, entry.person)
        if (isRefusal(admitted)) {
          refused.add(member)
          continue
        }
        const { update, clocks } = admitted
        this.#head.clocks.taken(clocks)
        this.#queue.push({ member, entry: update && { person: entry.person, update, clocks }, from })
      } else if (!entry || this.#beginsAt(from)) {
        if (entry) this.#head.clocks.taken(entry.clocks)
        this.#queue.push(queued)
      }
    }
    for (const member of refused) member.leave('TRY_AGAIN')
  }

  #beginsAt(from: ReadonlyMap<number, number>): boolean {
    return [...from].every(([client, clock]) => (this.#head.clocks.get(client) ?? 0) === clock)
  }

  /** Nothing of the batch was written, since the log has moved on: it waits again, before everything else. */
  putBack(): void {
    this.#queue.unshift(...this.#writing.splice(0))
  }

  /** Somebody says that the log of this epoch is so far. */
  said(seq: number): void {
    this.#saidSeq = Math.max(this.#saidSeq, seq)
  }

  /**
   * Reads what other nodes have written, tells everybody here, and looks at what waits here anew. Not to be called while something
   * of this room is being written. @throws when the log cannot be read
   */
  async readOn(): Promise<ReadOn> {
    this.#readingOn = true
    try {
      for (;;) {
        const { epoch, snapshot, entries } = await this.#read(this.#durableSeq)
        if (this.#failed) return 'done'
        if (epoch !== this.epoch) return 'renewed'
        if (snapshot) {
          // Put together beyond what we have: who has written how far is in no entry any more.
          const head = await this.#journal.open(this.channel)
          if (this.#failed) return 'done'
          if (head?.epoch !== this.epoch) return 'renewed'
          this.#jump(head)
        } else if (entries.length === 0) break
        else this.#take(entries)
        if (!this.isBehind) break
      }
      // Whoever said that there is more was wrong.
      this.#saidSeq = this.#durableSeq
      this.#admitAgain()
      return 'done'
    } finally {
      this.#readingOn = false
      if (this.#queue.length > 0) this.#wantsCommit(this)
    }
  }

  /** The log up to `seq` was put together into a snapshot of `bytes`, leaving a tail of `tailBytes`. */
  compacted(seq: number, bytes: number, tailBytes: number): void {
    this.#snapshotSeq = seq
    this.#snapshotBytes = bytes
    this.#tailBytes = tailBytes
    this.#noteSize()
  }

  /** Nothing was written, or nothing more may be. Everybody keeps their outbox and comes back to a fresh room. */
  fail(code: RefusalCode, codeFor: (person: PersonId) => RefusalCode = () => code): void {
    this.#failed = code
    this.#queue = []
    this.#writing = []
    for (const member of [...this.#members.keys()]) {
      try {
        member.leave(codeFor(member.person))
      } catch {
        // Somebody who cannot even be sent away must not keep the others here.
        this.#members.delete(member)
      }
    }
    this.#presence.close()
  }

  showPresence(member: Member, bytes: Uint8Array): void {
    if (this.#members.has(member)) this.#presence.show(member, bytes)
  }

  /** What members on another node show. */
  showElsewhere(node: string, states: Uint8Array): void {
    this.#presence.showElsewhere(node, states)
  }

  /** What members here show, one encoded update each. */
  get presenceHere(): readonly Uint8Array[] {
    return this.#presence.here.map((state) => encodePresence([state]))
  }

  /** Whether a client id is another person's, as far as presence tells. */
  isShownByAnother(clientId: number, person: PersonId): boolean {
    return this.#presence.isOfAnother(clientId, person)
  }

  presenceFor(member: Member): Uint8Array | null {
    return this.#presence.others(member)
  }

  /** The member's socket takes bytes again. */
  async drained(member: Member): Promise<void> {
    const reach = this.#members.get(member)
    if (reach?.state.kind !== 'behind') return
    reach.state = { kind: 'catching up' }
    const here = this.#presence.others(member)
    if (here) member.presence(here)
    await this.#catchUp(member, reach)
  }

  /** Sends away whoever has not taken anything for too long. */
  sweep(): void {
    const late = performance.now() - BEHIND_MAX_MS
    for (const [member, { state }] of [...this.#members])
      if (state.kind === 'behind' && state.since < late) member.leave('TOO_SLOW')
    this.#presence.sweep()
  }

  /**
   * One step of the log after `after`, once this room knows all that is in it: whoever reads it may write behind it at once.
   * @throws when the log has begun a new epoch: what is in it is not of this room
   */
  async read(after: number): Promise<LogPart> {
    const part = await this.#read(after)
    if (part.epoch !== this.epoch) throw new Error(`${this.channel} has begun a new epoch`)
    const end = part.entries.at(-1)?.seq ?? part.snapshot?.seq ?? 0
    if (end > this.#durableSeq) await this.#upTo(this, end)
    return part
  }

  #read(after: number): Promise<LogPart> {
    return this.#journal.read(this.channel, after, {
      entries: CATCH_UP_MAX_ENTRIES,
      bytes: CATCH_UP_MAX_BYTES,
    })
  }

  /** Every page that opens brings a new client id, and most never write: the earliest of those are free again. */
  async #releaseIdle(person: PersonId): Promise<void> {
    const { owners, clocks } = this.#head
    const idle = [...owners].filter(([id, owner]) => owner === person && !clocks.get(id)).map(([id]) => id)
    if (idle.length <= IDLE_CLIENT_IDS_MAX) return
    const here = new Set([...this.#members.keys()].flatMap((member) => [...member.clientIds]))
    const free = idle.slice(0, -IDLE_CLIENT_IDS_MAX).filter((id) => !here.has(id) && !this.#presence.has(id))
    for (const id of free) owners.delete(id)
    await this.#journal.release(this.channel, free)
  }

  async #catchUp(member: Member, reach: Reach): Promise<void> {
    const here = (): boolean => this.#members.get(member) === reach
    while (here() && reach.sent < this.#durableSeq) {
      if (member.backlogBytes > BACKLOG_FROM_LOG_BYTES) {
        reach.state = { kind: 'behind', since: performance.now() }
        return
      }
      const { snapshot, entries } = await this.read(reach.sent)
      if (!here()) return
      if (!snapshot && entries.length === 0)
        throw new Error(`${this.channel}: entries missing after ${reach.sent}`)
      if (snapshot) {
        member.snapshot(snapshot)
        reach.sent = snapshot.seq
      }
      const last = entries.at(-1)
      if (!last) continue
      member.entries(
        reach.sent + 1,
        last.seq,
        entries.map((e) => e.update),
      )
      reach.sent = last.seq
    }
    if (here()) reach.state = { kind: 'live' }
  }

  get #bytes(): number {
    return this.#snapshotBytes + this.#tailBytes
  }

  #noteSize(): void {
    const full = this.#bytes >= CHANNEL_MAX_BYTES
    if (full === this.#full) return
    this.#full = full
    for (const member of this.#members.keys()) member.full(full)
  }
}

/** Client id → next clock, of the text that an update brings. */
function clocksAfter(update: Uint8Array): Map<number, number> {
  const clocks = new Map<number, number>()
  for (const { id, length } of readUpdate(update).structs)
    clocks.set(id.client, Math.max(clocks.get(id.client) ?? 0, id.clock + length))
  return clocks
}
