/** One socket of our own client (`auzolan.v1`): a greeting, then frames for any channel of one document. */
import type { WebSocket } from 'ws'
import { closeCodeOf, isRefusal, refusal, type Refusal, type RefusalCode } from '@auzolan/shared/codes.ts'
import { channelId, type ChannelName, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { MALFORMED_STRIKES } from '@auzolan/shared/limits.ts'
import {
  decodeClientFrame,
  encodeServerFrame,
  type ChannelGreeting,
  type ChannelWelcome,
  type ClientFrame,
  type ServerFrame,
} from '@auzolan/shared/protocol/frames.ts'
import type { Claims } from '../access/claims.ts'
import type { Member, Room } from '../rooms/room.ts'
import type { Session, SyncPorts } from './session.ts'

interface Seat {
  readonly room: Room
  readonly member: Member
  readonly write: boolean
}

type State =
  | { readonly kind: 'greeting' }
  | { readonly kind: 'seated'; readonly seats: ReadonlyMap<ChannelName, Seat> }
  | { readonly kind: 'gone' }

export class NativeSession implements Session {
  readonly #socket: WebSocket
  readonly #document: DocumentId
  readonly #ports: SyncPorts
  /** Rooms to give back at the end, whether or not we got as far as a seat in them. */
  readonly #held: Room[] = []
  #state: State = { kind: 'greeting' }
  #strikes = 0

  constructor(socket: WebSocket, document: DocumentId, ports: SyncPorts) {
    this.#socket = socket
    this.#document = document
    this.#ports = ports
  }

  get greeted(): boolean {
    return this.#state.kind !== 'greeting'
  }

  async receive(bytes: Uint8Array): Promise<void> {
    const frame = decodeClientFrame(bytes)
    if (frame === null) return this.#malformed()
    switch (this.#state.kind) {
      case 'greeting':
        return frame.kind === 'hello' ? this.#greet(frame) : this.#malformed()
      case 'seated':
        return this.#take(frame, this.#state.seats)
      case 'gone':
        return
    }
  }

  beat(): void {
    this.#send({ kind: 'beat' })
  }

  dismiss(code: RefusalCode): void {
    this.#dismiss(refusal(code, ''), code === 'RESTART' ? Math.floor(Math.random() * 2_000) : 0)
  }

  closed(): void {
    const state = this.#state
    this.#state = { kind: 'gone' }
    if (state.kind === 'seated') for (const { room, member } of state.seats.values()) room.leave(member)
    for (const room of this.#held.splice(0)) this.#ports.rooms.release(room)
  }

  async #greet(hello: Extract<ClientFrame, { kind: 'hello' }>): Promise<void> {
    const ticket = await this.#ports.tokens.redeemTicket(hello.ticket)
    if (isRefusal(ticket)) return this.#dismiss(ticket)
    if (ticket.document !== this.#document) {
      return this.#dismiss(refusal('TICKET_INVALID', 'ticket for another document'))
    }
    const entered = await this.#ports.access.enter(ticket, this.#document)
    if (isRefusal(entered)) return this.#dismiss(entered)

    const seats = new Map<ChannelName, Seat>()
    const welcomes: ChannelWelcome[] = []
    for (const greeting of hello.channels) {
      const may = entered.may(greeting.channel)
      if (!may.read) continue
      const room = await this.#ports.rooms.open(channelId(this.#document, greeting.channel))
      if (!room) return this.#dismiss(refusal('NOT_FOUND', 'no such channel'))
      this.#held.push(room)
      const bound = await room.bind(greeting.clientIds, ticket.person)
      if (bound) return this.#dismiss(bound)
      seats.set(greeting.channel, { room, member: this.#member(greeting, ticket), write: may.write })
      welcomes.push({ channel: greeting.channel, epoch: room.epoch, seq: room.seq, write: may.write })
    }
    // The socket may have gone while we were asking.
    if (this.#state.kind !== 'greeting') return this.closed()
    this.#state = { kind: 'seated', seats }
    this.#send({ kind: 'welcome', channels: welcomes })
    for (const greeting of hello.channels) {
      const seat = seats.get(greeting.channel)
      const known = greeting.epoch === seat?.room.epoch ? greeting.afterSeq : 0
      await seat?.room.join(seat.member, known)
    }
  }

  #take(frame: ClientFrame, seats: ReadonlyMap<ChannelName, Seat>): void {
    switch (frame.kind) {
      case 'hello':
        return this.#malformed()
      case 'beat':
        return
      case 'update': {
        const seat = seats.get(frame.channel)
        const refused = !seat
          ? refusal('NOT_FOUND', frame.channel)
          : !seat.write
            ? refusal('READ_ONLY', frame.channel)
            : seat.room.write(seat.member, frame.update)
        if (refused) {
          this.#ports.log.warn({ code: refused.refused, why: refused.detail }, 'update refused')
          this.#send({ kind: 'refused', channel: frame.channel, n: frame.n, code: refused.refused })
          if (refused.refused === 'MALFORMED') this.#malformed()
        }
        return
      }
      case 'presence': {
        const seat = seats.get(frame.channel)
        seat?.room.showPresence(seat.member, frame.states)
        return
      }
    }
  }

  #member(greeting: ChannelGreeting, claims: Claims): Member {
    const { channel } = greeting
    const counts = { acknowledged: 0 }
    return {
      person: claims.person as PersonId,
      name: claims.name,
      clientIds: new Set(greeting.clientIds),
      entries: (fromSeq, toSeq, updates) => this.#send({ kind: 'entries', channel, fromSeq, toSeq, updates }),
      acknowledged: (count, seq) => {
        counts.acknowledged += count
        this.#send({ kind: 'ack', channel, count: counts.acknowledged, seq })
      },
      presence: (states) => this.#send({ kind: 'presence', channel, states }),
      leave: (code) => this.dismiss(code),
    }
  }

  #malformed(): void {
    this.#strikes += 1
    if (this.#strikes >= MALFORMED_STRIKES) this.#dismiss(refusal('MALFORMED', 'three strikes'))
  }

  #dismiss(refused: Refusal, retryAfterMs = 0): void {
    // Gone already, but a greeting may have taken a room since.
    if (this.#state.kind === 'gone') return this.closed()
    this.#ports.log.info({ code: refused.refused, why: refused.detail }, 'session ends')
    this.#send({ kind: 'bye', code: refused.refused, retryAfterMs })
    this.#socket.close(closeCodeOf(refused.refused), refused.refused)
    this.closed()
  }

  #send(frame: ServerFrame): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(encodeServerFrame(frame))
  }
}
