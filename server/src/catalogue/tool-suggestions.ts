/**
 * What people in the house say of tools that nobody has evaluated (DOMAIN C.1, C-06): a tool has one suggestion, and each person one voice on
 * it, so that five who ask are one request. Not `comments/suggestions.ts`, which is about texts.
 */
import type { Transaction } from 'kysely'
import type { Imported } from '@auzolan/shared/catalogue/imported.ts'
import { suggestionKey } from '@auzolan/shared/catalogue/suggestion.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { Likeness } from '@auzolan/shared/find/alike.ts'
import { likenessOf, toolPartsOf } from '@auzolan/shared/find/tool-said.ts'
import { newUuid } from '@auzolan/shared/ids.ts'
import { IMPORTS_PER_SUGGESTION_MAX, SUGGESTIONS_ALIKE_MAX, SUGGESTIONS_MAX } from '@auzolan/shared/limits.ts'
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
} from '@auzolan/shared/protocol/suggestions.ts'
import type { Claims } from '../access/claims.ts'
import { readableWith } from '../documents/documents.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { Teams } from '../teams/teams.ts'
import type { CatalogueEntries } from './entries.ts'
import { speak, voicesIn } from './voices.ts'
import { watches } from './watch.ts'
import { takeBack } from '../review/suggestion-notices.ts'
import { mostKnownFirst, suggestionsIn, summaryOf, voiceOf, type SuggestionRow } from './suggestion-rows.ts'

type Writing = Transaction<Tables>

export interface ToolSuggestionsPorts {
  readonly journal: Journal
  readonly teams: Teams
  readonly catalogue: CatalogueEntries
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
}

export class ToolSuggestions {
  readonly #ports: ToolSuggestionsPorts
  constructor(ports: ToolSuggestionsPorts) {
    this.#ports = ports
  }

  async list(claims: Claims): Promise<SuggestionList> {
    return { suggestions: await this.#summaries(claims), maySettle: await this.#maySettle(claims) }
  }

  async #summaries(claims: Claims): Promise<SuggestionSummary[]> {
    const { rows } = this.#ports.journal
    const voices = Map.groupBy(await voicesIn(rows).execute(), ({ suggestion }) => suggestion)
    return (await suggestionsIn(rows).execute())
      .map((row) => summaryOf(row, voices.get(row.id) ?? [], claims.person))
      .sort(mostKnownFirst)
  }

  async page(claims: Claims, id: string): Promise<SuggestionPage | Refusal> {
    const { rows } = this.#ports.journal
    const row = await suggestionsIn(rows).where('suggestion.id', '=', id).executeTakeFirst()
    if (!row) return nothing
    const voices = await voicesIn(rows).where('suggestion', '=', id).execute()
    const named = await rows
      .selectFrom('suggestion')
      .select(['id', 'name', 'merged_into'])
      .where((one) => one.or([one('merged_into', '=', id), one('id', '=', row.merged_into ?? '')]))
      .orderBy('name')
      .execute()
    const duplicates = named.filter(({ merged_into: into }) => into === id)
    const into = named.find((one) => one.id === row.merged_into)
    return {
      ...summaryOf(row, voices, claims.person),
      voices: voices.map((voice) =>
        voiceOf(voice, duplicates.find((one) => one.id === voice.origin)?.name ?? null),
      ),
      imported: JSON.parse(row.imported) as KeptImport[],
      reason: row.declined,
      settled:
        row.settled_at === null
          ? null
          : { by: { id: row.settled_by ?? '', name: row.settled_by_name ?? '' }, at: row.settled_at },
      mergedInto: into ? { id: into.id, name: into.name } : null,
      duplicates: duplicates.map((one) => ({ id: one.id, name: one.name })),
      evaluation: await this.#readable(claims, row.evaluation_exists),
      maySettle: await this.#maySettle(claims),
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
    const { id, entry, status, asks, uses, mine } = summaryOf(row, voices, claims.person)
    return { id, entry, status, asks, uses, mine }
  }

  /** In one transaction: whoever comes a moment later finds it there, and is on it. */
  async give(claims: Claims, given: SuggestionGiven): Promise<SuggestionTaken | Refusal> {
    const { journal, now } = this.#ports
    const at = now().toISOString()
    return journal.transact(async (rows) => {
      const known = await calledSo(rows, given.name)
      const id = known?.id ?? newUuid()
      if (!known) {
        const { count } = await rows
          .selectFrom('suggestion')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow()
        if (count >= SUGGESTIONS_MAX) return refusal('DOCUMENT_FULL', 'very many suggestions')
        await rows
          .insertInto('suggestion')
          .values(made(id, given, at))
          .execute()
      } else await completed(rows, known, given)
      if (given.imported) {
        const full = await addImport(rows, id, { ...given.imported, by: someone(claims), at })
        if (full) return full
      }
      await speak(rows, claims, id, given.voice, at)
      const action = known ? 'tool_suggestion.join' : 'tool_suggestion.add'
      await record(rows, {
        at,
        actor: claims.person,
        action,
        subject: id,
        detail: given.imported ? { imported: given.imported.kind } : {},
      })
      return { id, made: !known }
    })
  }

  /** "I use it too", or what somebody says of it otherwise: in the place of what they said before. */
  say(claims: Claims, id: string, { whole, ...terms }: VoiceSaid): Promise<Refusal | null> {
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

  /** All that the person has said of it. What nobody speaks for any more is gone, unless somebody has settled it. */
  unsay(claims: Claims, id: string): Promise<Refusal | null> {
    return this.#change(id, async (rows, row, at) => {
      const gone = await rows
        .deleteFrom('suggestion_voice')
        .where('suggestion', '=', id)
        .where('person', '=', claims.person)
        .returning('origin')
        .execute()
      if (gone.length === 0) return null
      await record(rows, {
        at,
        actor: claims.person,
        action: 'tool_suggestion.voice_remove',
        subject: id,
        detail: {},
      })
      if (await isAbandoned(rows, row)) {
        await takeBack(rows, at, id)
        await rows.deleteFrom('suggestion').where('id', '=', id).execute()
      }
      return null
    })
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
  const into = await suggestionOf(rows, row.merged_into)
  return isRefusal(into) ? row : into
}

const made = (id: string, { name, address, category }: SuggestionGiven, at: string): SuggestionRow => ({
  ...{ id, name, folded: suggestionKey(name), address, category, made_at: at, imported: '[]' },
  ...{ evaluation: null, declined: null, merged_into: null },
  ...{ settled_by: null, settled_by_name: null, settled_at: null },
})

/** What nobody had said of it yet. */
async function completed(rows: Writing, known: SuggestionRow, given: SuggestionGiven): Promise<void> {
  const address = known.address || given.address
  const category = known.category ?? given.category
  if (address !== known.address || category !== known.category)
    await rows.updateTable('suggestion').set({ address, category }).where('id', '=', known.id).execute()
}

/** From the same source the newer one holds. */
async function addImport(rows: Writing, id: string, one: KeptImport): Promise<Refusal | null> {
  const row = await suggestionOf(rows, id)
  if (isRefusal(row)) return row
  const place = ({ kind, publisher, source }: Imported): string => JSON.stringify([kind, publisher, source])
  const kept = (JSON.parse(row.imported) as KeptImport[]).filter((other) => place(other) !== place(one))
  if (kept.length >= IMPORTS_PER_SUGGESTION_MAX) return refusal('DOCUMENT_FULL', 'taken over very often')
  await rows
    .updateTable('suggestion')
    .set({ imported: JSON.stringify([...kept, one]) })
    .where('id', '=', id)
    .execute()
  return null
}

/** Nobody speaks for it, nobody has settled anything, and nothing points at it. */
async function isAbandoned(rows: Writing, row: SuggestionRow): Promise<boolean> {
  if (row.settled_at !== null || row.evaluation !== null || row.merged_into !== null || row.imported !== '[]')
    return false
  const left = await rows
    .selectFrom('suggestion_voice')
    .select('person')
    .where((voice) => voice.or([voice('suggestion', '=', row.id), voice('origin', '=', row.id)]))
    .limit(1)
    .executeTakeFirst()
  if (left) return false
  const duplicate = await rows
    .selectFrom('suggestion')
    .select('id')
    .where('merged_into', '=', row.id)
    .limit(1)
    .executeTakeFirst()
  return duplicate === undefined
}
