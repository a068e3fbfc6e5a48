/**
 * Takes the words away from what was heard and moderated when their time is over (DOMAIN A.8): what is counted stays. Nothing is kept of
 * when it last looked, so a server that was off simply looks; the trash and archived plans are looked at, too.
 */
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { RETENTION_ROWS_PER_TRANSACTION } from '@auzolan/shared/limits.ts'
import { withoutWords, withoutWordsOn } from '@auzolan/shared/listening/mention.ts'
import { addMonths } from '@auzolan/shared/weeks.ts'
import { addDays, localTime } from '@auzolan/shared/working-days.ts'
import { SYSTEM } from '../compaction/compaction.ts'
import { record } from '../journal/audit.ts'
import type { Journal } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import { columnsOf, termsOf, writeMention } from './heard-rows.ts'
import { keptMonths } from './kept-months.ts'

export interface RetentionPorts {
  readonly journal: Journal
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
}

export class Retention {
  readonly #ports: RetentionPorts
  constructor(ports: RetentionPorts) {
    this.#ports = ports
  }

  /** Gives how many rows have lost their words. */
  async look(): Promise<number> {
    const { journal, organisation } = this.#ports
    const { timeZone } = await organisation.read()
    const heard = await journal.rows
      .selectFrom('mention')
      .select('document')
      .distinct()
      .where('worded', '=', 1)
      .execute()
    const moderated = await journal.rows
      .selectFrom('moderation')
      .select('document')
      .distinct()
      .where((row) => row.or([row('note', '!=', ''), row('post_url', '!=', '')]))
      .execute()
    let done = 0
    for (const document of new Set([...heard, ...moderated].map((row) => row.document)))
      done += await this.#lookAt(document as DocumentId, timeZone)
    return done
  }

  async #lookAt(id: DocumentId, timeZone: string): Promise<number> {
    let done = 0
    for (const batch of [this.#mentions.bind(this), this.#moderations.bind(this)])
      for (let some = await batch(id, timeZone); some > 0; some = await batch(id, timeZone)) done += some
    return done
  }

  /** A few at a time: whoever writes waits for the transaction. */
  #mentions(id: DocumentId, timeZone: string): Promise<number> {
    return this.#ports.journal.transact(async (rows) => {
      const { isOver, before, at } = this.#limit(await keptMonths(rows, id), timeZone)
      const due = await rows
        .selectFrom('mention')
        .selectAll()
        .where('document', '=', id)
        .where('worded', '=', 1)
        .where('noted_at', '<', before)
        .orderBy('noted_at')
        .limit(RETENTION_ROWS_PER_TRANSACTION)
        .execute()
      const over = due.filter((row) => isOver(row.noted_at))
      for (const row of over) {
        const left = {
          ...row,
          ...columnsOf(withoutWords(termsOf(row))),
          worded: 0,
          revision: row.revision + 1,
        }
        await writeMention(rows, left, { actor: SYSTEM, action: 'mention.anonymise', at })
      }
      return over.length
    })
  }

  /** Of a moderation stays what was done, where and why. */
  #moderations(id: DocumentId, timeZone: string): Promise<number> {
    return this.#ports.journal.transact(async (rows) => {
      const { isOver, before, at } = this.#limit(await keptMonths(rows, id), timeZone)
      const due = await rows
        .selectFrom('moderation')
        .select(['id', 'at'])
        .where('document', '=', id)
        .where((row) => row.or([row('note', '!=', ''), row('post_url', '!=', '')]))
        .where('at', '<', before)
        .orderBy('at')
        .limit(RETENTION_ROWS_PER_TRANSACTION)
        .execute()
      const over = due.filter((row) => isOver(row.at)).map((row) => row.id)
      if (over.length === 0) return 0
      await rows.updateTable('moderation').set({ note: '', post_url: '' }).where('id', 'in', over).execute()
      const detail = { rows: over.length }
      await record(rows, { at, actor: SYSTEM, action: 'moderation.anonymise', subject: id, detail })
      return over.length
    })
  }

  /** `before` is an instant by which the store looks first; days of the organisation decide. */
  #limit(months: number, timeZone: string) {
    const instant = this.#ports.now()
    const dayOf = (moment: Date): string => localTime(moment, timeZone).day
    const today = dayOf(instant)
    return {
      at: instant.toISOString(),
      // Ends of months are not alike: a few days more are looked at than are over.
      before: `${addDays(addMonths(today, -months), 4)}T00:00:00.000Z`,
      isOver: (noted: string): boolean => withoutWordsOn(dayOf(new Date(noted)), months) <= today,
    }
  }
}
