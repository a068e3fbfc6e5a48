/**
 * The digest: what others did in the documents of a person's teams, gathered into one notice for whoever asked for it. The
 * server says what is new; Nextcloud shows and mails it, in the language of the person.
 */
import type { Transaction } from 'kysely'
import { isRefusal, type Refusal } from '@auzolan/shared/codes.ts'
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import { channelId, type DocumentId, type PersonId, type DocumentTypeId } from '@auzolan/shared/ids.ts'
import { DIGEST_SECTIONS_MAX, DIGEST_TITLES_MAX } from '@auzolan/shared/limits.ts'
import type { Rhythm } from '@auzolan/shared/protocol/digest.ts'
import { wordsIn } from '@auzolan/shared/export/words.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { localTime, mondayOf } from '@auzolan/shared/working-days.ts'
import type { Claims } from '../access/claims.ts'
import type { Belonging } from '../access/people.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import { post } from '../outbox/outbox.ts'
import type { Teams } from '../teams/teams.ts'
import { isTimeToTell } from './hours.ts'

export interface DigestPorts {
  readonly journal: Journal
  readonly teams: Teams
  readonly organisation: DescribedOrganisation
  /** Groups and Teams of a person as Nextcloud says now; `null` where nobody can be asked (the demo). */
  readonly askNow: ((person: string) => Promise<Belonging | Refusal>) | null
  readonly now: () => Date
}

/** What others had written, by document: entries in text and comments. */
type Seen = { readonly [document: string]: number }
interface Known {
  readonly id: DocumentId
  readonly type: DocumentTypeId
  readonly title: Translated<string>
  readonly createdAt: string
  readonly createdBy: string
  readonly entries: number
  /** Row of the audit: the last that somebody else did with it outside of its text; 0 when nobody did. */
  readonly deed: number
}

/** Whether the time has come again. Both are days of the organisation. */
export function isDue(rhythm: Rhythm, toldOn: string, today: string): boolean {
  switch (rhythm) {
    case 'never':
      return false
    case 'daily':
      return toldOn < today
    case 'weekly':
      return mondayOf(toldOn) < mondayOf(today)
  }
}

/** Under which the notice of a person's digest is told. */
export const digestKey = (person: string): string => `digest/${person}`

export class Digests {
  readonly #ports: DigestPorts
  constructor(ports: DigestPorts) {
    this.#ports = ports
  }

  async read({ person }: Claims): Promise<Rhythm> {
    const row = await this.#ports.journal.rows
      .selectFrom('digest')
      .select('rhythm')
      .where('person', '=', person)
      .executeTakeFirst()
    return (row?.rhythm ?? 'never') as Rhythm
  }

  /** What is new counts from now on. Whoever wants none leaves nothing behind. */
  async choose(claims: Claims, rhythm: Rhythm): Promise<void> {
    const { journal, now } = this.#ports
    const { person } = claims
    const toldAt = now().toISOString()
    await journal.transact(async (rows) => {
      const before = await rows
        .selectFrom('digest')
        .select('rhythm')
        .where('person', '=', person)
        .executeTakeFirst()
      if (rhythm === 'never')
        return void (await rows.deleteFrom('digest').where('person', '=', person).execute())
      // Another rhythm is no reason to forget what is new since the last one.
      if (before)
        return void (await rows.updateTable('digest').set({ rhythm }).where('person', '=', person).execute())
      const seen = JSON.stringify(seenIn(await this.#documents(rows, claims)))
      await rows
        .insertInto('digest')
        .values({ person, rhythm, told_at: toldAt, deeds: await lastDeed(rows), seen })
        .execute()
    })
  }

  /** Tells everybody whose time it is. Gives how many notices were written. */
  async look(): Promise<number> {
    const { journal, organisation, now } = this.#ports
    const described = await organisation.read()
    const instant = now()
    if (!isTimeToTell(instant, described)) return 0
    const local = (moment: Date): string => localTime(moment, described.timeZone).day
    const due = (await journal.rows.selectFrom('digest').selectAll().execute()).filter(
      ({ rhythm, told_at }) => isDue(rhythm as Rhythm, local(new Date(told_at)), local(instant)),
    )
    const told = await Promise.all(due.map(({ person }) => this.#tell(person as PersonId, instant)))
    return told.filter(Boolean).length
  }

  async #tell(person: PersonId, instant: Date): Promise<boolean> {
    const { journal, askNow } = this.#ports
    const belonging = (await askNow?.(person)) ?? { groups: [], teams: [] }
    if (isRefusal(belonging)) {
      // Nextcloud has ended the account; when it does not answer, a later round asks again.
      if (belonging.refused === 'ACCESS_ENDED')
        await journal.transact((rows) => rows.deleteFrom('digest').where('person', '=', person).execute())
      return false
    }
    const at = instant.toISOString()
    return journal.transact(async (rows) => {
      const row = await rows.selectFrom('digest').selectAll().where('person', '=', person).executeTakeFirst()
      if (!row) return false
      const documents = await this.#documents(rows, { person, ...belonging })
      const before = JSON.parse(row.seen) as Seen
      const news = documents.filter((document) => isNews(document, person, before, row))
      const seen = JSON.stringify(seenIn(documents))
      await rows
        .updateTable('digest')
        .set({ told_at: at, deeds: await lastDeed(rows), seen })
        .where('person', '=', person)
        .execute()
      const [first] = news
      if (!first) return false
      await post(rows, at, {
        kind: 'notify',
        notice: {
          key: digestKey(person),
          kind: 'digest',
          to: [{ kind: 'person', id: person }],
          document: first.id,
          title: titlesOf(await withSections(rows, news, person, row.told_at)),
          version: null,
          by: null,
          due: null,
        },
      })
      return true
    })
  }

  /** Of the person's teams, the one with the latest deed first. */
  async #documents(
    rows: Transaction<Tables>,
    who: Pick<Claims, 'person' | 'groups' | 'teams'>,
  ): Promise<Known[]> {
    const roles = await this.#ports.teams.rolesOf(who, rows)
    if (roles.size === 0) return []
    const found = await rows
      .selectFrom('document')
      .select(['id', 'type', 'title', 'created_at', 'created_by'])
      .where('team_id', 'in', [...roles.keys()])
      .where('trashed_at', 'is', null)
      .execute()
    const known: Known[] = []
    for (const row of found) {
      const id = row.id as DocumentId
      const written = await rows
        .selectFrom('contribution')
        .select((e) => e.fn.sum<number | null>('entries').as('entries'))
        .where('channel', 'in', [channelId(id, 'content'), channelId(id, 'comments')])
        .where('person', '!=', who.person)
        .executeTakeFirst()
      const deed = await rows
        .selectFrom('audit')
        .select('n')
        .where('subject', '=', id)
        .where('actor', '!=', who.person)
        // Whether there is a consent at all is for those who keep the register; what is said of us, for those who listen.
        .where('action', 'not like', 'consent.%')
        .where('action', 'not like', 'mention.%')
        // Nor is it news that time has passed.
        .where('action', '!=', 'moderation.anonymise')
        .orderBy('n', 'desc')
        .limit(1)
        .executeTakeFirst()
      known.push({
        id,
        type: row.type as DocumentTypeId,
        title: JSON.parse(row.title) as Translated<string>,
        createdAt: row.created_at,
        createdBy: row.created_by,
        entries: Number(written?.entries ?? 0),
        deed: deed?.n ?? 0,
      })
    }
    return known.sort((a, b) => b.deed - a.deed || b.createdAt.localeCompare(a.createdAt))
  }
}

const seenIn = (documents: readonly Known[]): Seen =>
  Object.fromEntries(documents.map(({ id, entries }) => [id, entries]))

async function lastDeed(rows: Transaction<Tables>): Promise<number> {
  const last = await rows.selectFrom('audit').select('n').orderBy('n', 'desc').limit(1).executeTakeFirst()
  return last?.n ?? 0
}

/** Somebody else wrote in it, did something with it, or made it. What one was only let into is not new by that. */
function isNews(
  document: Known,
  person: string,
  seen: Seen,
  last: { readonly told_at: string; readonly deeds: number },
): boolean {
  if (document.deed > last.deeds) return true
  const before = seen[document.id]
  if (before !== undefined) return document.entries > before
  return document.createdAt >= last.told_at && document.createdBy !== person
}

/** Each title with the sections in which others have written since; the names stand on the page of their document. */
async function withSections(
  rows: Transaction<Tables>,
  news: readonly Known[],
  person: string,
  since: string,
): Promise<Translated<string>[]> {
  const titles: Translated<string>[] = []
  for (const { id, type, title } of news) {
    const touched = await rows
      .selectFrom('touched')
      .select('path')
      .distinct()
      .where('document', '=', id)
      .where('person', '!=', person)
      .where('at', '>', since)
      .execute()
    const places = new Set(touched.map(({ path }) => path.split(/[./]/)[0]!))
    const sections = typeOfDocument(type).content.sections.filter(
      (section) =>
        places.has(section.id) ||
        Object.values(section.fields).some((field) => field.kind === 'list' && places.has(field.root)),
    )
    titles.push(
      titleWith(
        title,
        sections.map(({ label }) => label),
      ),
    )
  }
  return titles
}

/** `Plana 2027: Lau galderak, Profilak, +1`, in each language of the title. */
export function titleWith(title: Translated<string>, labels: readonly string[]): Translated<string> {
  if (labels.length === 0) return title
  const shown = labels.slice(0, DIGEST_SECTIONS_MAX)
  const more = labels.length - shown.length
  return Object.fromEntries(
    Object.entries(title).map(([language, words]) => {
      const named = shown.map((label) => wordsIn(language)(label))
      return [
        language,
        words.trim() && `${words}: ${[...named, ...(more > 0 ? [`+${more}`] : [])].join(', ')}`,
      ]
    }),
  )
}

/** The names of several documents as one, in each of their languages. */
export function titlesOf(titles: readonly Translated<string>[]): Translated<string> {
  const languages = new Set(titles.flatMap((title) => Object.keys(title)))
  const named = (title: Translated<string>, language: string): string =>
    (title[language] ?? '').trim() || (Object.values(title).find((words) => words.trim()) ?? '').trim()
  const inLanguage = (language: string): string => {
    const shown = titles
      .map((title) => named(title, language))
      .filter(Boolean)
      .slice(0, DIGEST_TITLES_MAX)
    const more = titles.length - shown.length
    return [...shown, ...(more > 0 ? [`+${more}`] : [])].join(' · ')
  }
  return Object.fromEntries([...languages].map((language) => [language, inLanguage(language)]))
}
