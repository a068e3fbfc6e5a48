/**
 * The tools of the house: one entry for each evaluation that is in force (DOMAIN C.1). What an entry says is read out of the version that was
 * decided on, once a day, and kept in memory: an entry costs a reading, and there are few.
 */
import { progressOf } from '@auzolan/shared/approval-route.ts'
import { entryOf, statusOf, type CatalogueEntry } from '@auzolan/shared/catalogue/entry.ts'
import type { Listed } from '@auzolan/shared/catalogue/may-i-use.ts'
import { parseDocument } from '@auzolan/shared/checks/run.ts'
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { PastVerdict } from '@auzolan/shared/protocol/catalogue.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type { References } from '@auzolan/shared/reference/references.ts'
import type { Evaluation } from '@auzolan/shared/schema/evaluation.ts'
import type { Outcome } from '@auzolan/shared/schema/evaluation/decision.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Journal } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import { reopenedNow } from '../review/reopenings.ts'
import { routeOf, type Versions } from '../review/versions.ts'

interface Decided {
  readonly n: number
  readonly json: string
  readonly sha256: string
  readonly route: string
  readonly at: string
}

export interface EntriesPorts {
  readonly journal: Journal
  readonly organisation: DescribedOrganisation
  readonly lists: ReferenceLists
  readonly versions: Versions
  readonly now: () => Date
}

/** What entries are read by on one day. */
interface Ground extends Pick<Organisation, 'timeZone' | 'policy'> {
  readonly lists: References
  readonly today: string
}
type Known = ReadonlyMap<string, { readonly key: string; readonly entry: CatalogueEntry }>

export class CatalogueEntries {
  readonly #ports: EntriesPorts
  /** Entries as they were read last, by the evaluation: thousands of them are asked for again and again. */
  #known: Known = new Map()
  #listed: { readonly of: Known; readonly key: string; readonly list: readonly Listed[] } | null = null
  /** Two who ask at once read once. */
  #reading: Promise<Known> | null = null
  constructor(ports: EntriesPorts) {
    this.#ports = ports
  }

  /** Every tool that was decided on, by its name; the same list as long as nothing in it has changed, so that what is made of it can be kept. */
  async all(): Promise<readonly Listed[]> {
    const today = await this.#today()
    this.#reading ??= this.#readAll(today).finally(() => (this.#reading = null))
    const known = (this.#known = await this.#reading)
    const reopened = await this.#reopened()
    const key = JSON.stringify([today, ...reopened])
    if (this.#listed?.of !== known || this.#listed.key !== key) {
      const { compare } = new Intl.Collator()
      const list = [...known.values()]
        .map(({ entry }) => ({ entry, status: statusOf(entry, reopened.has(entry.id), today) }))
        .sort((a, b) => compare(a.entry.name, b.entry.name))
      this.#listed = { of: known, key, list }
    }
    return this.#listed.list
  }

  /** Evaluations whose ground has moved since they were decided on (E-30); few have ever been. */
  async #reopened(): Promise<ReadonlySet<string>> {
    const { rows } = this.#ports.journal
    const ever = await rows
      .selectFrom('reopening')
      .innerJoin('document', (join) =>
        join
          .onRef('document.id', '=', 'reopening.document')
          .onRef('document.in_force', '=', 'reopening.version'),
      )
      .select(['document.id', 'reopening.version'])
      .distinct()
      .where('reopening.in_force', '=', 1)
      .execute()
    const now = new Set<string>()
    for (const { id, version } of ever) if (await reopenedNow(rows, id, version, true)) now.add(id)
    return now
  }

  async #readAll(today: string): Promise<Known> {
    const { journal, lists } = this.#ports
    const { version: edition } = await lists.read()
    const { version: described, timeZone, policy } = await this.#ports.organisation.read()
    // Once for all of them: for thousands they cost more than the reading itself.
    const ground = { timeZone, policy, lists: await lists.now(), today }
    const inForce = await journal.rows
      .selectFrom('document')
      .select(['id', 'in_force', 'languages'])
      .where('type', '=', 'evaluation')
      .where('kind', '=', 'document')
      .where('in_force', 'is not', null)
      .where('archived', '=', 0)
      .where('trashed_at', 'is', null)
      .execute()
    const known = new Map<string, { readonly key: string; readonly entry: CatalogueEntry }>()
    for (const { id, in_force: n, languages } of inForce) {
      // Zones are those of the lists that hold now, and of a day: a decision on a country may have run out. Reviews fall due by the policy.
      const key = JSON.stringify([n, edition, described, languages, today])
      const before = this.#known.get(id)
      if (before?.key === key) known.set(id, before)
      else {
        const entry = await this.#read(id as DocumentId, Number(n), JSON.parse(languages) as string[], ground)
        if (entry) known.set(id, { key, entry })
      }
    }
    const same =
      known.size === this.#known.size && [...known].every(([id, one]) => this.#known.get(id) === one)
    return same ? this.#known : known
  }

  async one(id: string): Promise<Listed | null> {
    return (await this.all()).find(({ entry }) => entry.id === id) ?? null
  }

  /** What was decided on it before, the latest first. Of a version that others of its route still have to approve, or did not, nothing. */
  async history(id: DocumentId): Promise<PastVerdict[]> {
    const { journal, versions } = this.#ports
    const { timeZone } = await this.#ports.organisation.read()
    const inForce: Decided[] = []
    for (const row of await this.#decided(id)) {
      const approvals = await versions.approvals(journal.rows, id, row.n)
      if (progressOf(routeOf(row), approvals).reached) inForce.push(row)
    }
    return inForce.map(({ n, json, sha256, at }) => {
      const { decision, tool } = JSON.parse(json) as {
        decision?: { outcome?: Outcome | null; changedSince?: Translated<string> }
        tool?: { versionOrPlan?: string }
      }
      return {
        version: n,
        decidedOn: localTime(new Date(at), timeZone).day,
        outcome: decision?.outcome ?? null,
        versionOrPlan: tool?.versionOrPlan ?? '',
        changedSince: decision?.changedSince ?? {},
        sha256,
      }
    })
  }

  async #read(
    id: DocumentId,
    n: number,
    languages: readonly string[],
    { timeZone, policy, lists, today }: Ground,
  ): Promise<CatalogueEntry | null> {
    const row = (await this.#decided(id)).find((one) => one.n === n)
    // Purged in this very moment.
    if (!row) return null
    const text = parseDocument(typeOfDocument('evaluation'), row.json, languages) as unknown as Evaluation
    const decided = {
      id,
      version: n,
      sha256: row.sha256,
      decidedOn: localTime(new Date(row.at), timeZone).day,
    }
    return entryOf(text, decided, lists, policy, today)
  }

  /** Versions that somebody has approved, with the moment of the last hand, the latest first. */
  #decided(id: DocumentId): Promise<Decided[]> {
    return this.#ports.journal.rows
      .selectFrom('version')
      .innerJoin('decision', (join) =>
        join.onRef('decision.document', '=', 'version.document').onRef('decision.n', '=', 'version.n'),
      )
      .select(['version.n', 'version.json', 'version.sha256', 'version.route'])
      .select(({ fn }) => fn.max('decision.at').as('at'))
      .where('version.document', '=', id)
      .where('decision.verdict', '=', 'approve')
      .groupBy(['version.n', 'version.json', 'version.sha256', 'version.route'])
      .orderBy('version.n', 'desc')
      .execute()
  }

  async #today(): Promise<string> {
    const { timeZone } = await this.#ports.organisation.read()
    return localTime(this.#ports.now(), timeZone).day
  }
}
