/**
 * The second transport: one HTTP request brings what a client has to say and how far its copy reaches, the answer what
 * it lacks. Everything is worked out from the request and the log; what is remembered between two of them is presence, a seat in
 * the room, and how much of the person's ration is left.
 */
import { isRefusal, refusal, type Refusal, type RefusalCode } from '@auzolan/shared/codes.ts'
import type { WriteRight } from '@auzolan/shared/grants.ts'
import { channelId, type ChannelName, type DocumentId } from '@auzolan/shared/ids.ts'
import { CATCH_UP_MAX_BYTES, EXCHANGE_WAIT_MAX_MS } from '@auzolan/shared/limits.ts'
import type { ExchangeChannel, ExchangeRequest } from '@auzolan/shared/protocol/exchange.ts'
import type { ServerFrame } from '@auzolan/shared/protocol/frames.ts'
import { decodePresence, encodePresence } from '@auzolan/shared/protocol/presence.ts'
import type { Admission } from '../access/access.ts'
import type { Claims } from '../access/claims.ts'
import type { Room } from '../rooms/room.ts'
import { Guests, type Guest, type Seat } from './guest.ts'
import type { SyncPorts } from './session.ts'
import { tokensFor } from '../token-bucket.ts'
import { refusedFor, writeState } from './write-state.ts'

/** A commit that takes longer than this is as good as none: the client sends again. */
const COMMIT_MAX_MS = 10_000
/** An exchange that would have to wait longer before it begins is told to come back instead. */
const ENTRY_WAIT_MAX_MS = 5_000
/** Bytes of entries in one answer; the client asks again at once for the rest. */
const ANSWER_MAX_BYTES = 4 * CATCH_UP_MAX_BYTES

export class Exchanges {
  readonly #ports: SyncPorts
  readonly #guests: Guests
  readonly #sweep: NodeJS.Timeout
  #draining = false

  constructor(ports: SyncPorts) {
    this.#ports = ports
    this.#guests = new Guests(ports.capacity, (room) => ports.rooms.release(room))
    this.#sweep = setInterval(() => this.#guests.sweep(), 5_000)
    this.#sweep.unref()
  }

  get count(): number {
    return this.#guests.count
  }

  /** @param signal aborted when nobody waits for the answer any more */
  async exchange(
    claims: Claims,
    document: DocumentId,
    request: ExchangeRequest,
    signal: AbortSignal,
  ): Promise<readonly ServerFrame[] | Refusal> {
    if (this.#draining) return refusal('RESTART', 'stopping')
    const entered = await this.#ports.access.enter(claims, document)
    if (isRefusal(entered)) return entered
    const guest = this.#guests.of(claims.person, document, request.session)
    const wait = guest.bucket.take()
    // Whoever asks faster than this has not waited for answers.
    if (wait > ENTRY_WAIT_MAX_MS) return refusal('CROWDED', 'too many exchanges')
    guest.inside += 1
    try {
      return await this.#serve(guest, entered, claims, document, request, signal)
    } finally {
      guest.inside -= 1
      guest.seenAt = performance.now()
    }
  }

  close(): void {
    this.#draining = true
    clearInterval(this.#sweep)
    this.#guests.close()
  }

  async #serve(
    guest: Guest,
    admitted: Admission,
    claims: Claims,
    document: DocumentId,
    request: ExchangeRequest,
    signal: AbortSignal,
  ): Promise<readonly ServerFrame[] | Refusal> {
    const wanted = request.channels.filter((c) => admitted.may(c.channel).read)
    for (const greeting of wanted) {
      const right = admitted.may(greeting.channel).write
      const refused = await this.#sit(guest, greeting, claims, document, right)
      if (refused) return refused
      if (greeting.channel === 'comments' && right !== 'no')
        await this.#ports.commenters.seen(document, greeting.clientIds, claims, admitted.roles)
    }
    const refusals: ServerFrame[] = []
    const written = await this.#write(guest, claims, document, request, refusals)
    if (isRefusal(written)) return written
    const { counts } = written
    let { entered } = written
    for (const { channel, presence } of wanted) {
      const seat = guest.seats.get(channel)
      if (seat && presence.length > 0) seat.room.showPresence(seat.member, presence)
    }
    const stored = await guest.until(
      () => [...counts].every(([seat, count]) => seat.acknowledged >= count || seat.left !== null),
      COMMIT_MAX_MS,
      signal,
    )
    // A place that nobody asks for any more is of no concern, whatever has become of its room.
    const left = (): RefusalCode | null => {
      const seats = [...wanted.map(({ channel }) => guest.seats.get(channel)), ...counts.keys()]
      return seats.find((seat) => seat && seat.left !== null)?.left ?? null
    }
    if (left() || !stored) return refusal(left() ?? 'TRY_AGAIN', 'the room has closed')

    const seated = wanted.flatMap((greeting) => {
      const seat = guest.seats.get(greeting.channel)
      return seat ? [{ greeting, seat }] : []
    })
    const knownOf = ({ epoch, afterSeq }: ExchangeChannel, { room }: Seat): number =>
      epoch === room.epoch ? Math.min(afterSeq, room.seq) : 0
    const answered = request.updates.length > 0
    if (!answered && request.waitMs > 0) {
      const before = seated.map(({ seat }) => seat.room.presenceFor(seat.member))
      const news = (): boolean =>
        seated.some(({ greeting, seat }) => seat.left !== null || seat.room.seq > knownOf(greeting, seat)) ||
        seated.some(({ seat }, i) => !sameBytes(seat.room.presenceFor(seat.member), before[i] ?? null))
      const waiting = guest.until(news, Math.min(request.waitMs, EXCHANGE_WAIT_MAX_MS), signal)
      await this.#ports.awaited.forEdits(waiting)
      // Much may have changed while nobody said anything: also reading ends with the right to it.
      const again = await this.#enter(claims, document)
      if (isRefusal(again)) return again
      entered = again
    }
    const sentAway = left()
    if (sentAway) return refusal(sentAway, 'the room has closed')

    const frames: ServerFrame[] = [
      {
        kind: 'welcome',
        channels: seated.map(({ greeting: { channel }, seat: { room } }) => {
          const write = writeState(entered.may(channel).write, room, request.build)
          const { epoch, epochCause, seq } = room
          return { channel, epoch, epochCause, seq, write }
        }),
      },
      ...refusals,
    ]
    for (const { greeting, seat } of seated) {
      const { channel } = greeting
      const known = knownOf(greeting, seat)
      const accepted = request.updates.filter((u) => u.channel === channel).length
      const refused = refusals.filter((f) => f.kind === 'refused' && f.channel === channel).length
      if (accepted > refused) frames.push({ kind: 'ack', channel, count: accepted - refused, seq: known })
      frames.push(...(await entriesAfter(known, seat.room, channel)))
      const states = seat.room.presenceFor(seat.member) ?? encodePresence([])
      frames.push({ kind: 'presence', channel, states })
    }
    return frames
  }

  /** A place in the room of a channel; one that is still there from the last exchange, or a new one. */
  async #sit(
    guest: Guest,
    greeting: ExchangeChannel,
    claims: Claims,
    document: DocumentId,
    right: WriteRight,
  ): Promise<Refusal | null> {
    const { channel, clientIds, epoch, afterSeq } = greeting
    const known = { epoch, seq: afterSeq }
    const last = guest.seats.get(channel)
    if (last && last.left !== null) {
      guest.seats.delete(channel)
      this.#ports.rooms.release(last.room)
    }
    let seat = guest.seats.get(channel)
    if (!seat) {
      const room = await this.#ports.rooms.open(channelId(document, channel), known)
      if (!room) return refusal('NOT_FOUND', 'no such channel')
      const other = guest.seats.get(channel)
      if (other) this.#ports.rooms.release(room)
      seat = other ?? this.#seat(guest, room, claims)
      guest.seats.set(channel, seat)
      if (!other) await room.join(seat.member, room.seq)
      // The last exchange may have been with another node.
    } else await this.#ports.rooms.upTo(seat.room, known)
    const bound = await seat.room.bind(clientIds, claims.person, right)
    if (bound) return bound
    for (const id of clientIds) seat.member.clientIds.add(id)
    return null
  }

  #seat(guest: Guest, room: Room, claims: Claims): Seat {
    const { wake } = guest
    const clientIds = new Set<number>()
    const seat: Seat = {
      room,
      written: 0,
      acknowledged: 0,
      left: null,
      member: {
        person: claims.person,
        name: claims.name,
        clientIds,
        // What it lacks is read from the log when it asks; nothing is kept for it.
        backlogBytes: 0,
        entries: wake,
        snapshot: wake,
        acknowledged: (count) => {
          seat.acknowledged += count
          wake()
        },
        presence: (states) => {
          if (decodePresence(states).some((s) => !clientIds.has(s.clientId))) wake()
        },
        full: wake,
        leave: (code) => {
          seat.left = code
          room.leave(seat.member)
          wake()
        },
      },
    }
    return seat
  }

  /** Puts the updates into their rooms. Returns how far each seat's count must come. */
  async #write(
    guest: Guest,
    claims: Claims,
    document: DocumentId,
    { updates, build }: ExchangeRequest,
    refusals: ServerFrame[],
  ): Promise<{ counts: ReadonlyMap<Seat, number>; entered: Admission } | Refusal> {
    const wanted = new Map<Seat, number>()
    const holds = new Map<ChannelName, RefusalCode>()
    // Whoever has waited, for a room or for their turn, may have lost the right meanwhile.
    let entered = await this.#enter(claims, document)
    if (isRefusal(entered)) return entered
    for (const { channel, n, update } of updates) {
      const wait = guest.bucket.take(tokensFor(update.length))
      if (wait > 0) {
        await new Promise((resolve) => setTimeout(resolve, wait))
        entered = await this.#enter(claims, document)
        if (isRefusal(entered)) return entered
      }
      const seat = guest.seats.get(channel)
      const attempt = (may: Admission['may']): RefusalCode | undefined =>
        seat
          ? (refusedFor(writeState(may(channel).write, seat.room, build)) ??
            seat.room.write(seat.member, update)?.refused)
          : 'NOT_FOUND'
      const held = holds.get(channel)
      let refused = held ?? attempt(entered.may)
      const { rooms } = this.#ports
      if (seat && refused && !held && rooms.mayBeBehind(refused) && (await rooms.wasBehind(seat.room))) {
        entered = await this.#enter(claims, document)
        if (isRefusal(entered)) return entered
        refused = attempt(entered.may)
      }
      if (!refused) {
        this.#ports.meter.taken(update.length)
        // Counted from all that was ever taken: what another exchange has under way must not pass for this one's.
        seat!.written += 1
        wanted.set(seat!, seat!.written)
        continue
      }
      // No verdict on the update: the whole exchange comes again, when there is a place.
      if (refused === 'CROWDED') return refusal(refused, channel)
      // What was sent behind a refused update may build on it.
      holds.set(channel, refused)
      this.#ports.meter.refused(refused)
      refusals.push({ kind: 'refused', channel, n, code: refused })
    }
    return { counts: wanted, entered }
  }

  async #enter(claims: Claims, document: DocumentId): Promise<Admission | Refusal> {
    const entered = await this.#ports.access.enter(claims, document)
    const valid = this.#ports.tokens.unlessVoid(claims)
    return isRefusal(valid) ? valid : entered
  }
}

/** What a copy lacks, as frames; perhaps not all of it. */
async function entriesAfter(known: number, room: Room, channel: ChannelName): Promise<ServerFrame[]> {
  const frames: ServerFrame[] = []
  let bytes = 0
  for (let after = known; after < room.seq && bytes < ANSWER_MAX_BYTES;) {
    const { snapshot, entries } = await room.read(after)
    if (snapshot) {
      frames.push({ kind: 'snapshot', channel, toSeq: snapshot.seq, gzip: snapshot.gzip })
      bytes += snapshot.gzip.length
      after = snapshot.seq
    } else if (entries.length === 0) break
    const last = entries.at(-1)
    if (!last) continue
    const updates = entries.map((e) => e.update)
    frames.push({ kind: 'entries', channel, fromSeq: after + 1, toSeq: last.seq, updates })
    bytes += updates.reduce((sum, u) => sum + u.length, 0)
    after = last.seq
  }
  return frames
}

const sameBytes = (a: Uint8Array | null, b: Uint8Array | null): boolean =>
  a === b || (a !== null && b !== null && Buffer.from(a).equals(b))
