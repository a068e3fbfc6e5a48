/** The calendars of a person's teams as they are taken out: for calendars of others (iCalendar) and for tools that publish (CSV). */
import { createHash } from 'node:crypto'
import { icsOf } from '@auzolan/shared/export/ics.ts'
import { postsCsv, type CsvChoice, type CsvKind } from '@auzolan/shared/export/posts-csv.ts'
import { postsOut, type Leaving, type PostOut } from '@auzolan/shared/export/posts-out.ts'
import { inLanguage } from '@auzolan/shared/export/told.ts'
import { wordsIn } from '@auzolan/shared/export/words.ts'
import { parsePlan } from '@auzolan/shared/checks/run.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { channelId, type ChannelName, type DocumentId } from '@auzolan/shared/ids.ts'
import { OUT_KEPT_MAX, OUT_KEPT_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { PlanCalendar } from '@auzolan/shared/protocol/posts.ts'
import { Remembered } from '@auzolan/shared/remembered.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Claims } from '../access/claims.ts'
import { originNow } from '../documents/above.ts'
import type { Documents } from '../documents/documents.ts'
import type { Journal } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import type { Standings } from '../review/standing.ts'
import type { Versions } from '../review/versions.ts'
import type { Calendars } from './calendars.ts'
import { stateOf } from './post-row.ts'
import { hashOf, type Stopped } from './stopped.ts'

export interface OutPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly standings: Standings
  readonly versions: Versions
  readonly organisation: DescribedOrganisation
  readonly lists: ReferenceLists
  readonly calendars: Calendars
  readonly stopped: Stopped
  /** Address of a page of ours, by its path below the app. */
  readonly pageAt: (path: string) => string
  readonly now: () => Date
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
  readonly #made = new Remembered<Promise<string | Refusal>>(OUT_KEPT_MAX)
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
    const { language } = claims
    return this.#file(claims, id, ['ics'], days, (posts, { name, timeZone }) =>
      icsOf({ document: id, name, posts, timeZone, language, say: wordsIn(language) }),
    )
  }

  /** For the team. */
  async csv(
    claims: Claims,
    id: DocumentId,
    { posts: choice, kind, ...days }: Days & { readonly posts: CsvChoice; readonly kind: CsvKind },
  ): Promise<FileOut | Refusal> {
    return this.#file(claims, id, ['csv', choice, kind], days, (posts) =>
      postsCsv(posts, choice, kind, wordsIn(claims.language)),
    )
  }

  /** Asked for by every calendar of every device again and again: made anew only when something has changed. */
  async #file(
    claims: Claims,
    id: DocumentId,
    form: readonly string[],
    { from = '', to = '9999' }: Days,
    write: (posts: readonly PostOut[], of: { readonly name: string; readonly timeZone: string }) => string,
  ): Promise<FileOut | Refusal> {
    const found = await factsOf(this.#ports, claims, id)
    if (isRefusal(found)) return found
    const title = inLanguage(found.standing.title, claims.language)
    const key = fingerprint([id, claims.language, title, form, from, to, found])
    const making = this.#made.of(key, () =>
      this.#leaving(claims, id, found).then((leaving) =>
        isRefusal(leaving)
          ? leaving
          : write(postsOut({ ...leaving, days: { from, to } }), {
              name: title,
              timeZone: found.house.timeZone,
            }),
      ),
    )
    const text = await making.catch((error: unknown) => {
      this.#made.forget(key)
      throw error
    })
    if (isRefusal(text) || text.length > OUT_KEPT_MAX_CHARACTERS) this.#made.forget(key)
    return isRefusal(text) ? text : { title, text }
  }

  async #leaving(
    claims: Claims,
    id: DocumentId,
    { standing, updatedAt, house, references, states }: Facts,
  ): Promise<Leaving | Refusal> {
    const { journal, versions, calendars, stopped, pageAt } = this.#ports
    const frozen = await versions.freeze(id)
    if (isRefusal(frozen)) return frozen
    const { calendar } = await calendars.read(id)
    const stoppedBy = await stopped.in(journal.rows, id, standing)
    const all = states.map(stateOf)
    const known = new Map(all.map((state) => [state.post, state]))
    return {
      calendar,
      plan: parsePlan(frozen.json, standing.languages),
      states: all,
      languages: standing.languages,
      language: claims.language,
      organisation: house,
      references,
      updatedAt,
      addressOf: (post) => pageAt(`/d/${id}/calendar/${encodeURIComponent(post)}`),
      sha256: hashOf,
      stoppedBy: (whole) => {
        const state = known.get(whole.post.id)
        return state ? stoppedBy(whole, state) : []
      },
    }
  }
}

/** All on which a file depends, but the texts: those are known by how far they have been written. */
async function factsOf(
  { journal, documents, standings, organisation, lists, now }: OutPorts,
  claims: Claims,
  id: DocumentId,
) {
  const { rows } = journal
  const standing = await standings.of(rows, id, claims)
  if (isRefusal(standing)) return standing
  if (!standing.inTeam) return refusal('NOT_ALLOWED', 'for the team')
  const summary = await documents.summary(id, claims)
  if (!summary) return refusal('NOT_FOUND', 'gone in this very moment')
  const house = await organisation.read()
  const of = <T extends 'post_state' | 'profile_state' | 'consent' | 'file'>(table: T) =>
    rows
      .selectFrom(table as 'post_state')
      .selectAll()
      .where('document', '=', id)
      .execute()
  const written = ['content', 'calendar'].map((name) => channelId(id, name as ChannelName))
  return {
    standing: { title: standing.title, languages: standing.languages, flow: standing.flow },
    updatedAt: summary.updatedAt,
    house,
    references: await lists.now(),
    heads: await rows
      .selectFrom('channel')
      .select(['id', 'epoch', 'seq'])
      .where('id', 'in', written)
      .orderBy('id')
      .execute(),
    above: await originNow(rows, id),
    states: await of('post_state'),
    profiles: await of('profile_state'),
    consents: await of('consent'),
    files: await of('file'),
    // A right ends and a consent begins with a day.
    today: localTime(now(), house.timeZone).day,
  }
}
type Facts = Exclude<Awaited<ReturnType<typeof factsOf>>, Refusal>

const fingerprint = (of: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(of)).digest('hex')
