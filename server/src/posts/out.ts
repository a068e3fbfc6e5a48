/** The calendars of a person's teams as they are taken out: for calendars of others (iCalendar) and for tools that publish (CSV). */
import { icsOf } from '@auzolan/shared/export/ics.ts'
import { postsCsv, type CsvChoice, type CsvKind } from '@auzolan/shared/export/posts-csv.ts'
import { postsOut, type PostOut } from '@auzolan/shared/export/posts-out.ts'
import { inLanguage } from '@auzolan/shared/export/told.ts'
import { wordsIn } from '@auzolan/shared/export/words.ts'
import { parsePlan } from '@auzolan/shared/checks/run.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { PlanCalendar } from '@auzolan/shared/protocol/posts.ts'
import type { Claims } from '../access/claims.ts'
import type { Documents } from '../documents/documents.ts'
import type { Journal } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import type { Standings } from '../review/standing.ts'
import type { Versions } from '../review/versions.ts'
import type { Calendars } from './calendars.ts'
import type { Posts } from './posts.ts'

export interface OutPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly standings: Standings
  readonly versions: Versions
  readonly organisation: DescribedOrganisation
  readonly lists: ReferenceLists
  readonly calendars: Calendars
  readonly posts: Posts
  /** Address of a page of ours, by its path below the app. */
  readonly pageAt: (path: string) => string
}

/** ISO days, both included; an open end where there is none. */
export interface Days {
  readonly from?: string | undefined
  readonly to?: string | undefined
}
export interface FileOut {
  readonly title: string
  readonly text: string
}

export class Out {
  readonly #ports: OutPorts
  constructor(ports: OutPorts) {
    this.#ports = ports
  }

  /** Those of the teams the person belongs to; what has been put away is over. */
  async calendars(claims: Claims): Promise<PlanCalendar[]> {
    const all = await this.#ports.documents.listFor(claims)
    return all
      .filter(({ roles, kind, archived }) => roles.length > 0 && kind === 'document' && !archived)
      .map(({ id, title, team }) => ({ id, title, team: team.name }))
  }

  /** For the team. */
  async ics(claims: Claims, id: DocumentId, days: Days): Promise<FileOut | Refusal> {
    const found = await this.#found(claims, id, days)
    if (isRefusal(found)) return found
    const { posts, title, timeZone } = found
    const { language } = claims
    const sheet = { document: id, name: title, posts, timeZone, language, say: wordsIn(language) }
    return { title, text: icsOf(sheet) }
  }

  /** For the team. */
  async csv(
    claims: Claims,
    id: DocumentId,
    { posts: choice, kind, ...days }: Days & { readonly posts: CsvChoice; readonly kind: CsvKind },
  ): Promise<FileOut | Refusal> {
    const found = await this.#found(claims, id, days)
    if (isRefusal(found)) return found
    return { title: found.title, text: postsCsv(found.posts, choice, kind, wordsIn(claims.language)) }
  }

  async #found(
    claims: Claims,
    id: DocumentId,
    { from = '', to = '9999' }: Days,
  ): Promise<{ title: string; timeZone: string; posts: PostOut[] } | Refusal> {
    const { journal, documents, standings, versions, organisation, lists, calendars, posts, pageAt } =
      this.#ports
    const standing = await standings.of(journal.rows, id, claims)
    if (isRefusal(standing)) return standing
    const [states, summary, frozen] = await Promise.all([
      posts.states(claims, id),
      documents.summary(id, claims),
      versions.freeze(id),
    ])
    if (isRefusal(states)) return states
    if (isRefusal(frozen)) return frozen
    if (!summary) return refusal('NOT_FOUND', 'gone in this very moment')
    const { calendar } = await calendars.read(id)
    const house = await organisation.read()
    const all = postsOut({
      calendar,
      plan: parsePlan(frozen.json, standing.languages),
      states: states.states,
      languages: standing.languages,
      language: claims.language,
      organisation: house,
      references: await lists.now(),
      updatedAt: summary.updatedAt,
      addressOf: (post) => pageAt(`/d/${id}/calendar/${encodeURIComponent(post)}`),
    })
    return {
      title: inLanguage(standing.title, claims.language),
      timeZone: house.timeZone,
      posts: all.filter(({ day }) => day >= from && day <= to),
    }
  }
}
