/**
 * Somebody's device as a room sees it: a document, an outbox that keeps what is not acknowledged, a marker of how far
 * the log is known. It loses its connection, its acknowledgements and its page at any moment.
 */
import { gunzipSync } from 'node:zlib'
import * as Y from 'yjs'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import { IN_FLIGHT_MAX } from '@auzolan/shared/limits.ts'
import type { Member } from '@auzolan/server/src/rooms/member.ts'
import type { Room } from '@auzolan/server/src/rooms/room.ts'
import type { Rooms } from '@auzolan/server/src/rooms/rooms.ts'
import { under, type Random } from '../support/random.ts'
import { edit } from './honest.ts'

interface Connection {
  readonly room: Room
  readonly member: Member
  /** Updates of the outbox that are on their way. */
  sent: number
}

export class Device {
  readonly person: PersonId
  #rooms: Rooms
  readonly #channel: ChannelId
  readonly #random: Random
  doc = new Y.Doc()
  #undo!: Y.UndoManager
  #clientIds: number[] = []
  #outbox: Uint8Array[] = []
  /** Edits that are still being gathered into one entry. */
  #gathering: Uint8Array[] = []
  #marker = 0
  #connection: Connection | null = null
  /** Everything the server has ever said is durable. */
  readonly acknowledged: Uint8Array[] = []
  readonly troubles: string[] = []

  constructor(person: string, rooms: Rooms, channel: ChannelId, random: Random) {
    this.person = person as PersonId
    this.#rooms = rooms
    this.#channel = channel
    this.#random = random
    this.#open(null)
  }

  get isDone(): boolean {
    return this.#connection !== null && this.#outbox.length === 0 && this.#gathering.length === 0
  }
  get marker(): number {
    return this.#marker
  }

  edit(): void {
    if (this.#random() < 0.05) this.#undo.undo()
    else if (this.#random() < 0.02) this.#undo.redo()
    else edit(this.doc, this.#random)
    if (this.#random() < 0.5) this.gather()
  }

  gather(): void {
    const gathered = this.#gathering.splice(0)
    if (gathered.length > 0)
      this.#outbox.push(gathered.length === 1 ? gathered[0]! : Y.mergeUpdates(gathered))
  }

  send(): void {
    const connection = this.#connection
    while (connection && connection === this.#connection && connection.sent < this.#outbox.length) {
      if (connection.sent >= IN_FLIGHT_MAX) return
      const refused = connection.room.write(connection.member, this.#outbox[connection.sent]!)
      if (refused) {
        this.troubles.push(`${this.person}: ${refused.refused} ${refused.detail}`)
        return
      }
      connection.sent += 1
    }
  }

  /** Its next connection goes to another node. */
  moveTo(rooms: Rooms): void {
    this.disconnect()
    this.#rooms = rooms
  }

  async connect(): Promise<void> {
    if (this.#connection) return
    const rooms = this.#rooms
    const room = (await rooms.open(this.#channel, { epoch: 1, seq: this.#marker }))!
    if (rooms !== this.#rooms) return rooms.release(room)
    if (this.#connection) return this.#rooms.release(room)
    const refused = await room.bind(this.#clientIds, this.person, 'yes')
    if (refused) this.troubles.push(`${this.person}: ${refused.refused}`)
    const connection: Connection = {
      room,
      member: this.#member(() => this.#connection === connection),
      sent: 0,
    }
    this.#connection = connection
    await room.join(connection.member, this.#marker)
  }

  /** What is on its way may arrive or not; what comes back is lost in any case. */
  disconnect(): void {
    const connection = this.#connection
    this.#connection = null
    if (!connection) return
    connection.room.leave(connection.member)
    this.#rooms.release(connection.room)
  }

  /** The page is loaded again, from the copy on the device, or (the copy is lost) from nothing but the outbox. */
  reload(): void {
    this.disconnect()
    this.gather()
    if (this.#random() < 0.7) return this.#open(Y.encodeStateAsUpdate(this.doc))
    this.#marker = 0
    // What builds on text of the log waits inside Yjs until the log has come.
    this.#open(this.#outbox.length > 0 ? Y.mergeUpdates(this.#outbox) : null)
  }

  #open(copy: Uint8Array | null): void {
    this.#undo?.destroy()
    this.doc = new Y.Doc()
    this.doc.clientID = 1 + under(this.#random, 2 ** 32 - 2)
    this.#clientIds = [this.doc.clientID, ...this.#clientIds].slice(0, 60)
    if (copy) Y.applyUpdate(this.doc, copy, 'log')
    this.#undo = new Y.UndoManager(this.doc, { captureTimeout: 0 })
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'log') this.#gathering.push(update)
    })
  }

  #member(isHere: () => boolean): Member {
    const take = (updates: readonly Uint8Array[], toSeq: number): void => {
      if (!isHere()) return
      for (const update of updates) Y.applyUpdate(this.doc, update, 'log')
      this.#marker = toSeq
    }
    return {
      person: this.person,
      name: this.person,
      clientIds: new Set(this.#clientIds),
      backlogBytes: 0,
      entries: (fromSeq, toSeq, updates) => {
        if (isHere() && fromSeq > this.#marker + 1) this.troubles.push(`hole ${this.#marker}..${fromSeq}`)
        take(updates, toSeq)
      },
      snapshot: ({ seq, gzip }) => take([gunzipSync(gzip)], seq),
      acknowledged: (count, seq) => {
        if (!isHere()) return
        this.acknowledged.push(...this.#outbox.splice(0, count))
        this.#connection!.sent -= count
        this.#marker = Math.max(this.#marker, seq)
      },
      presence: () => {},
      full: () => {},
      leave: (code: RefusalCode) => {
        if (!isHere()) return
        this.troubles.push(`${this.person}: sent away ${code}`)
        this.disconnect()
      },
    }
  }
}
