/**
 * Tells those who measure that figures of a span are late (DOMAIN P-52): of each span once, and never again once they are there. Where
 * the plan names nobody, those who write it.
 */
import { WRITERS } from '@auzolan/shared/grants.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { OverdueFigures as Late } from '@auzolan/shared/indicators/overdue.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type { Principal } from '@auzolan/shared/protocol/teams.ts'
import type { References } from '@auzolan/shared/reference/references.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { measuredPlans, overdueIn } from '../figures/overdue.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import { post } from '../outbox/outbox.ts'
import { holders } from '../review/deciders.ts'
import { isTimeToTell } from './hours.ts'

export interface OverdueFiguresPorts {
  readonly journal: Journal
  readonly organisation: DescribedOrganisation
  readonly lists: ReferenceLists
  readonly now: () => Date
}

/** Taken back when the figures are there. */
const everything = (document: string): string => `figures/${document}`
const keyOf = (document: string, { from, to }: Late): string => `${everything(document)}/${from}..${to}`

export class OverdueFigures {
  readonly #ports: OverdueFiguresPorts
  constructor(ports: OverdueFiguresPorts) {
    this.#ports = ports
  }

  /** Gives how many notices were written. What has come meanwhile is taken back at any hour. */
  async look(): Promise<number> {
    const { journal, organisation, lists } = this.#ports
    const [described, references] = [await organisation.read(), await lists.now()]
    let told = 0
    for (const { id } of await measuredPlans(journal.rows).select('id').execute())
      told += await this.#remind(id as DocumentId, described, references)
    return told
  }

  async #remind(id: DocumentId, described: Organisation, references: References): Promise<number> {
    const { journal, now } = this.#ports
    const instant = now()
    const changed = async (rows: Rows) => {
      const late = await overdueIn(rows, id, described, references, instant)
      const told = await toldOf(rows, id)
      return {
        fresh: isTimeToTell(instant, described) ? late.filter((one) => !told.includes(keyOf(id, one))) : [],
        over: told.filter((key) => !late.some((one) => keyOf(id, one) === key)),
      }
    }
    // Most of the time nothing has: nobody has to wait for that.
    const before = await changed(journal.rows)
    if (before.fresh.length === 0 && before.over.length === 0) return 0
    return journal.transact(async (rows) => {
      // Asked again in here: somebody may have entered them meanwhile.
      const { fresh, over } = await changed(rows)
      const at = instant.toISOString()
      for (const key of over) await post(rows, at, { kind: 'dismiss', key })
      const plan = await measuredPlans(rows)
        .select(['team_id', 'title'])
        .where('id', '=', id)
        .executeTakeFirst()
      if (!plan) return 0
      let written = 0
      for (const one of fresh) {
        const to = await measuring(rows, plan.team_id, one)
        if (to.length === 0) continue
        const title = JSON.parse(plan.title) as Translated<string>
        const facts = { document: id, title, version: null, by: null, due: one.due }
        await post(rows, at, {
          kind: 'notify',
          notice: { key: keyOf(id, one), kind: 'figures', to, ...facts },
        })
        written += 1
      }
      return written
    })
  }
}

async function toldOf(rows: Rows, id: DocumentId): Promise<string[]> {
  const told = await rows
    .selectFrom('told')
    .select('key')
    .where('document', '=', id)
    .where('key', 'like', `${everything(id)}/%`)
    .execute()
  return told.map(({ key }) => key)
}

/** Whom the plan names, as long as they may write in it; who is in a group, only Nextcloud knows. */
async function measuring(rows: Rows, team: string, { owners, ownerless }: Late): Promise<Principal[]> {
  const writers = await holders(rows, team, WRITERS)
  const byGroup = writers.some(({ kind }) => kind !== 'person')
  const named = owners
    .filter(({ id }) => byGroup || writers.some((one) => one.kind === 'person' && one.id === id))
    .map(({ id }): Principal => ({ kind: 'person', id }))
  return ownerless || named.length === 0 ? union(named, writers) : named
}
const union = (some: readonly Principal[], more: readonly Principal[]): Principal[] => [
  ...some,
  ...more.filter(({ kind, id }) => !some.some((one) => one.kind === kind && one.id === id)),
]
