/**
 * What a link of ours is about, for somebody who has it before them in a chat or a mail: as much as they would read behind it, and nothing for
 * whoever would find a closed door.
 */
import { comparedIn } from '@auzolan/shared/catalogue/compared.ts'
import { mayIUse } from '@auzolan/shared/catalogue/may-i-use.ts'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { isRecordId, parseDocumentId, type DocumentId } from '@auzolan/shared/ids.ts'
import { COMPARED_MIN, TOOL_NAME_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { Told, ToldPart } from '@auzolan/shared/protocol/house.ts'
import { CLASSES } from '@auzolan/shared/schema/evaluation/features.ts'
import { USE_LEVELS } from '@auzolan/shared/schema/evaluation/levels.ts'
import { DATA_CLASSES } from '@auzolan/shared/schema/evaluation/privacy.ts'
import { FACTS } from '@auzolan/shared/types/facts.ts'
import type { Access } from '../access/access.ts'
import type { Claims } from '../access/claims.ts'
import type { CatalogueEntries } from '../catalogue/entries.ts'
import type { ToolSuggestions } from '../catalogue/tool-suggestions.ts'
import type { Documents } from '../documents/documents.ts'
import type { Journal } from '../journal/journal.ts'
import type { SuggestionsFound } from './suggestions-found.ts'
import { STATUS_WORDS, VERDICT_WORDS, sectionLabel, toldOfSuggestion, toldOfTool } from './told.ts'

export interface PreviewPorts {
  readonly journal: Journal
  readonly access: Access
  readonly documents: Documents
  readonly catalogue: CatalogueEntries
  readonly suggestions: SuggestionsFound
  readonly toolSuggestions: Pick<ToolSuggestions, 'evaluatedAs'>
}

const among = <Id extends string>(
  options: readonly { readonly id: Id }[],
  id: string | null,
): Id | undefined => options.find((one) => one.id === id)?.id

export class Previews {
  readonly #ports: PreviewPorts
  constructor(ports: PreviewPorts) {
    this.#ports = ports
  }

  /** @param path below the app, with its query; null for what is no page of ours, is not there, or is not theirs to read */
  async of(claims: Claims, path: string): Promise<Told | null> {
    if (!URL.canParse(path, 'https://house.invalid')) return null
    const { pathname, searchParams } = new URL(path, 'https://house.invalid')
    const [screen, id = '', ...rest] = pathname.split('/').filter(Boolean)
    // A screen that can be linked to and read by somebody is told of here.
    switch (screen) {
      case 'd':
        return this.#document(claims, id, rest)
      case 'tools':
        return id === 'compare' ? this.#comparison(searchParams) : this.#tool(id)
      case 'suggest':
        return this.#suggestion(id)
      case 'may-i-use':
        return this.#answer(searchParams)
      default:
        return null
    }
  }

  async #document(
    claims: Claims,
    said: string,
    [place = '', part = '']: readonly string[],
  ): Promise<Told | null> {
    const { access, documents } = this.#ports
    const id = parseDocumentId(said)
    if (id === null) return null
    const entered = await access.enter(claims, id)
    if (isRefusal(entered)) return null
    const document = await documents.summary(id, claims)
    if (!document) return null
    const { type, title, team, archived } = document
    const link = `/d/${id}`
    if (place === 'calendar' && isRecordId(part)) {
      const post = entered.may('calendar').read ? await this.#titleOfPost(id, part) : null
      if (post !== null)
        return {
          kind: 'post',
          title: post,
          parts: [{ text: title }, { text: team.name }],
          link: `${link}/calendar/${part}`,
        }
    }
    const section = sectionLabel(type, place)
    const parts: ToldPart[] = [
      { word: FACTS[type].label },
      ...(section === '' ? [] : [{ word: section }]),
      { text: team.name },
      ...(archived ? [{ word: 'Archived' }] : []),
    ]
    return { kind: 'document', title, parts, link: section === '' ? link : `${link}/${place}` }
  }

  /** As it was read for the search. */
  async #titleOfPost(document: DocumentId, post: string): Promise<string | null> {
    const row = await this.#ports.journal.rows
      .selectFrom('passage')
      .select('text')
      .where('document', '=', document)
      .where('kind', '=', 'calendar')
      .where('path', '=', `posts/${post}/title`)
      .where('restricted', '=', 0)
      .executeTakeFirst()
    return row?.text ?? null
  }

  async #tool(id: string): Promise<Told | null> {
    const listed = await this.#ports.catalogue.one(id)
    return listed && toldOfTool({ ...listed.entry, status: listed.status })
  }

  /** As the page shows it: of those that the catalogue has, and of one alone nothing. */
  async #comparison(query: URLSearchParams): Promise<Told | null> {
    const { ids } = comparedIn(query.get('tools'))
    const listed = await Promise.all(ids.map((id) => this.#ports.catalogue.one(id)))
    const known = listed.flatMap((one) => one ?? [])
    if (known.length < COMPARED_MIN) return null
    return {
      kind: 'comparison',
      title: known.map(({ entry }) => entry.name).join(' · '),
      parts: [
        { word: 'Compare tools' },
        ...known.flatMap(({ entry, status }) => [{ text: entry.name }, { word: STATUS_WORDS[status] }]),
      ],
      link: `/tools/compare?tools=${known.map(({ entry }) => entry.id).join(',')}`,
    }
  }

  async #suggestion(id: string): Promise<Told | null> {
    const found = await this.#ports.suggestions.one(id)
    return found && toldOfSuggestion(found)
  }

  /** With a part of the question missing it is a question, and of nobody in particular. */
  async #answer(query: URLSearchParams): Promise<Told | null> {
    const tool = (query.get('tool') ?? '').trim().slice(0, TOOL_NAME_MAX_CHARACTERS)
    // Whoever does not know what data they have is answered as the page does.
    const data = query.get('data') === 'unsure' ? 'personal_citizen' : among(DATA_CLASSES, query.get('data'))
    const level = among(USE_LEVELS, query.get('level'))
    if (tool === '' || !query.get('for') || !data || !level) return null
    const all = await this.#ports.catalogue.all()
    const answer = mayIUse(
      await this.#ports.toolSuggestions.evaluatedAs(tool, all),
      { purpose: among(CLASSES, query.get('for')) ?? null, data, level },
      all,
    )
    if (!answer) return null
    const { entry, verdict } = answer
    const status = all.find((one) => one.entry === entry)!.status
    const label = (
      options: readonly { readonly id: string; readonly label: string }[],
      id: string,
    ): ToldPart => ({
      word: options.find((one) => one.id === id)!.label,
    })
    return {
      kind: 'answer',
      title: entry.name,
      parts: [
        { word: VERDICT_WORDS[verdict] },
        label(DATA_CLASSES, data),
        label(USE_LEVELS, level),
        ...(verdict === 'no' ? [{ word: STATUS_WORDS[status] }] : []),
        ...(verdict === 'yes' || verdict === 'conditions'
          ? [{ word: 'Holds until {day}', day: entry.nextReviewOn }]
          : []),
      ],
      link: `/may-i-use?${query.toString()}`,
    }
  }
}
