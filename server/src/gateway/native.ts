/** One socket of our own client (`auzolan.v1`): a greeting, then frames for any channel of one document. */
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import {
  closeCodeOf,
  isHold,
  isRefusal,
  refusal,
  type Refusal,
  type RefusalCode,
} from '@auzolan/shared/codes.ts'
import type { WriteRight } from '@auzolan/shared/grants.ts'
import { channelId, type ChannelName, type DocumentId } from '@auzolan/shared/ids.ts'
import {
  HELLO_MAX_BYTES,
  IN_FLIGHT_MAX,
  MALFORMED_STRIKES,
  RENEW_AT_ONCE_MS,
  RESTART_SPREAD_MS,
} from '@auzolan/shared/limits.ts'
import {
  decodeClientFrame,
  encodeServerFrame,
  type ChannelGreeting,
  type ChannelWelcome,
  type ClientFrame,
  type ServerFrame,
  type WriteState,
} from '@auzolan/shared/protocol/frames.ts'
import type { Claims } from '../access/claims.ts'
import type { Member } from '../rooms/member.ts'
import type { Room } from '../rooms/room.ts'
import { OneAtATime } from '../one-at-a-time.ts'
import { encodeOnce } from './encode-once.ts'
import { Lease } from './lease.ts'
import { Outgoing, framed } from './outgoing.ts'
import type { Session, SyncPorts } from './session.ts'
import { refusedFor, writeState } from './write-state.ts'

type Update = Extract<ClientFrame, { kind: 'update' }>

interface Seat {
  readonly room: Room
  readonly member: Member
  right: WriteRight
  /**
   * Number of the update that has to wait. Until it comes again, what was sent behind it waits too: it may build on it,
   * and acknowledgements are counted in order.
   */
  heldAt: number | null
}

type State =
  | { readonly kind: 'greeting' }
  | { readonly kind: 'seated'; readonly seats: ReadonlyMap<ChannelName, Seat> }
  | { readonly kind: 'gone' }

/** Byte 0 of an update frame (shared/src/protocol/frames.ts). */
const UPDATE = 1

const entriesFrame = encodeOnce((updates, channel: ChannelName, fromSeq: number, toSeq: number) =>
  framed(encodeServerFrame({ kind: 'entries', channel, fromSeq, toSeq, updates })),
) as (updates: readonly Uint8Array[], channel: ChannelName, fromSeq: number, toSeq: number) => Buffer

export class NativeSession implements Session {
  readonly document: DocumentId
  readonly #socket: WebSocket
  readonly #ports: SyncPorts
  readonly #lease: Lease
  /** Rooms to give back at the end, whether or not we got as far as a seat in them. */
  readonly #held: Room[] = []
  /** Updates that came while the lease was suspended. */
  #parked: Update[] = []
  #claims: Claims | null = null
  #build = ''
  #state: State = { kind: 'greeting' }
  /** What people may do changed while we were still asking what this one may. */
  #outdated = false
  readonly #rights = new OneAtATime(() => this.#askAgain())
  #strikes = 0
  readonly #out: Outgoing

  constructor(socket: WebSocket, stream: Duplex, document: DocumentId, ports: SyncPorts) {
    this.#socket = socket
    this.document = document
    this.#ports = ports
    this.#lease = new Lease(ports.capacity.leaseMs)
    this.#out = new Outgoing(socket, stream, () => this.drained())
  }

  get claims(): Claims | null {
    return this.#claims
  }

  isUpdate(bytes: Uint8Array): boolean {
    return bytes[0] === UPDATE
  }

  receive(bytes: Uint8Array): Promise<void> | undefined {
    if (this.#state.kind === 'greeting' && bytes.length > HELLO_MAX_BYTES) {
      this.#dismiss(refusal('TOO_LARGE', 'greeting'))
      return undefined
    }
    const frame = decodeClientFrame(bytes)
    if (frame !== null && this.#state.kind === 'seated') return this.#take(frame, this.#state.seats)
    if (frame?.kind === 'hello' && this.#state.kind === 'greeting') return this.#greet(frame)
    if (this.#state.kind !== 'gone') this.#malformed()
    return undefined
  }

  beat(): void {
    this.#send({ kind: 'beat' })
  }

  sweep(): void {
    if (this.#state.kind !== 'seated') return
    const due = this.#lease.due()
    if (due === 'over') this.#dismiss(refusal('LEASE_OVER', ''))
    else if (due === 'ask') this.#send({ kind: 'renewSoon', withinMs: this.#lease.leftMs })
  }

  drained(): void {
    if (!this.#out.caughtUp() || this.#state.kind !== 'seated') return
    for (const { room, member } of this.#state.seats.values())
      room.drained(member).catch((error: unknown) => {
        this.#ports.log.error({ err: error }, 'a slow reader could not be caught up')
        this.dismiss('TRY_AGAIN')
      })
  }

  reconsider(): Promise<void> {
    this.#outdated = true
    return this.#rights.ask()
  }

  async #askAgain(): Promise<void> {
    if (this.#state.kind !== 'seated' || !this.#claims) return
    const entered = await this.#ports.access.enter(this.#claims, this.document)
    if (isRefusal(entered)) return this.#dismiss(refusal('ACCESS_ENDED', entered.detail))
    const changed: { channel: ChannelName; write: WriteState }[] = []
    for (const [channel, seat] of this.#state.seats) {
      const may = entered.may(channel)
      if (!may.read) return this.#dismiss(refusal('ACCESS_ENDED', channel))
      if (may.write === seat.right) continue
      const { person, clientIds } = seat.member
      const bound = await seat.room.bind([...clientIds], person, may.write)
      if (bound) return this.#dismiss(bound)
      if (channel === 'comments' && may.write !== 'no')
        await this.#ports.commenters.seen(this.document, [...clientIds], this.#claims, entered.roles)
      seat.right = may.write
      changed.push({ channel, write: this.#writeState(seat) })
    }
    if (changed.length > 0) this.#send({ kind: 'grants', channels: changed })
  }

  suspend(): void {
    if (this.#state.kind !== 'seated') return
    this.#lease.suspend()
    this.#send({ kind: 'renewSoon', withinMs: RENEW_AT_ONCE_MS })
  }

  dismiss(code: RefusalCode): void {
    this.#dismiss(refusal(code, ''))
  }

  closed(): void {
    const state = this.#state
    this.#state = { kind: 'gone' }
    this.#parked = []
    if (state.kind === 'seated') for (const { room, member } of state.seats.values()) room.leave(member)
    for (const room of this.#held.splice(0)) this.#ports.rooms.release(room)
  }

  async #greet(hello: Extract<ClientFrame, { kind: 'hello' }>): Promise<void> {
    const ticket = await this.#ports.tokens.redeemTicket(hello.ticket)
    if (isRefusal(ticket)) return this.#dismiss(ticket)
    if (ticket.document !== this.document) {
      return this.#dismiss(refusal('TICKET_INVALID', 'ticket for another document'))
    }
    this.#outdated = false
    const entered = await this.#ports.access.enter(ticket, this.document)
    if (isRefusal(entered)) return this.#dismiss(entered)

    this.#build = hello.build
    const seats = new Map<ChannelName, Seat>()
    for (const greeting of hello.channels) {
      const { channel } = greeting
      const may = entered.may(channel)
      if (!may.read) continue
      const known = { epoch: greeting.epoch, seq: greeting.afterSeq }
      const room = await this.#ports.rooms.open(channelId(this.document, channel), known)
      if (!room) return this.#dismiss(refusal('NOT_FOUND', 'no such channel'))
      this.#held.push(room)
      const bound = await room.bind(greeting.clientIds, ticket.person, may.write)
      if (bound) return this.#dismiss(bound)
      if (channel === 'comments' && may.write !== 'no')
        await this.#ports.commenters.seen(this.document, greeting.clientIds, ticket, entered.roles)
      const seat: Seat = { room, member: this.#member(greeting, ticket), right: may.write, heldAt: null }
      seats.set(channel, seat)
    }
    // The socket may have gone while we were asking.
    if (this.#state.kind !== 'greeting') return this.closed()
    // Nor were we found by news about the person.
    const valid = this.#ports.tokens.unlessVoid(ticket)
    if (isRefusal(valid)) return this.#dismiss(valid)
    this.#claims = ticket
    this.#lease.renewed()
    this.#state = { kind: 'seated', seats }
    if (this.#outdated) await this.reconsider()
    if (this.#isGone()) return
    const welcomes = [...seats].map(([channel, seat]): ChannelWelcome => {
      const { epoch, epochCause, seq } = seat.room
      return { channel, epoch, epochCause, seq, write: this.#writeState(seat) }
    })
    this.#send({ kind: 'welcome', channels: welcomes })
    for (const greeting of hello.channels) {
      const seat = seats.get(greeting.channel)
      const known = greeting.epoch === seat?.room.epoch ? greeting.afterSeq : 0
      await seat?.room.join(seat.member, known)
    }
  }

  #take(frame: ClientFrame, seats: ReadonlyMap<ChannelName, Seat>): Promise<void> | undefined {
    switch (frame.kind) {
      case 'hello':
        this.#malformed()
        break
      case 'beat':
        break
      case 'renew':
        return this.#renew(frame.ticket)
      case 'update':
        if (!this.#lease.suspended) return this.#write(frame, seats)
        if (this.#parked.push(frame) > IN_FLIGHT_MAX * 4)
          this.#dismiss(refusal('LEASE_OVER', 'too much waits'))
        break
      case 'presence': {
        const seat = seats.get(frame.channel)
        seat?.room.showPresence(seat.member, frame.states)
      }
    }
    return undefined
  }

  async #renew(token: string): Promise<void> {
    const ticket = await this.#ports.tokens.redeemTicket(token)
    if (isRefusal(ticket)) return this.#dismiss(ticket)
    if (ticket.document !== this.document || ticket.person !== this.#claims?.person)
      return this.#dismiss(refusal('TICKET_INVALID', 'ticket of somebody else, or for another document'))
    this.#claims = ticket
    this.#lease.renewed()
    await this.reconsider()
    const { seats } = this.#state.kind === 'seated' ? this.#state : { seats: null }
    // Suspended again meanwhile: what waits goes on waiting.
    while (seats && !this.#lease.suspended && this.#parked.length > 0)
      await this.#write(this.#parked.shift()!, seats)
  }

  // For the compiler, which takes the state for unchanged.
  #isGone = (): boolean => this.#state.kind === 'gone'

  #write(frame: Update, seats: ReadonlyMap<ChannelName, Seat>): Promise<void> | undefined {
    const seat = seats.get(frame.channel)
    const refused = seat ? this.#tryWrite(frame, seat) : refusal('NOT_FOUND', frame.channel)
    if (refused && seat && this.#ports.rooms.mayBeBehind(refused.refused))
      return this.#writeAgain(frame, seat, refused)
    this.#written(frame, seat, refused)
    return undefined
  }

  async #writeAgain(frame: Update, seat: Seat, refused: Refusal): Promise<void> {
    const again = (await this.#ports.rooms.wasBehind(seat.room)) && !this.#isGone()
    this.#written(frame, seat, again ? this.#tryWrite(frame, seat) : refused)
  }

  #written(frame: Update, seat: Seat | undefined, refused: Refusal | null): void {
    if (!refused) return this.#ports.meter.taken(frame.update.length)
    const { refused: code, detail } = refused
    if (code === 'CROWDED') return this.#dismiss(refused)
    if (seat && isHold(code)) seat.heldAt ??= frame.n
    else this.#ports.log.warn({ code, why: detail }, 'update refused')
    this.#ports.meter.refused(code)
    this.#send({ kind: 'refused', channel: frame.channel, n: frame.n, code })
    if (code === 'MALFORMED') this.#malformed()
  }

  #tryWrite({ n, update }: Update, seat: Seat): Refusal | null {
    const state = this.#writeState(seat)
    const code = refusedFor(state)
    if (code) return refusal(code, this.#build)
    if (seat.heldAt !== null && seat.heldAt !== n) return refusal('LOCKED', `waits for ${seat.heldAt}`)
    const refused = seat.room.write(seat.member, update)
    if (!refused) seat.heldAt = null
    return refused
  }

  #member(greeting: ChannelGreeting, claims: Claims): Member {
    const { channel } = greeting
    const out = this.#out
    let acknowledged = 0
    return {
      person: claims.person,
      name: claims.name,
      clientIds: new Set(greeting.clientIds),
      get backlogBytes() {
        return out.backlogBytes
      },
      entries: (fromSeq, toSeq, updates) => out.send(entriesFrame(updates, channel, fromSeq, toSeq)),
      snapshot: ({ seq, gzip }) => this.#send({ kind: 'snapshot', channel, toSeq: seq, gzip }),
      acknowledged: (count, seq) => {
        acknowledged += count
        this.#send({ kind: 'ack', channel, count: acknowledged, seq })
      },
      presence: (states) => this.#send({ kind: 'presence', channel, states }),
      full: () => {
        const seat = this.#state.kind === 'seated' ? this.#state.seats.get(channel) : undefined
        if (seat) this.#send({ kind: 'grants', channels: [{ channel, write: this.#writeState(seat) }] })
      },
      leave: (code) => this.dismiss(code),
    }
  }

  #writeState({ right, room }: Seat): WriteState {
    return writeState(right, room, this.#build)
  }

  #malformed(): void {
    this.#strikes += 1
    if (this.#strikes >= MALFORMED_STRIKES) this.#dismiss(refusal('MALFORMED', 'three strikes'))
  }

  #dismiss(refused: Refusal): void {
    // Gone already, but a greeting may have taken a room since.
    if (this.#state.kind === 'gone') return this.closed()
    const { refused: code, detail } = refused
    this.#ports.log.info({ code, why: detail }, 'session ends')
    this.#ports.meter.ended(code)
    this.#send({ kind: 'bye', code, retryAfterMs: retryAfterMs(code) })
    // A socket that takes nothing would not take the farewell either.
    if (code === 'TOO_SLOW') this.#socket.terminate()
    else this.#socket.close(closeCodeOf(code), code)
    this.closed()
  }

  #send(frame: ServerFrame): void {
    this.#out.send(framed(encodeServerFrame(frame)))
  }
}

/** Everybody is sent away at once, but need not come back at once. */
function retryAfterMs(code: RefusalCode): number {
  if (code === 'RESTART') return Math.floor(Math.random() * RESTART_SPREAD_MS)
  return code === 'CROWDED' ? 10_000 + Math.floor(Math.random() * 10_000) : 0
}
