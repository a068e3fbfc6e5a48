/**
 * One socket of a stock y-websocket client: one channel, y-protocols messages. Five things break silently
 * unless they are done (ARCHITECTURE "Wire"): a step 2 must be sent or `synced` never fires; it wants to hear
 * something every 30 s and does not count pings; 4400–4499 end it for good; it echoes everybody's presence;
 * and every reconnect brings its whole delete set again.
 */
import { gunzipSync } from 'node:zlib'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { closeCodeOf, isRefusal, refusal, type Refusal, type RefusalCode } from '@auzolan/shared/codes.ts'
import { channelId, type ChannelName, type DocumentId } from '@auzolan/shared/ids.ts'
import {
  BACKLOG_FROM_LOG_BYTES,
  CLIENT_IDS_PER_HELLO_MAX,
  MALFORMED_STRIKES,
  PRESENCE_MAX_BYTES,
} from '@auzolan/shared/limits.ts'
import { mergedUpdates } from '@auzolan/shared/protocol/merged.ts'
import { decodePresence, encodePresence } from '@auzolan/shared/protocol/presence.ts'
import { decodeYjsMessage, encodeYjsMessage, type YjsMessage } from '@auzolan/shared/protocol/yjs.ts'
import type { Capabilities, WriteRight } from '@auzolan/shared/grants.ts'
import type { Claims } from '../access/claims.ts'
import { isCovered, readUpdate, type UpdateRead } from '../rooms/admission.ts'
import type { Member } from '../rooms/member.ts'
import type { Room } from '../rooms/room.ts'
import { OneAtATime } from '../one-at-a-time.ts'
import { encodeOnce } from './encode-once.ts'
import { Lease } from './lease.ts'
import { Outgoing, framed } from './outgoing.ts'
import type { Session, SyncPorts } from './session.ts'
import { wholeText } from './whole-text.ts'

type State =
  | { readonly kind: 'greeting' }
  | {
      readonly kind: 'seated'
      readonly room: Room
      readonly member: StockMember
      right: WriteRight
      /** It has asked for the text, and gets from then on what others write. */
      joined: boolean
    }
  | { readonly kind: 'gone' }
type Seated = Extract<State, { kind: 'seated' }>
type StockMember = Member & { readonly clientIds: Set<number> }

/** What is refused only because something before it has not come. */
const EARLY: readonly RefusalCode[] = ['GAP', 'UNKNOWN_DEPENDENCY']

/** Byte 0 of a sync message. */
const SYNC = 0
const updateMessage = encodeOnce((updates) =>
  framed(
    encodeYjsMessage({
      kind: 'update',
      update: mergedUpdates(updates),
    }),
  ),
)

export class StockSession implements Session {
  readonly document: DocumentId
  readonly #socket: WebSocket
  readonly #channel: ChannelName
  readonly #ports: SyncPorts
  /** The room to give back at the end, whether or not we got as far as a seat in it. */
  #held: Room | null = null
  readonly #lease: Lease
  #claims: Claims | null = null
  #state: State = { kind: 'greeting' }
  /** What people may do changed while we were still asking what this one may. */
  #outdated = false
  readonly #rights = new OneAtATime(() => this.#askAgain())
  /** It has told what it wrote while it was away. What it types before that may stand behind words that are still to come. */
  #hasAnswered = false
  #strikes = 0
  readonly #out: Outgoing

  constructor(
    socket: WebSocket,
    stream: Duplex,
    document: DocumentId,
    channel: ChannelName,
    ports: SyncPorts,
  ) {
    this.#socket = socket
    this.document = document
    this.#channel = channel
    this.#ports = ports
    this.#lease = new Lease(ports.capacity.leaseMs)
    this.#out = new Outgoing(socket, stream, () => this.drained())
  }

  get claims(): Claims | null {
    return this.#claims
  }
  isUpdate(bytes: Uint8Array): boolean {
    return bytes[0] === SYNC
  }

  /** The ticket came with the upgrade; refusals come after accepting, because a refused upgrade has no code. */
  async greet(token: string): Promise<void> {
    const ticket = await this.#ports.tokens.redeemTicket(token)
    if (isRefusal(ticket)) return this.#dismiss(ticket)
    if (ticket.document !== this.document) return this.#dismiss(refusal('TICKET_INVALID', 'another document'))
    this.#outdated = false
    const entered = await this.#ports.access.enter(ticket, this.document)
    if (isRefusal(entered)) return this.#dismiss(entered)
    const room = await this.#ports.rooms.open(channelId(this.document, this.#channel))
    if (!room) return this.#dismiss(refusal('NOT_FOUND', 'no such channel'))
    this.#held = room

    const may = entered.may(this.#channel)
    if (!may.read) return this.#dismiss(refusal('NOT_FOUND', 'no such channel'))

    const member = this.#member(ticket)
    if (this.#state.kind !== 'greeting') return this.closed()
    // News about the person did not find us while we were asking.
    const valid = this.#ports.tokens.unlessVoid(ticket)
    if (isRefusal(valid)) return this.#dismiss(valid)
    this.#claims = ticket
    this.#lease.renewed()
    this.#state = {
      kind: 'seated',
      room,
      member,
      right: may.write,
      joined: false,
    }
    if (this.#outdated) await this.reconsider()
    if (this.#isGone()) return
    // Asks for what the client wrote while it was away. What it lacks itself it asks for, as the first thing it says.
    this.#send({ kind: 'step1', stateVector: room.stateVector })
  }

  // For the compiler, which takes the state for unchanged.
  #isGone = (): boolean => this.#state.kind === 'gone'

  receive(bytes: Uint8Array): Promise<void> | undefined {
    const message = decodeYjsMessage(bytes)
    if (message === null) this.#malformed()
    else if (this.#state.kind === 'seated') return this.#take(message, this.#state)
    return undefined
  }

  beat(): void {
    this.#send({ kind: 'awareness', states: encodePresence([]) })
  }

  sweep(): void {
    // It cannot show a fresh ticket: whoever uses it opens a new socket with one.
    if (this.#state.kind === 'seated' && this.#lease.due() === 'over') this.dismiss('LEASE_OVER')
  }

  drained(): void {
    if (!this.#out.caughtUp() || this.#state.kind !== 'seated') return
    this.#state.room.drained(this.#state.member).catch((error: unknown) => {
      this.#ports.log.error({ err: error }, 'a slow reader could not be caught up')
      this.dismiss('TRY_AGAIN')
    })
  }

  async reconsider(): Promise<void> {
    this.#outdated = true
    await this.#rights.ask()
  }

  async #askAgain(): Promise<void> {
    if (this.#state.kind !== 'seated' || !this.#claims) return
    const entered = await this.#ports.access.enter(this.#claims, this.document)
    const may: Capabilities = isRefusal(entered) ? { read: false, write: 'no' } : entered.may(this.#channel)
    if (!may.read) return this.dismiss('ACCESS_ENDED')
    this.#state.right = may.write
  }

  suspend(): void {
    if (this.#state.kind === 'seated') this.dismiss('LEASE_OVER')
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

  #take(message: YjsMessage, seat: Seated): Promise<void> | undefined {
    // Whoever says something else first is counted all the same.
    if (!seat.joined && message.kind !== 'step1')
      return this.#join(seat, seat.room.seq).then(() =>
        this.#isGone() ? undefined : this.#take(message, seat),
      )
    switch (message.kind) {
      case 'step1':
        return this.#answer(message.stateVector, seat)
      case 'step2':
        this.#hasAnswered = true
        return this.#returned(message.update, seat)
      case 'update':
        return this.#receive(message.update, seat)
      case 'awareness':
        return this.#presence(message.states, seat)
      case 'queryAwareness':
        return undefined
    }
  }

  async #answer(stateVector: Uint8Array, seat: Seated): Promise<void> {
    // A whole text for a few bytes: not to somebody who has not taken the last one.
    if (this.#out.backlogBytes > BACKLOG_FROM_LOG_BYTES) return this.dismiss('TOO_SLOW')
    const whole = await wholeText(seat.room)
    let answer: Buffer
    try {
      answer = whole.answerTo(stateVector)
    } catch {
      return this.#malformed()
    }
    if (this.#isGone()) return
    this.#out.send(answer)
    if (!seat.joined) await this.#join(seat, whole.seq)
  }

  #join(seat: Seated, seq: number): Promise<void> {
    seat.joined = true
    return seat.room.join(seat.member, seq)
  }

  #receive(update: Uint8Array, seat: Seated): Promise<void> | undefined {
    if (!this.#mayWrite(seat)) return undefined
    let read: UpdateRead
    try {
      read = readUpdate(update)
    } catch {
      this.#malformed()
      return undefined
    }
    const known = read.structs.every((s) => seat.member.clientIds.has(s.id.client))
    if (!known || this.#channel === 'comments') return this.#introduce(update, read, seat)
    return this.#write(update, read, seat)
  }

  /** Whoever may not is sent away. */
  #mayWrite({ right }: Seated): boolean {
    if (right !== 'yes') this.#dismiss(refusal(right === 'locked' ? 'LOCKED' : 'READ_ONLY', this.#channel))
    return right === 'yes'
  }

  /** Whoever writes under an id for the first time, or comments, has to be known before it is written. */
  async #introduce(update: Uint8Array, read: UpdateRead, seat: Seated): Promise<void> {
    const clients = [...new Set(read.structs.map((s) => s.id.client))]
    await this.#bind(clients, seat)
    if (this.#channel === 'comments' && this.#claims) {
      const entered = await this.#ports.access.enter(this.#claims, this.document)
      if (isRefusal(entered)) return this.#dismiss(entered)
      await this.#ports.commenters.seen(this.document, clients, this.#claims, entered.roles)
    }
    // While all that was asked, they may have gone, or lost the right.
    if (!this.#isGone() && this.#mayWrite(seat)) await this.#write(update, read, seat)
  }

  #write(update: Uint8Array, read: UpdateRead, seat: Seated): Promise<void> | undefined {
    const refused = seat.room.write(seat.member, update, read)
    if (!refused) this.#ports.meter.taken(update.length)
    else if (this.#ports.rooms.mayBeBehind(refused.refused))
      return this.#writeAgain(update, read, seat, refused)
    else this.#refused(refused)
    return undefined
  }

  async #writeAgain(update: Uint8Array, read: UpdateRead, seat: Seated, refused: Refusal): Promise<void> {
    if (!(await this.#ports.rooms.wasBehind(seat.room))) return this.#refused(refused)
    if (this.#isGone() || !this.#mayWrite(seat)) return
    const again = seat.room.write(seat.member, update, read)
    if (again) this.#refused(again)
    else this.#ports.meter.taken(update.length)
  }

  #refused(refused: Refusal): void {
    // All of it comes once more, in the answer to what we have asked when it came in.
    if (!this.#hasAnswered && EARLY.includes(refused.refused)) return
    this.#ports.meter.refused(refused.refused)
    this.#dismiss(refused)
  }

  #member(claims: Claims): StockMember {
    const out = this.#out
    return {
      person: claims.person,
      name: claims.name,
      clientIds: new Set(),
      takesOwn: true,
      get backlogBytes() {
        return out.backlogBytes
      },
      entries: (_from, _to, updates) => out.send(updateMessage(updates)),
      snapshot: ({ gzip }) => this.#send({ kind: 'update', update: gunzipSync(gzip) }),
      acknowledged: () => {},
      presence: (states) => this.#send({ kind: 'awareness', states }),
      full: () => {},
      leave: (code) => this.dismiss(code),
    }
  }

  /** A stock client does not say under which id it writes; its first presence or its first update does. */
  async #bind(clients: readonly number[], seat: Seated): Promise<void> {
    const { owners } = seat.room.head
    const more = clients.filter((id) => !seat.member.clientIds.has(id))
    if (seat.member.clientIds.size + more.length > CLIENT_IDS_PER_HELLO_MAX) return
    const fresh = clients.filter((id) => !owners.has(id))
    const { person } = seat.member
    if (fresh.length > 0) await seat.room.bind(fresh, person, seat.right)
    for (const id of clients)
      if (owners.get(id) === person || (seat.right === 'no' && !owners.has(id))) seat.member.clientIds.add(id)
  }

  async #presence(states: Uint8Array, seat: Seated): Promise<void> {
    if (states.length > PRESENCE_MAX_BYTES) return
    let clients: number[]
    try {
      clients = decodePresence(states).flatMap(({ clientId, state }) => (state ? clientId : []))
    } catch {
      return this.#malformed()
    }
    // It also says again whatever it has heard of others.
    const own = clients.filter((id) => !seat.room.isShownByAnother(id, seat.member.person))
    await this.#bind(own, seat)
    seat.room.showPresence(seat.member, states)
  }

  /** The answer to what was asked at the greeting: all deletions come again with it, whether they are known or not. */
  #returned(update: Uint8Array, seat: Seated): Promise<void> | undefined {
    let read: UpdateRead
    try {
      read = readUpdate(update)
    } catch {
      this.#malformed()
      return undefined
    }
    const { clocks } = seat.room.head
    const writes = read.structs.some((s) => s.id.clock + s.length > (clocks.get(s.id.client) ?? 0))
    if (writes) return this.#receive(update, seat)
    if (read.ds.clients.size === 0) return undefined
    return wholeText(seat.room).then(({ deletions }) =>
      isCovered(read.ds, deletions) || this.#isGone() ? undefined : this.#receive(update, seat),
    )
  }

  #malformed(): void {
    this.#strikes += 1
    if (this.#strikes >= MALFORMED_STRIKES) this.#dismiss(refusal('MALFORMED', 'three strikes'))
  }

  #dismiss(refused: Refusal): void {
    // Gone already, but a greeting may have taken a room since.
    if (this.#state.kind === 'gone') return this.closed()
    this.#ports.log.info({ code: refused.refused, why: refused.detail }, 'stock session ends')
    this.#ports.meter.ended(refused.refused)
    // A socket that takes nothing would not take the farewell either.
    if (refused.refused === 'TOO_SLOW') this.#socket.terminate()
    else this.#socket.close(closeCodeOf(refused.refused), refused.refused)
    this.closed()
  }

  #send(message: YjsMessage): void {
    this.#out.send(framed(encodeYjsMessage(message)))
  }
}
