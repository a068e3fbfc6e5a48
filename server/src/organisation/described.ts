/** The organisation as it is described now: one row, changed as a whole, by one administrator after the other. */
import type { Transaction } from 'kysely'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { PersonId } from '@auzolan/shared/ids.ts'
import {
  UNDESCRIBED,
  type Organisation,
  type OrganisationFacts,
} from '@auzolan/shared/protocol/organisation.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Tables } from '../journal/journal.ts'

const KEY = 'organisation'

export class DescribedOrganisation {
  readonly #journal: Journal
  readonly #now: () => Date
  readonly #listeners: (() => void)[] = []
  constructor(journal: Journal, now: () => Date) {
    this.#journal = journal
    this.#now = now
  }

  /** What an older version has not asked for has the value it has before anybody says something. */
  read(rows: Pick<Transaction<Tables>, 'selectFrom'> = this.#journal.rows): Promise<Organisation> {
    return readOrganisation(rows)
  }

  /** @param version the one that was changed; if it is no longer the present one, nothing happens [O2] */
  async change(facts: OrganisationFacts, version: number, by: PersonId): Promise<Organisation | Refusal> {
    const at = this.#now().toISOString()
    const changed = await this.#journal.transact(async (rows) => {
      const before = await readOrganisation(rows)
      if (before.version !== version)
        return refusal('CHANGED_MEANWHILE', `version ${before.version} was saved meanwhile`)
      const after: Organisation = { ...facts, version: version + 1 }
      const value = JSON.stringify(after)
      await rows
        .insertInto('setting')
        .values({ key: KEY, value })
        .onConflict((c) => c.column('key').doUpdateSet({ value }))
        .execute()
      const changed = Object.keys(facts).filter(
        (key) =>
          JSON.stringify(before[key as keyof Organisation]) !==
          JSON.stringify(after[key as keyof Organisation]),
      )
      const detail = { version: after.version, changed }
      await record(rows, { at, actor: by, action: 'organisation.change', subject: KEY, detail })
      return after
    })
    if (!isRefusal(changed)) for (const listener of this.#listeners) listener()
    return changed
  }

  /** Told when it has been described anew. */
  onChanged(listener: () => void): void {
    this.#listeners.push(listener)
  }
}

export async function readOrganisation(rows: Pick<Transaction<Tables>, 'selectFrom'>): Promise<Organisation> {
  const row = await rows.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst()
  return row ? { ...UNDESCRIBED, ...(JSON.parse(row.value) as Partial<Organisation>) } : UNDESCRIBED
}
