/**
 * What people in the house say of tools that nobody has evaluated (DOMAIN C.1, C-06): a tool has one suggestion, and each person one voice on
 * it, so that five who ask are one request. Not `comments/suggestions.ts`, which is about texts.
 */
import type { Transaction } from 'kysely'
import { calledLike, type Listed } from '@auzolan/shared/catalogue/may-i-use.ts'
import { suggestionKey } from '@auzolan/shared/catalogue/suggestion.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { Likeness } from '@auzolan/shared/find/alike.ts'
import { likenessOf, toolPartsOf } from '@auzolan/shared/find/tool-said.ts'
import { newUuid } from '@auzolan/shared/ids.ts'
import {
  IMPORTS_PER_PERSON_MAX,
  IMPORTS_PER_SUGGESTION_MAX,
  SUGGESTIONS_ALIKE_MAX,
  SUGGESTIONS_MAX,
  SUGGESTIONS_PER_DAY_MAX,
} from '@auzolan/shared/limits.ts'
import type {
  AlikeAsked,
  AskedBefore,
  KeptImport,
  SuggestionGiven,
  SuggestionList,
  SuggestionPage,
  SuggestionSummary,
  SuggestionsAlike,
  SuggestionTaken,
  VoiceSaid,
  VoiceTerms,
} from '@auzolan/shared/protocol/suggestions.ts'
import type { Claims } from '../access/claims.ts'
import { readableWith } from '../documents/documents.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import type { Teams } from '../teams/teams.ts'
import type { CatalogueEntries } from './entries.ts'
import { standingFor, withDuplicates } from './duplicates.ts'
import { speak, voicesIn } from './voices.ts'
import { watches } from './watch.ts'
import { dropAbandoned } from './abandoned.ts'
import {
  evaluationOf,
  gathered,
  importsOf,
  mostKnownFirst,
  newestOfEach,
  suggestionsIn,
  summaryOf,
  voiceOf,
  type SuggestionRow,
} from './suggestion-rows.ts'

type Writing = Transaction<Tables>

export interface ToolSuggestionsPorts {
  readonly journal: Journal
  readonly teams: Teams
  readonly catalogue: CatalogueEntries
  readonly organisation: DescribedOrganisation
  readonly lists: ReferenceLists
  readonly now: () => Date
}

export class ToolSuggestions {
  readonly #ports: ToolSuggestionsPorts
  constructor(ports: ToolSuggestionsPorts) {
    this.#ports = ports
  }

  /**
   * Names that were kept when fewer signs counted; to be called before anybody comes in. What is added to a key tells it from every other one,
   * so no two meet.
   */
  async keepNames(): Promise<void> {
    const { journal } = this.#ports
    const known = await journal.rows.selectFrom('suggestion').select(['id', 'name', 'folded']).execute()
    const other = known.filter(({ name, folded }) => suggestionKey(name) !== folded)
    if (other.length === 0) return
    await journal.transact(async (rows) => {
      for (const { id, name } of other)
        await rows
          .updateTable('suggestion')
          .set({ folded: suggestionKey(name) })
          .where('id', '=', id)
          .execute()
    })
  }

  async list(claims: Claims): Promise<SuggestionList> {
    return { suggestions: await this.#summaries(claims), maySettle: await this.#maySettle(claims) }
  }

  async #summaries(claims: Claims): Promise<SuggestionSummary[]> {
    const { rows } = this.#ports.journal
    const voices = Map.groupBy(await voicesIn(rows).execute(), ({ suggestion }) => suggestion)
    return gathered(await suggestionsIn(rows).execute())
      .map(({ row }) => summaryOf(row, voices.get(row.id) ?? [], claims.person))
      .sort(mostKnownFirst)
  }

  async page(claims: Claims, id: string): Promise<SuggestionPage | Refusal> {
    const { rows } = this.#ports.journal
    const own = await suggestionsIn(rows).where('suggestion.id', '=', id).executeTakeFirst()
    if (!own) return nothing
    const voices = await voicesIn(rows).where('suggestion', '=', id).execute()
    const standing = await standingFor(rows, id)
    const near = await suggestionsIn(rows)
      .where('suggestion.id', 'in', [standing, ...(await withDuplicates(rows, id))])
      .orderBy('name')
      .execute()
    const duplicates = near.filter((one) => one.id !== id && one.id !== standing)
    const into = standing === id ? undefined : near.find((one) => one.id === standing)
    const { row } = gathered([own, ...duplicates])[0]!
    const summary = summaryOf(row, voices, claims.person)
    const became = summary.entry === null ? null : await this.#ports.catalogue.one(summary.entry)
    const maySettle = await this.#maySettle(claims)
    return {
      ...summary,
      voices: voices.map((voice) =>
        voiceOf(voice, duplicates.find((one) => one.id === voice.origin)?.name ?? null),
      ),
      imported: importsOf(row),
      reason: row.declined,
      settled:
        row.settled_at === null
          ? null
          : { by: { id: row.settled_by ?? '', name: row.settled_by_name ?? '' }, at: row.settled_at },
      mergedInto: into ? { id: into.id, name: into.name } : null,
      duplicates: duplicates.map((one) => ({ id: one.id, name: one.name })),
      evaluation: await this.#readable(claims, row.evaluation_exists),
      became: became && { id: became.entry.id, name: became.entry.name },
      mayUnlink: row.evaluation_exists !== null && (maySettle || row.linked_by === claims.person),
      maySettle,
    }
  }

  async #maySettle(claims: Claims): Promise<boolean> {
    return watches(claims, await this.#ports.organisation.read())
  }

  async #readable(claims: Claims, document: string | null): Promise<string | null> {
    if (document === null) return null
    const { journal, teams } = this.#ports
    const found = await readableWith(journal.rows, await teams.rolesOf(claims))
      .where('id', '=', document)
      .executeTakeFirst()
    return found?.id ?? null
  }

  /** What is called or addressed like it: on the shelves, and among suggestions. */
  async alike(claims: Claims, asked: AlikeAsked): Promise<SuggestionsAlike> {
    const wanted = toolPartsOf(asked)
    const likeFirst = (a: { like: Likeness }, b: { like: Likeness }): number => RANK[a.like] - RANK[b.like]
    const suggestions = (await this.#summaries(claims)).flatMap((one) => {
      const like = one.status === 'duplicate' ? null : likenessOf(wanted, toolPartsOf(one))
      return like ? [{ ...one, like }] : []
    })
    const entries = (await this.#ports.catalogue.all()).flatMap(({ entry, status }) => {
      const like = likenessOf(wanted, toolPartsOf({ name: entry.name, address: entry.url }))
      return like ? [{ id: entry.id, name: entry.name, status, like }] : []
    })
    return {
      suggestions: suggestions.sort(likeFirst).slice(0, SUGGESTIONS_ALIKE_MAX),
      entries: entries.sort(likeFirst).slice(0, SUGGESTIONS_ALIKE_MAX),
    }
  }

  /** Who has asked for the tool of this name, or uses it. */
  async before(claims: Claims, name: string): Promise<AskedBefore | null> {
    const { rows } = this.#ports.journal
    const known = await calledSo(rows, name)
    const row = known && (await suggestionsIn(rows).where('suggestion.id', '=', known.id).executeTakeFirst())
    if (!row) return null
    const voices = await voicesIn(rows).where('suggestion', '=', row.id).execute()
    const { id, status, asks, uses, mine, entry } = summaryOf(row, voices, claims.person)
    return { id, status, asks, uses, mine, entry }
  }

  /** What is evaluated under this name; else what the tool that colleagues know by it was evaluated as. */
  async evaluatedAs(name: string, all: readonly Listed[]): Promise<readonly Listed[]> {
    const same = calledLike(name, all)
    if (same.length > 0) return same
    const { rows } = this.#ports.journal
    const known = await calledSo(rows, name)
    const row = known && (await suggestionsIn(rows).where('suggestion.id', '=', known.id).executeTakeFirst())
    return row && evaluationOf(row) === 'in_force'
      ? all.filter(({ entry }) => entry.id === row.evaluation)
      : []
  }

  /** In one transaction: whoever comes a moment later finds it there, and is on it. */
  async give(claims: Claims, given: SuggestionGiven): Promise<SuggestionTaken | Refusal> {
    const { journal, now } = this.#ports
    const at = now().toISOString()
    const category = await this.#knownKind(given.category)
    const voice = given.voice && (await this.#withKnown(given.voice))
    return journal.transact(async (rows) => {
      const known = await calledSo(rows, given.name)
      const id = known?.id ?? newUuid()
      if (!known) {
        const { count } = await rows
          .selectFrom('suggestion')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow()
        if (count >= SUGGESTIONS_MAX) return refusal('DOCUMENT_FULL', 'very many suggestions')
        if ((await madeWithinADay(rows, claims, at)) >= SUGGESTIONS_PER_DAY_MAX)
          return refusal('ENOUGH_TODAY', 'very many suggestions of one person')
        await rows
          .insertInto('suggestion')
          .values(made(id, { ...given, category }, at))
          .execute()
      }
      const full =
        given.imported && (await addImport(rows, id, { ...given.imported, by: someone(claims), at }))
      // What somebody says themselves is not lost for want of room for what others have published.
      if (full && !voice) return full
      if (known) await completed(rows, known, { ...given, category })
      if (voice) await speak(rows, claims, id, voice, at)
      const action = known ? 'tool_suggestion.join' : 'tool_suggestion.add'
      await record(rows, {
        at,
        actor: claims.person,
        action,
        subject: id,
        detail: given.imported && !full ? { imported: given.imported.kind } : {},
      })
      return { id, made: !known, ...(full && { withoutImport: true }) }
    })
  }

  /** "I use it too", or what somebody says of it otherwise: in the place of what they said before. */
  async say(claims: Claims, id: string, { whole, ...said }: VoiceSaid): Promise<Refusal | null> {
    const terms = await this.#withKnown(said)
    return this.#change(id, async (rows, row, at) => {
      if (row.merged_into !== null) return refusal('ILLEGAL_MOVE', 'merged into another')
      await speak(rows, claims, id, terms, at, whole)
      await record(rows, {
        at,
        actor: claims.person,
        action: 'tool_suggestion.voice',
        subject: id,
        detail: {},
      })
      return null
    })
  }

  /** All that the person has said of it and brought in of it. What nobody speaks for any more is gone, unless somebody has answered it. */
  unsay(claims: Claims, id: string): Promise<Refusal | null> {
    return this.#change(id, async (rows, _row, at) => {
      const gone = await rows
        .deleteFrom('suggestion_voice')
        .where('suggestion', '=', id)
        .where('person', '=', claims.person)
        .returning('origin')
        .execute()
      const brought = await removeImports(rows, id, claims)
      if (gone.length === 0 && !brought) return null
      await record(rows, {
        at,
        actor: claims.person,
        action: 'tool_suggestion.voice_remove',
        subject: id,
        detail: {},
      })
      await dropAbandoned(rows, id, at)
      return null
    })
  }

  /** A draft may be older than the lists: what they do not have any more is as good as not said, and the words are taken. */
  async #withKnown(terms: VoiceTerms): Promise<VoiceTerms> {
    const { departments } = await this.#ports.organisation.read()
    const isKnown = departments.some(({ id }) => id === terms.department)
    return isKnown ? terms : { ...terms, department: null }
  }
  async #knownKind(category: string | null): Promise<string | null> {
    const { toolCategories } = await this.#ports.lists.now()
    return toolCategories.some(({ id }) => id === category) ? category : null
  }

  #change(
    id: string,
    work: (rows: Writing, row: SuggestionRow, at: string) => Promise<Refusal | null>,
  ): Promise<Refusal | null> {
    const { journal, now } = this.#ports
    return journal.transact(async (rows) => {
      const row = await suggestionOf(rows, id)
      return isRefusal(row) ? row : work(rows, row, now().toISOString())
    })
  }
}

const DAY_MS = 24 * 60 * 60 * 1000
const RANK = { same: 0, similar: 1 } as const
const nothing = refusal('NOT_FOUND', 'no such suggestion')
export const someone = ({ person, name }: Claims) => ({ id: person as string, name })

export async function suggestionOf(rows: Rows, id: string): Promise<SuggestionRow | Refusal> {
  const row = await rows.selectFrom('suggestion').selectAll().where('id', '=', id).executeTakeFirst()
  return row ?? nothing
}

/** By its name, or by one that was merged into it. */
async function calledSo(rows: Rows, name: string): Promise<SuggestionRow | null> {
  const row = await rows
    .selectFrom('suggestion')
    .selectAll()
    .where('folded', '=', suggestionKey(name))
    .executeTakeFirst()
  if (!row || row.merged_into === null) return row ?? null
  const into = await suggestionOf(rows, await standingFor(rows, row.id))
  return isRefusal(into) ? row : into
}

const made = (id: string, { name, address, category }: SuggestionGiven, at: string): SuggestionRow => ({
  ...{ id, name, folded: suggestionKey(name), address, category, made_at: at, imported: '[]' },
  ...{ evaluation: null, linked_by: null, declined: null, merged_into: null },
  ...{ settled_by: null, settled_by_name: null, settled_at: null },
})

/** What nobody had said of it yet. */
async function completed(rows: Writing, known: SuggestionRow, given: SuggestionGiven): Promise<void> {
  const address = known.address || given.address
  const category = known.category ?? given.category
  if (address !== known.address || category !== known.category)
    await rows.updateTable('suggestion').set({ address, category }).where('id', '=', known.id).execute()
}

/** Counted by the audit: what was taken back again has been made all the same. */
async function madeWithinADay(rows: Writing, { person }: Claims, at: string): Promise<number> {
  const { count } = await rows
    .selectFrom('audit')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('at', '>', new Date(Date.parse(at) - DAY_MS).toISOString())
    .where('actor', '=', person)
    .where('action', '=', 'tool_suggestion.add')
    .executeTakeFirstOrThrow()
  return count
}

/** Not more than there is room for, nor so much by one person that none is left for others. */
async function addImport(rows: Writing, id: string, one: KeptImport): Promise<Refusal | null> {
  const row = await suggestionOf(rows, id)
  if (isRefusal(row)) return row
  const before = importsOf(row)
  const kept = newestOfEach([...before, one])
  const own = kept.filter(({ by }) => by.id === one.by.id)
  const grows = kept.length > before.length
  if (grows && (kept.length > IMPORTS_PER_SUGGESTION_MAX || own.length > IMPORTS_PER_PERSON_MAX))
    return refusal('DOCUMENT_FULL', 'taken over very often')
  await keepImports(rows, id, kept)
  return null
}

/** Also what they have brought to one that was put together with it; false where that is nothing. */
async function removeImports(rows: Writing, id: string, { person }: Claims): Promise<boolean> {
  const group = await rows
    .selectFrom('suggestion')
    .select(['id', 'imported'])
    .where('id', 'in', await withDuplicates(rows, id))
    .execute()
  let removed = false
  for (const row of group) {
    const kept = importsOf(row).filter(({ by }) => by.id !== person)
    if (kept.length === importsOf(row).length) continue
    removed = true
    await keepImports(rows, row.id, kept)
  }
  return removed
}
const keepImports = async (rows: Writing, id: string, imports: readonly KeptImport[]): Promise<void> =>
  void (await rows
    .updateTable('suggestion')
    .set({ imported: JSON.stringify(imports) })
    .where('id', '=', id)
    .execute())
