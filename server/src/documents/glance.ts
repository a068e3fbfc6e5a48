/** All plans that somebody may read, each in one line: where it stands, for how long it holds, who answers for it. */
import { createHash } from 'node:crypto'
import type { Family } from '@auzolan/shared/checks/finding.ts'
import { checkPlan, parsePlan } from '@auzolan/shared/checks/run.ts'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { channelId, type DocumentId } from '@auzolan/shared/ids.ts'
import type { PlanAtAGlance, PlanSays } from '@auzolan/shared/protocol/plans.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Claims } from '../access/claims.ts'
import type { Journal } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import { envelopes, flowOf } from '../review/standing.ts'
import type { Versions } from '../review/versions.ts'
import type { Documents } from './documents.ts'
import { binding, familyAmong, originNow } from './above.ts'

export interface GlancePorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly versions: Versions
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
}

interface Looked {
  readonly id: DocumentId
  readonly languages: readonly string[]
  readonly in_force: number | null
}

export class PlansAtAGlance {
  readonly #ports: GlancePorts
  /** What a text says, or its reading that goes on, by document, as long as nothing it depends on has changed: it costs. */
  readonly #read = new Map<string, { readonly key: string; readonly says: Promise<PlanSays | null> }>()
  constructor(ports: GlancePorts) {
    this.#ports = ports
  }

  async list(claims: Claims): Promise<PlanAtAGlance[]> {
    const { journal, documents, organisation, versions, now } = this.#ports
    const { timeZone } = await organisation.read()
    const today = localTime(now(), timeZone).day
    const above = await binding(journal.rows)
    const plans: PlanAtAGlance[] = []
    for (const { id, type, kind, title, team, archived } of await documents.listFor(claims)) {
      if (type !== 'plan' || kind !== 'document' || archived) continue
      const row = await envelopes(journal.rows).where('document.id', '=', id).executeTakeFirst()
      // Purged in this very moment.
      if (!row) continue
      const { work, inForce, published } = flowOf(row)
      const latest = work === 'in_review' ? await versions.latest(journal.rows, id as DocumentId) : undefined
      plans.push({
        id,
        title,
        team,
        parent: row.parent,
        ofOrganisation: row.of_organisation === 1,
        work,
        inForce: inForce?.version ?? null,
        published,
        due: latest?.due ?? null,
        says: await this.#says(
          { ...row, id: id as DocumentId, languages: JSON.parse(row.languages) as string[] },
          { today, family: familyAmong(above, row) },
        ),
      })
    }
    return plans
  }

  async #says(
    document: Looked,
    { today, family }: { readonly today: string; readonly family: Family },
  ): Promise<PlanSays | null> {
    const { journal } = this.#ports
    const { id, languages, in_force: inForce } = document
    const head = await journal.rows
      .selectFrom('channel')
      .select(['epoch', 'seq'])
      .where('id', '=', channelId(id, 'content'))
      .executeTakeFirst()
    const above = await originNow(journal.rows, id)
    const key = createHash('sha256')
      .update(JSON.stringify([head, family, above, inForce, languages, today]))
      .digest('hex')
    const known = this.#read.get(id)
    if (known?.key === key) return known.says
    const says = this.#look(document, { today, family })
    const reading = { key, says }
    this.#read.set(id, reading)
    // A text that could not be read is read again when somebody asks again.
    if ((await says) === null && this.#read.get(id) === reading) this.#read.delete(id)
    return says
  }

  async #look(
    { id, languages, in_force: inForce }: Looked,
    { today, family }: { readonly today: string; readonly family: Family },
  ): Promise<PlanSays | null> {
    const { journal, versions } = this.#ports
    try {
      const frozen = await versions.freeze(id)
      if (isRefusal(frozen)) return null
      const draft = parsePlan(frozen.json, languages)
      const row = inForce === null ? undefined : await versions.row(journal.rows, id, inForce)
      const plan = row ? parsePlan(row.json, languages) : draft
      const context = { languages, today, inForce: inForce !== null, family }
      const profiles = plan.profiles.profiles
      return {
        scope: plan.identity.scope,
        from: plan.identity.from,
        to: plan.identity.to,
        responsible: plan.planning.responsible?.name ?? '',
        profiles: profiles.length,
        hoursPerWeek: profiles.reduce((sum, { hoursPerWeek }) => sum + (hoursPerWeek ?? 0), 0),
        missing: checkPlan(draft, context).missing.length,
      }
    } catch {
      // A text that is being repaired: the line is there, and says nothing of it.
      return null
    }
  }
}
