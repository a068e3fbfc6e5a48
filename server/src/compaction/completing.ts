/**
 * Records that are older than one of their fields get what they lack, as soon as somebody has the document open: until
 * then they read as empty there. What is complete is not looked at again before the shape of the records changes.
 */
import { documentOf, type ChannelId } from '@auzolan/shared/ids.ts'
import { typeOf } from '@auzolan/shared/schema/channels.ts'
import { RECORDS_CLIENT, shapeOfRecords } from '@auzolan/shared/schema/shapes.ts'
import type { Journal } from '../journal/journal.ts'
import { storedType } from '../journal/type-of.ts'
import type { Rooms } from '../rooms/rooms.ts'
import { SYSTEM } from './compaction.ts'
import type { Lacking } from './tasks.ts'

export class Completing {
  readonly #journal: Journal
  readonly #rooms: () => Rooms
  /** How far what was added last in a channel goes. */
  readonly #added = new Map<ChannelId, { readonly epoch: number; readonly clock: number }>()
  /** Where what was added had to go again: whatever the reason is, the next would go too, and everybody be sent out for it. */
  readonly #givenUp = new Set<ChannelId>()
  /** Of which it is known that nothing lacks. */
  readonly #complete = new Set<ChannelId>()
  constructor(journal: Journal, rooms: () => Rooms) {
    this.#journal = journal
    this.#rooms = rooms
  }

  async isComplete(channel: ChannelId): Promise<boolean> {
    const { shape, wanted } = await this.#shapes(channel)
    return shape === wanted
  }

  /** What the records of a channel are known to have, and what they must have; of one without records, nothing. */
  async #shapes(channel: ChannelId): Promise<{ shape: string | null; wanted: string }> {
    const row = await this.#journal.rows
      .selectFrom('channel')
      .leftJoin('document', (join) => join.on('document.id', '=', documentOf(channel)))
      .select(['shape', 'document.type'])
      .where('channel.id', '=', channel)
      .executeTakeFirst()
    const type = typeOf(channel, storedType(row?.type))
    return { shape: row?.shape ?? null, wanted: type ? shapeOfRecords(type) : '' }
  }

  /** @param lacking what the worker has found; `null`: nothing, and that is remembered. */
  async complete(channel: ChannelId, epoch: number, lacking: Lacking | null): Promise<void> {
    if (lacking !== null) {
      this.#complete.delete(channel)
      return this.#add(channel, epoch, lacking)
    }
    if (this.#complete.has(channel)) return
    const { shape, wanted } = await this.#shapes(channel)
    if (shape !== wanted)
      await this.#journal.rows
        .updateTable('channel')
        .set({ shape: wanted })
        .where('id', '=', channel)
        .execute()
    this.#complete.add(channel)
  }

  giveUp(channel: ChannelId): void {
    this.#givenUp.add(channel)
  }

  /** Nobody is there any more. */
  forget(channel: ChannelId): void {
    this.#added.delete(channel)
    this.#complete.delete(channel)
  }

  #add(channel: ChannelId, epoch: number, { update, from, clock }: Lacking): void {
    const added = this.#added.get(channel)
    // It has not been read yet, and a second one would stand under the same clocks; or it could not be written, and would not be now.
    const again = added?.epoch === epoch && from < added.clock
    if (again || this.#givenUp.has(channel)) return
    const entry = { person: SYSTEM, update, clocks: new Map([[RECORDS_CLIENT, clock]]) }
    if (this.#rooms().add(channel, epoch, entry, new Map([[RECORDS_CLIENT, from]])))
      this.#added.set(channel, { epoch, clock })
  }
}
