/**
 * A list changes, and what relies on it is reopened (DOMAIN E-30). What was approved stays what it is; from then on it says that its ground
 * has moved, until another version is in force, or the ground is back.
 */
import { createHash } from 'node:crypto'
import type { Selectable, Transaction } from 'kysely'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { lostGround, RELIED_ON, type Loss } from '@auzolan/shared/checks/evaluation/lost-ground.ts'
import { parseDocument } from '@auzolan/shared/checks/run.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { WRITERS } from '@auzolan/shared/grants.ts'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import type {
  Edition,
  EditionApplied,
  EditionGiven,
  Preview,
  Relying,
  Reopened,
} from '@auzolan/shared/protocol/reference.ts'
import type { ReopenedTask } from '@auzolan/shared/protocol/review.ts'
import type { ListId } from '@auzolan/shared/reference/references.ts'
import type { Evaluation } from '@auzolan/shared/schema/evaluation.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Claims } from '../access/claims.ts'
import type { Documents } from '../documents/documents.ts'
import { record } from '../journal/audit.ts'
import { digestOf } from '../journal/digest.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists, Would } from '../organisation/reference-lists.ts'
import type { Teams } from '../teams/teams.ts'
import { tellReopened, tellSettled } from './notices.ts'
import { envelopes, flowOf, type Standings } from './standing.ts'
import type { VersionRow, Versions } from './versions.ts'

type ReopeningRow = Selectable<Tables['reopening']>

export interface ReopeningPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly teams: Teams
  readonly standings: Standings
  readonly versions: Versions
  readonly organisation: DescribedOrganisation
  readonly lists: ReferenceLists
  readonly now: () => Date
}

export class Reopenings {
  readonly #ports: ReopeningPorts
  constructor(ports: ReopeningPorts) {
    this.#ports = ports
  }

  /** What replacing a list would mean for evaluations. Of those whoever asks may not read, how many there are, by team. */
  async preview(claims: Claims, list: ListId, given: EditionGiven): Promise<Preview | Refusal> {
    const { journal, lists, standings } = this.#ports
    const would = await lists.would(list, given, journal.rows)
    if (isRefusal(would)) return would
    const all = await this.#relying(journal.rows, list, would)
    const relying: Relying[] = []
    const hidden = new Map<string, Preview['hidden'][number]>()
    for (const { teamId, personal, ...one } of all) {
      const standing = await standings.of(journal.rows, one.document as DocumentId, claims)
      if (!isRefusal(standing)) {
        relying.push(one)
        continue
      }
      // The space of a person is called as they are, and stands on nobody's list: all of them are one.
      const [key, team] = personal ? ['', null] : [teamId, one.team]
      const { reopened, settled } = hidden.get(key) ?? { reopened: 0, settled: 0 }
      const [more, back] = one.losses.length > 0 ? [1, 0] : [0, 1]
      hidden.set(key, { team, reopened: reopened + more, settled: settled + back })
    }
    return { seen: seenOf(all), relying, hidden: [...hidden.values()] }
  }

  /** Replaces a list, and reopens what relies on it; not when that is something else than what was seen. */
  async apply(
    claims: Claims,
    list: ListId,
    { seen = '', ...given }: EditionApplied,
  ): Promise<Edition | Refusal> {
    const { lists, documents, now } = this.#ports
    const moved = new Set<DocumentId>()
    const looked = await this.#look(list, given)
    if (isRefusal(looked)) return looked
    const changed = await lists.change(list, given, claims, async (rows, would) => {
      const relying =
        (await this.#ground(rows)) === looked.ground ? looked.relying : await this.#relying(rows, list, would)
      if (seenOf(relying) !== seen)
        return refusal('CHANGED_MEANWHILE', 'other evaluations rely on it than those that were seen')
      return async ({ n: edition }) => {
        if (relying.length === 0) return
        const stamp = { at: now().toISOString(), checkedWith: await lists.keep(rows), list, edition }
        for (const one of relying) await this.#reopen(rows, one, claims, stamp)
        for (const { document } of relying) moved.add(document as DocumentId)
      }
    })
    if (!isRefusal(changed)) for (const document of moved) documents.standingChanged(document)
    return changed
  }

  /** What a document says of itself: its version in force is reopened, the one in review is checked with other lists than it was sent with. */
  async of(id: DocumentId): Promise<Reopened[]> {
    const { rows } = this.#ports.journal
    const flow = await this.#ports.standings.flow(id)
    const sent = flow?.work === 'in_review' ? await this.#ports.versions.latest(rows, id) : undefined
    const found = [
      await reopenedNow(rows, id, flow?.inForce?.version ?? null, true),
      await reopenedNow(rows, id, sent?.n ?? null, false),
    ]
    return found.filter((one) => one !== null)
  }

  /** Evaluations in force that are reopened and not in review yet: for those who write them, and for those who decide. */
  async tasks(claims: Claims): Promise<ReopenedTask[]> {
    const { journal, teams } = this.#ports
    const roles = await teams.rolesOf(claims)
    const mine = [...roles].filter(([, held]) =>
      held.some((role) => role === 'director' || WRITERS.includes(role)),
    )
    const found = await journal.rows
      .selectFrom('document')
      .select(['id', 'title', 'in_force'])
      .where('team_id', 'in', ['', ...mine.map(([team]) => team)])
      .where('id', 'in', journal.rows.selectFrom('reopening').select('document'))
      .where('work', '!=', 'in_review')
      .where('archived', '=', 0)
      .where('trashed_at', 'is', null)
      .execute()
    const tasks: ReopenedTask[] = []
    for (const { id: document, title, in_force } of found) {
      const reopened = await reopenedNow(journal.rows, document, in_force, true)
      if (!reopened) continue
      const { version, list, by, at: since } = reopened
      const about = { document, title: JSON.parse(title) as Translated<string> }
      tasks.push({ kind: 'reopened', ...about, version, list, by, since, due: null })
    }
    return tasks
  }

  /** Reading every evaluation takes long, and nobody can write meanwhile if it is done within the change. */
  async #look(list: ListId, given: EditionGiven): Promise<Looked | Refusal> {
    const { journal, lists } = this.#ports
    // Before the rest: what changes while it is read is seen in the change, as another ground.
    const ground = await this.#ground(journal.rows)
    const would = await lists.would(list, given, journal.rows)
    if (isRefusal(would)) return would
    return { ground, relying: await this.#relying(journal.rows, list, would) }
  }

  /** All that what relies on a list is found by, without its texts: a version is never written over, and neither is a reopening. */
  async #ground(rows: Rows): Promise<string> {
    const { lists, organisation, now } = this.#ports
    const today = localTime(now(), (await organisation.read(rows)).timeZone).day
    const documents = await rows
      .selectFrom('document')
      .innerJoin('team', 'team.id', 'document.team_id')
      .select(['document.id', 'title', 'team_id', 'team.name', 'personal_of', 'kind', 'work', 'in_force'])
      .select(['archived', 'trashed_at'])
      .select((document) => [
        document
          .selectFrom('version')
          .select(({ fn }) => fn.max('version.n').as('n'))
          .whereRef('version.document', '=', 'document.id')
          .as('last'),
        document
          .selectFrom('reopening')
          .select(({ fn }) => fn.max('reopening.n').as('n'))
          .whereRef('reopening.document', '=', 'document.id')
          .as('reopened'),
      ])
      .where('type', '=', 'evaluation')
      .orderBy('document.id')
      .execute()
    return canonicalJson([today, (await lists.read(rows)).version, documents] as unknown as Json)
  }

  /** Each version that would be reopened, reopened for another reason, or has its ground back. */
  async #relying(rows: Rows, list: ListId, { before, after }: Would): Promise<Found[]> {
    if (!RELIED_ON.includes(list)) return []
    const { versions, lists, organisation, now } = this.#ports
    const today = localTime(now(), (await organisation.read(rows)).timeZone).day
    const documents = await envelopes(rows)
      .innerJoin('team', 'team.id', 'document.team_id')
      .select(['team.name as team_name', 'team.personal_of'])
      .where('type', '=', 'evaluation')
      .where('kind', '=', 'document')
      .where('archived', '=', 0)
      .where('trashed_at', 'is', null)
      .orderBy('document.id')
      .execute()
    const found: Found[] = []
    for (const document of documents) {
      const id = document.id as DocumentId
      const { work, inForce } = flowOf(document)
      const standing = [
        { row: inForce ? await versions.row(rows, id, inForce.version) : undefined, inForce: true },
        { row: work === 'in_review' ? await versions.latest(rows, id) : undefined, inForce: false },
      ]
      for (const { row, inForce } of standing) {
        const evaluation = row && textOf(row)
        // Nobody relies on what was withdrawn.
        if (!evaluation || (inForce && evaluation.decision.outcome === 'withdrawn')) continue
        // What it was decided or sent with: an edition between then and now that was a mistake is nothing it rests on.
        const ground = inForce ? await lists.of(row, rows) : await lists.kept(row.checked_with, rows)
        const losses = lostGround(evaluation, ground, after, today)
        const known = (await reopenedNow(rows, id, row.n, inForce))?.losses ?? []
        if (same(losses, known)) continue
        if (known.length === 0 && lostGround(evaluation, before, after, today).length === 0) continue
        found.push({
          document: id,
          title: JSON.parse(document.title) as Translated<string>,
          team: JSON.parse(document.team_name) as Translated<string>,
          teamId: document.team_id as TeamId,
          personal: document.personal_of !== null,
          version: row.n,
          inForce,
          losses,
        })
      }
    }
    return found
  }

  async #reopen(
    rows: Transaction<Tables>,
    { document, teamId, title, version, inForce, losses }: Found,
    { person, name }: Claims,
    { at, checkedWith, list, edition }: Stamp,
  ): Promise<void> {
    const last = await rows
      .selectFrom('reopening')
      .select(({ fn }) => fn.max('n').as('n'))
      .where('document', '=', document)
      .executeTakeFirst()
    const row: ReopeningRow = {
      document,
      n: Number(last?.n ?? 0) + 1,
      version,
      in_force: inForce ? 1 : 0,
      list,
      edition,
      losses: canonicalJson(losses as unknown as Json),
      checked_with: checkedWith,
      at,
      person,
      person_name: name,
    }
    await rows.insertInto('reopening').values(row).execute()
    const settled = losses.length === 0
    await record(rows, {
      at,
      actor: person,
      action: settled ? 'evaluation.settle' : 'evaluation.reopen',
      subject: document,
      detail: { reopening: row.n, of: version, inForce, list, edition, digest: digestOf('reopening', row) },
    })
    const about = { document, team: teamId, title, version, by: { id: person, name } }
    await (settled ? tellSettled : tellReopened)(rows, at, about)
  }
}

/**
 * Whether a version is reopened: `under_review` for whoever asks of the one in force. Another version in force ends it by itself, since it
 * is of that one that is asked then.
 */
export async function reopenedNow(
  rows: Rows,
  document: string,
  version: number | null,
  inForce: boolean,
): Promise<Reopened | null> {
  if (version === null) return null
  const row = await rows
    .selectFrom('reopening')
    .selectAll()
    .where('document', '=', document)
    .where('version', '=', version)
    .where('in_force', '=', inForce ? 1 : 0)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst()
  const losses = row ? (JSON.parse(row.losses) as Loss[]) : []
  if (!row || losses.length === 0) return null
  return {
    version,
    inForce,
    losses,
    list: row.list as ListId,
    edition: row.edition,
    at: row.at,
    by: { id: row.person, name: row.person_name },
  }
}

interface Found extends Relying {
  readonly teamId: TeamId
  readonly personal: boolean
}
interface Looked {
  readonly ground: string
  readonly relying: readonly Found[]
}
interface Stamp {
  readonly at: string
  readonly checkedWith: string
  readonly list: ListId
  readonly edition: number
}

const textOf = ({ json, languages }: VersionRow): Evaluation =>
  parseDocument(
    typeOfDocument('evaluation'),
    json,
    JSON.parse(languages) as string[],
  ) as unknown as Evaluation
const same = (a: readonly Loss[], b: readonly Loss[]): boolean =>
  canonicalJson(a as unknown as Json) === canonicalJson(b as unknown as Json)
const seenOf = (relying: readonly Found[]): string =>
  relying.length === 0
    ? ''
    : createHash('sha256')
        .update(
          canonicalJson(
            relying.map(({ document, version, inForce, losses }) => [
              document,
              version,
              inForce,
              losses,
            ]) as unknown as Json,
          ),
        )
        .digest('hex')
