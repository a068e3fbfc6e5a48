/**
 * One socket of a stock y-websocket client: one channel, y-protocols messages. Five things break silently
 * unless they are done (ARCHITECTURE "Wire"): a step 2 must be sent or `synced` never fires; it wants to hear
 * something every 30 s and does not count pings; 4400–4499 end it for good; it echoes everybody's presence;
 * and every reconnect brings its whole delete set again.
 */
import * as Y from 'yjs'
import type { WebSocket } from 'ws'
import { closeCodeOf, isRefusal, refusal, type Refusal, type RefusalCode } from '@auzolan/shared/codes.ts'
import { channelId, type ChannelName, type DocumentId } from '@auzolan/shared/ids.ts'
import { CLIENT_IDS_PER_HELLO_MAX, MALFORMED_STRIKES } from '@auzolan/shared/limits.ts'
import { decodePresence, encodePresence } from '@auzolan/shared/protocol/presence.ts'
import {
  EMPTY_UPDATE,
  decodeYjsMessage,
  encodeYjsMessage,
  type YjsMessage,
} from '@auzolan/shared/protocol/yjs.ts'
import { isCovered, type Deletions } from '../rooms/admission.ts'
import type { Member, Room } from '../rooms/room.ts'
import type { Session, SyncPorts } from './session.ts'

type State =
  | { readonly kind: 'greeting' }
  | {
      readonly kind: 'seated'
      readonly room: Room
      readonly member: StockMember
      readonly write: boolean
      readonly deleted: Deletions
    }
  | { readonly kind: 'gone' }
type Seated = Extract<State, { kind: 'seated' }>
type StockMember = Member & { readonly clientIds: Set<number> }

export class StockSession implements Session {
  readonly #socket: WebSocket
  readonly #document: DocumentId
  readonly #channel: ChannelName
  readonly #ports: SyncPorts
  /** The room to give back at the end, whether or not we got as far as a seat in it. */
  #held: Room | null = null
  #state: State = { kind: 'greeting' }
  #strikes = 0

  constructor(socket: WebSocket, document: DocumentId, channel: ChannelName, ports: SyncPorts) {
    this.#socket = socket
    this.#document = document
    this.#channel = channel
    this.#ports = ports
  }

  get greeted(): boolean {
    return this.#state.kind !== 'greeting'
  }

  /** The ticket came with the upgrade; refusals come after accepting, because a refused upgrade has no code. */
  async greet(token: string): Promise<void> {
    const ticket = await this.#ports.tokens.redeemTicket(token)
    if (isRefusal(ticket)) return this.#dismiss(ticket)
    if (ticket.document !== this.#document)
      return this.#dismiss(refusal('TICKET_INVALID', 'another document'))
    const entered = await this.#ports.access.enter(ticket, this.#document)
    if (isRefusal(entered)) return this.#dismiss(entered)
    const room = await this.#ports.rooms.open(channelId(this.#document, this.#channel))
    if (!room) return this.#dismiss(refusal('NOT_FOUND', 'no such channel'))
    this.#held = room

    const member: StockMember = {
      person: ticket.person,
      name: ticket.name,
      clientIds: new Set(),
      entries: (_from, _to, updates) =>
        this.#send({
          kind: 'update',
          update: updates.length === 1 ? updates[0]! : Y.mergeUpdates([...updates]),
        }),
      acknowledged: () => {},
      presence: (states) => this.#send({ kind: 'awareness', states }),
      leave: (code) => this.dismiss(code),
    }
    const { updates, seq } = await room.readAll()
    if (this.#state.kind !== 'greeting') return this.closed()
    const whole = updates.length > 0 ? Y.mergeUpdates(updates) : EMPTY_UPDATE
    this.#state = {
      kind: 'seated',
      room,
      member,
      write: entered.may(this.#channel).write,
      deleted: Y.decodeUpdate(whole).ds,
    }
    this.#send({ kind: 'step2', update: whole })
    // Asks for what the client wrote while it was away.
    this.#send({ kind: 'step1', stateVector: Y.encodeStateVectorFromUpdate(whole) })
    await room.join(member, seq)
  }

  async receive(bytes: Uint8Array): Promise<void> {
    const message = decodeYjsMessage(bytes)
    if (message === null) return this.#malformed()
    if (this.#state.kind === 'seated') await this.#take(message, this.#state)
  }

  beat(): void {
    this.#send({ kind: 'awareness', states: encodePresence([]) })
  }

  dismiss(code: RefusalCode): void {
    this.#dismiss(refusal(code, ''))
  }

  closed(): void {
    const state = this.#state
    this.#state = { kind: 'gone' }
    if (state.kind === 'seated') state.room.leave(state.member)
    if (this.#held) this.#ports.rooms.release(this.#held)
    this.#held = null
  }

  async #take(message: YjsMessage, seat: Seated): Promise<void> {
    switch (message.kind) {
      case 'step1': {
        const { updates } = await seat.room.readAll()
        const whole = updates.length > 0 ? Y.mergeUpdates(updates) : EMPTY_UPDATE
        try {
          this.#send({ kind: 'step2', update: Y.diffUpdate(whole, message.stateVector) })
        } catch {
          this.#malformed()
        }
        return
      }
      case 'step2':
        if (!this.#isNews(message.update, seat)) return
        return this.#write(message.update, seat)
      case 'update':
        return this.#write(message.update, seat)
      case 'awareness':
        return this.#presence(message.states, seat)
      case 'queryAwareness':
        return
    }
  }

  async #write(update: Uint8Array, seat: Seated): Promise<void> {
    if (!seat.write) return this.#dismiss(refusal('READ_ONLY', this.#channel))
    let clients: number[]
    try {
      clients = [...new Set(Y.decodeUpdate(update).structs.map((s) => s.id.client))]
    } catch {
      return this.#malformed()
    }
    await this.#bind(clients, seat)
    const refused = seat.room.write(seat.member, update)
    if (refused) this.#dismiss(refused)
  }

  /** A stock client does not say under which id it writes; its first presence or its first update does. */
  async #bind(clients: readonly number[], seat: Seated): Promise<void> {
    const fresh = clients.filter((id) => !seat.member.clientIds.has(id) && !seat.room.head.owners.has(id))
    if (seat.member.clientIds.size + fresh.length > CLIENT_IDS_PER_HELLO_MAX) return
    if (fresh.length > 0) await seat.room.bind(fresh, seat.member.person)
    for (const id of clients)
      if (seat.room.head.owners.get(id) === seat.member.person) seat.member.clientIds.add(id)
  }

  async #presence(states: Uint8Array, seat: Seated): Promise<void> {
    let clients: number[]
    try {
      clients = decodePresence(states).map((s) => s.clientId)
    } catch {
      return this.#malformed()
    }
    await this.#bind(clients, seat)
    seat.room.showPresence(seat.member, states)
  }

  #isNews(update: Uint8Array, seat: Seated): boolean {
    try {
      const { structs, ds } = Y.decodeUpdate(update)
      const { clocks } = seat.room.head
      const writes = structs.some((s) => s.id.clock + s.length > (clocks.get(s.id.client) ?? 0))
      return writes || !isCovered(ds, seat.deleted)
    } catch {
      return true
    }
  }

  #malformed(): void {
    this.#strikes += 1
    if (this.#strikes >= MALFORMED_STRIKES) this.#dismiss(refusal('MALFORMED', 'three strikes'))
  }

  #dismiss(refused: Refusal): void {
    // Gone already, but a greeting may have taken a room since.
    if (this.#state.kind === 'gone') return this.closed()
    this.#ports.log.info({ code: refused.refused, why: refused.detail }, 'stock session ends')
    this.#socket.close(closeCodeOf(refused.refused), refused.refused)
    this.closed()
  }

  #send(message: YjsMessage): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(encodeYjsMessage(message))
  }
}
