/**
 * What is said of a tool beside its evaluation: which departments use it, how one learns it, who can show it (DOMAIN C.1). Whoever is in the house
 * says it for their department; of people there are counts, and the names of those who offer to teach.
 */
import { careOf, isWatched, type Care } from '@auzolan/shared/catalogue/upkeep.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { WRITERS, type Role } from '@auzolan/shared/grants.ts'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import { MATERIALS_MAX, TEACHERS_MAX } from '@auzolan/shared/limits.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type {
  CareLine,
  CareList,
  MaterialGiven,
  PromiseGiven,
  TeachGiven,
  Upkeep,
  UseGiven,
} from '@auzolan/shared/protocol/upkeep.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Transaction } from 'kysely'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { post } from '../outbox/outbox.ts'
import type { Teams } from '../teams/teams.ts'
import type { CatalogueEntries } from './entries.ts'
import { suggestionsWaiting } from './suggestions-waiting.ts'
import { saidOf, type Said } from './upkeep-rows.ts'
import { watches } from './watch.ts'

export interface UpkeepPorts {
  readonly journal: Journal
  readonly teams: Teams
  readonly organisation: DescribedOrganisation
  readonly catalogue: CatalogueEntries
  readonly lists: ReferenceLists
  readonly now: () => Date
}

type Writing = Transaction<Tables>
/** What a person may is reckoned from this; the roles are those in the team of the evaluation. */
interface Standing {
  readonly claims: Claims
  readonly roles: readonly Role[]
  readonly described: Organisation
}
/** The person, before one tool. */
interface Before extends Standing {
  readonly id: DocumentId
  readonly today: string
  readonly at: string
}

/** Those who see to a tool: whoever writes its evaluation, whoever decides, and technology (C-06). */
const SEE_TO_IT: readonly Role[] = [...WRITERS, 'director', 'it']
const seesTo = (roles: readonly Role[]): boolean => roles.some((role) => SEE_TO_IT.includes(role))
const writes = (roles: readonly Role[]): boolean => roles.some((role) => WRITERS.includes(role))
const trains = ({ claims, roles, described }: Standing): boolean =>
  watches(claims, described) || writes(roles)
/** Taken back when it is said again. */
export const useKey = (document: string, department: string): string =>
  `tool/${document}/use/${encodeURIComponent(department)}`

export class ToolUpkeep {
  readonly #ports: UpkeepPorts
  constructor(ports: UpkeepPorts) {
    this.#ports = ports
  }

  async read(claims: Claims, id: DocumentId): Promise<Upkeep | Refusal> {
    const before = await this.#before(this.#ports.journal.rows, claims, id)
    return isRefusal(before) ? before : upkeepOf(this.#ports.journal.rows, before)
  }

  /** What the person should see to: of all tools, or of those whose evaluations are theirs. */
  async care(claims: Claims): Promise<CareList> {
    const { journal, teams, organisation, catalogue, now } = this.#ports
    const described = await organisation.read()
    const all = watches(claims, described)
    const today = localTime(now(), described.timeZone).day
    const roles = await teams.rolesOf(claims)
    const owners = new Map(
      (await tools(journal.rows).select(['id', 'team_id']).execute()).map((row) => [row.id, row.team_id]),
    )
    const rolesAt = (id: string): readonly Role[] => roles.get(owners.get(id) as TeamId) ?? []
    const said = await saidOf(journal.rows)
    return {
      watches: all,
      watched: isWatched(described.toolWatch),
      suggestions: all ? await suggestionsWaiting(journal.rows) : 0,
      lines: (await catalogue.all())
        .filter(({ entry }) => all || seesTo(rolesAt(entry.id)))
        .flatMap((listed) => {
          const { id } = listed.entry
          const standing = { claims, described, roles: rolesAt(id) }
          return careOf(listed, said(id), described.languages, today).map((care): CareLine => ({
            ...care,
            acts: acts(standing, care, said(id)),
          }))
        }),
    }
  }

  use(claims: Claims, id: DocumentId, department: string, given: UseGiven): Promise<Upkeep | Refusal> {
    return this.#change(claims, id, async (rows, before) => {
      if (!isDepartment(before, department)) return refusal('INVALID_INPUT', 'no such department')
      const sayer = await sayerOf(rows, id, department)
      const refused = notSpeaking(before, department, sayer)
      if (refused) return refused
      if (given.since > before.today) return refusal('INVALID_INPUT', 'used from a day to come on')
      if (given.until !== null && given.until < given.since)
        return refusal('INVALID_INPUT', 'it ends before it begins')
      const unknown = await this.#inUnknownLanguages(rows, before, given.useCase)
      if (unknown) return unknown
      const row = {
        since: given.since,
        until: given.until,
        level: given.level,
        use_case: JSON.stringify(given.useCase),
        people: given.people,
        satisfaction: given.satisfaction,
        data_classes: JSON.stringify(given.dataClasses),
        confirmed_on: before.today,
        person: speaksOn(before, department, sayer),
        at: before.at,
      }
      await rows
        .insertInto('tool_use')
        .values({ document: id, department, ...row })
        .onConflict((conflict) => conflict.columns(['document', 'department']).doUpdateSet(row))
        .execute()
      await post(rows, before.at, { kind: 'dismiss', key: useKey(id, department) })
      return ['tool.use', { department }]
    })
  }

  /** It still holds as it was said. */
  confirm(claims: Claims, id: DocumentId, department: string): Promise<Upkeep | Refusal> {
    return this.#change(claims, id, async (rows, before) => {
      const sayer = await sayerOf(rows, id, department)
      const refused = notSpeaking(before, department, sayer)
      if (refused) return refused
      if (sayer === null) return refusal('NOT_FOUND', 'the department has not said that it uses it')
      await rows
        .updateTable('tool_use')
        .set({
          confirmed_on: before.today,
          person: speaksOn(before, department, sayer),
          at: before.at,
        })
        .where('document', '=', id)
        .where('department', '=', department)
        .execute()
      await post(rows, before.at, { kind: 'dismiss', key: useKey(id, department) })
      return ['tool.useConfirm', { department }]
    })
  }

  /** It was said by mistake; what is over has a last day instead. */
  unuse(claims: Claims, id: DocumentId, department: string): Promise<Upkeep | Refusal> {
    return this.#change(claims, id, async (rows, before) => {
      const refused = notSpeaking(before, department, await sayerOf(rows, id, department))
      if (refused) return refused
      await rows
        .deleteFrom('tool_use')
        .where('document', '=', id)
        .where('department', '=', department)
        .execute()
      await post(rows, before.at, { kind: 'dismiss', key: useKey(id, department) })
      return ['tool.useRemove', { department }]
    })
  }

  material(
    claims: Claims,
    id: DocumentId,
    material: string,
    given: MaterialGiven,
  ): Promise<Upkeep | Refusal> {
    return this.#change(claims, id, async (rows, before) => {
      if (!trains(before)) return refusal('NOT_ALLOWED', 'for those who write it, or watch over the tools')
      const unknown = await this.#inUnknownLanguages(rows, before, given.title)
      if (unknown) return unknown
      const others = await rows
        .selectFrom('tool_material')
        .select('id')
        .where('document', '=', id)
        .where('id', '!=', material)
        .execute()
      if (others.length >= MATERIALS_MAX) return refusal('DOCUMENT_FULL', 'very much material')
      const { title, accessible, updatedOn: updated_on, ...rest } = given
      const row = {
        ...rest,
        title: JSON.stringify(title),
        accessible: accessible ? 1 : 0,
        updated_on,
        at: before.at,
      }
      await rows
        .insertInto('tool_material')
        .values({ document: id, id: material, ...row })
        .onConflict((conflict) => conflict.columns(['document', 'id']).doUpdateSet(row))
        .execute()
      // What was promised was a way to learn it in a language of the house: now there is one (C-02).
      if (before.described.languages.includes(given.language))
        await rows.deleteFrom('tool_promise').where('document', '=', id).execute()
      return ['tool.material', { material }]
    })
  }

  removeMaterial(claims: Claims, id: DocumentId, material: string): Promise<Upkeep | Refusal> {
    return this.#change(claims, id, async (rows, before) => {
      if (!trains(before)) return refusal('NOT_ALLOWED', 'for those who write it, or watch over the tools')
      await rows.deleteFrom('tool_material').where('document', '=', id).where('id', '=', material).execute()
      return ['tool.materialRemove', { material }]
    })
  }

  promise(claims: Claims, id: DocumentId, { by }: PromiseGiven): Promise<Upkeep | Refusal> {
    return this.#change(claims, id, async (rows, before) => {
      if (!trains(before)) return refusal('NOT_ALLOWED', 'for those who write it, or watch over the tools')
      if (by !== null && by < before.today) return refusal('INVALID_INPUT', 'promised for a day that is over')
      await rows.deleteFrom('tool_promise').where('document', '=', id).execute()
      if (by !== null)
        await rows.insertInto('tool_promise').values({ document: id, due_on: by, at: before.at }).execute()
      return ['tool.promise', { by }]
    })
  }

  /** Anybody, of themselves. */
  teach(claims: Claims, id: DocumentId, { department }: TeachGiven): Promise<Upkeep | Refusal> {
    return this.#change(claims, id, async (rows, before) => {
      if (department !== null && !before.described.departments.some((one) => one.id === department))
        return refusal('INVALID_INPUT', 'no such department')
      const others = await rows
        .selectFrom('tool_teacher')
        .select('person')
        .where('document', '=', id)
        .where('person', '!=', claims.person)
        .execute()
      if (others.length >= TEACHERS_MAX) return refusal('DOCUMENT_FULL', 'very many can teach it')
      const row = { person_name: claims.name, department, at: before.at }
      await rows
        .insertInto('tool_teacher')
        .values({ document: id, person: claims.person, ...row })
        .onConflict((conflict) => conflict.columns(['document', 'person']).doUpdateSet(row))
        .execute()
      return ['tool.teach', {}]
    })
  }

  /** Oneself, or whoever has left, by those who say how it is learnt. */
  unteach(claims: Claims, id: DocumentId, person: string): Promise<Upkeep | Refusal> {
    return this.#change(claims, id, async (rows, before) => {
      if (person !== claims.person && !trains(before))
        return refusal('NOT_ALLOWED', 'for oneself, and for those who write it or watch over the tools')
      await rows.deleteFrom('tool_teacher').where('document', '=', id).where('person', '=', person).execute()
      return ['tool.teachRemove', { person }]
    })
  }

  /** Words are kept in languages that the house writes in or knows, and under no other name. */
  async #inUnknownLanguages(
    rows: Rows,
    { described }: Before,
    words: Translated<string>,
  ): Promise<Refusal | null> {
    const { languages } = await this.#ports.lists.now(rows)
    const known = new Set([...described.languages, ...languages.map(({ id }) => id)])
    const all = Object.keys(words).every((language) => known.has(language))
    return all ? null : refusal('INVALID_INPUT', 'in a language that nobody knows here')
  }

  #change(
    claims: Claims,
    id: DocumentId,
    work: (
      rows: Writing,
      before: Before,
    ) => Promise<Refusal | readonly [action: string, detail: { readonly [key: string]: string | null }]>,
  ): Promise<Upkeep | Refusal> {
    return this.#ports.journal.transact(async (rows) => {
      const before = await this.#before(rows, claims, id)
      if (isRefusal(before)) return before
      const done = await work(rows, before)
      if (isRefusal(done)) return done
      const [action, detail] = done
      await record(rows, { at: before.at, actor: claims.person, action, subject: id, detail })
      return upkeepOf(rows, before)
    })
  }

  async #before(rows: Rows, claims: Claims, id: DocumentId): Promise<Before | Refusal> {
    const { teams, organisation, now } = this.#ports
    const tool = await tools(rows).select('team_id').where('id', '=', id).executeTakeFirst()
    if (!tool) return refusal('NOT_FOUND', 'no such tool')
    const described = await organisation.read(rows)
    return {
      ...{ claims, id, described },
      roles: await teams.rolesIn(tool.team_id as TeamId, claims, rows),
      today: localTime(now(), described.timeZone).day,
      at: now().toISOString(),
    }
  }
}

/** Evaluations whose tools are in the catalogue. */
export const tools = (rows: Rows) =>
  rows
    .selectFrom('document')
    .where('type', '=', 'evaluation')
    .where('kind', '=', 'document')
    .where('in_force', 'is not', null)
    .where('archived', '=', 0)
    .where('trashed_at', 'is', null)

/** Departments the house knows the person to be of: by their groups. */
const ownOf = ({ claims, described }: Standing): readonly string[] =>
  described.departments
    .filter(({ group }) => Boolean(group) && claims.groups.includes(group!))
    .map(({ id }) => id)
/** Where the house knows who is in a department, only those speak for it; where it does not, anybody may. */
const speaksFor = ({ claims, described }: Standing): readonly string[] =>
  described.departments
    .filter(({ group }) => !group || claims.groups.includes(group) || watches(claims, described))
    .map(({ id }) => id)
/** What stands there is corrected by whoever said it, the people of the department, and whoever looks after the tools. */
const mayCorrect = (standing: Standing, department: string, sayer: string): boolean =>
  sayer === standing.claims.person ||
  watches(standing.claims, standing.described) ||
  ownOf(standing).includes(department)

/** Whose it is from now on: what somebody puts right for a department that is not theirs stays with whoever said it. */
const speaksOn = (standing: Standing, department: string, sayer: string | null): string =>
  sayer && !ownOf(standing).includes(department) ? sayer : standing.claims.person

const isDepartment = ({ described }: Standing, department: string): boolean =>
  described.departments.some(({ id }) => id === department)
/** Who said it last; `null` where nobody has said anything. */
async function sayerOf(rows: Rows, document: string, department: string): Promise<string | null> {
  const row = await rows
    .selectFrom('tool_use')
    .select('person')
    .where('document', '=', document)
    .where('department', '=', department)
    .executeTakeFirst()
  return row?.person ?? null
}
function notSpeaking(standing: Standing, department: string, sayer: string | null): Refusal | null {
  if (sayer !== null)
    return mayCorrect(standing, department, sayer)
      ? null
      : refusal(
          'NOT_ALLOWED',
          'for whoever said it, those of the department, and those who look after the tools',
        )
  if (!isDepartment(standing, department)) return refusal('INVALID_INPUT', 'no such department')
  return speaksFor(standing).includes(department)
    ? null
    : refusal('NOT_ALLOWED', 'for those of the department')
}

/** Whether the person is one of those who can do it. */
function acts(standing: Standing, care: Care, { uses }: Said): boolean {
  switch (care.kind) {
    case 'review':
    case 'beyond':
      return writes(standing.roles)
    case 'training':
      return trains(standing)
    case 'confirm':
      return mayCorrect(
        standing,
        care.department,
        uses.find(({ department }) => department === care.department)?.saidBy ?? '',
      )
  }
}

async function upkeepOf(rows: Rows, before: Before): Promise<Upkeep> {
  const { uses, ...said } = (await saidOf(rows, before.id))(before.id)
  return {
    ...said,
    uses: uses.map(({ saidBy, ...use }) => ({
      ...use,
      changes: mayCorrect(before, use.department, saidBy),
    })),
    speaksFor: speaksFor(before),
    own: ownOf(before),
    trains: trains(before),
  }
}
