/**
 * What is held of the person behind an account: handed out to them, and erased (GDPR art. 15, 17 and 20). Rows lose the person in one
 * transaction; the logs of what they wrote in begin a new epoch afterwards, one by one, also across a restart. What the audit vouches for stays:
 * who decided what is the file of an administration, and a chain that can be rewritten proves nothing (docs/adr/0053).
 */
import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql, type Kysely, type Transaction } from 'kysely'
import type { Logger } from 'pino'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { channelId, type ChannelId, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import type { ErasureReport, HeldOf } from '@auzolan/shared/protocol/personal-data.ts'
import type { Someone } from '@auzolan/shared/protocol/review.ts'
import type { Belonging } from '../access/people.ts'
import { DATABASE } from '../journal/file-place.ts'
import { SYSTEM } from '../compaction/compaction.ts'
import type { Keeper } from '../compaction/keeper.ts'
import type { Arranging } from '../documents/arranging.ts'
import type { Names } from '../history/names.ts'
import { record } from '../journal/audit.ts'
import { ReadForLong, type Tables } from '../journal/journal.ts'
import { UPGRADE_COPY_KEPT_MS, upgradeCopies } from '../journal/sqlite/before-upgrade.ts'
import type { Sent } from '../outbox/outbox.ts'
import { digestKey } from '../reminding/digests.ts'
import { namedIn, type NamedInPorts } from './named-in.ts'
import { DECIDED, FATES, PLACES, type Fate, type Place } from './places.ts'

export interface PersonalDataPorts extends NamedInPorts {
  readonly arranging: Arranging
  readonly keeper: Keeper
  readonly names: Names
  /** Resolves when every node goes by what was written before it was asked. */
  readonly knownEverywhere: () => Promise<void>
  /** Where copies of the database may lie. */
  readonly folder: string
  /** Whether the account is still in use, as Nextcloud says now. */
  readonly askNow: (person: PersonId) => Promise<Belonging | Refusal>
  readonly log: Logger
  readonly now: () => Date
}

type Rows = Kysely<Tables> | Transaction<Tables>

/** Columns that are no words, or the text of a whole version: they are counted and not handed out. */
const TOO_LONG = ['bytes', 'gzip', 'json', 'receipt']

/** Among the logs that have to begin anew: the file of the database itself, which has to be written anew after them. */
const THE_FILE = ''

/** How often, and how long, somebody who reads is waited for. */
const READERS_AWAITED = 5
const READER_MS = 200

export class PersonalData {
  readonly #ports: PersonalDataPorts
  #renewing: Promise<unknown> = Promise.resolve()
  constructor(ports: PersonalDataPorts) {
    this.#ports = ports
  }

  /** Everything that names the person, and what they have said in comments; for nobody but them. */
  async of(person: PersonId): Promise<HeldOf> {
    const { rows } = this.#ports.journal
    const held: { [table: string]: object[] } = {}
    for (const table of new Set(PLACES.map((place) => place.table))) {
      const found = await sql<{
        [column: string]: unknown
      }>`select * from ${sql.table(table)} where ${inAnyOf(table, PLACES, person)}`.execute(rows)
      if (found.rows.length > 0)
        held[table] = found.rows.map((row) =>
          Object.fromEntries(Object.entries(row).filter(([column]) => !TOO_LONG.includes(column))),
        )
    }
    const said: HeldOf['comments'][number][] = []
    for (const document of await this.#commentedBy(person)) {
      const own = await this.#ownClients(document, person)
      for (const { client, event } of (await this.#ports.comments.said(document)).said)
        if (own.has(client)) said.push({ document, event })
    }
    return { person, at: this.#ports.now().toISOString(), rows: held, comments: said }
  }

  /** What erasing would do, without doing it. */
  async preview(person: PersonId): Promise<ErasureReport> {
    const { rows } = this.#ports.journal
    return {
      pseudonym: null,
      ...(await countsOf(rows, person)).all(),
      documents: (await this.#ownDocuments(rows, person)).length,
      logs: (await this.#writtenBy(rows, person)).length,
      logsWaiting: 0,
      namedIn: await namedIn(this.#ports, person),
      copiesUntil: await this.#copiesUntil(),
      rewritten: false,
    }
  }

  /**
   * Erases for good. Again after a failure: it goes on where it was.
   * @param end makes the account one that has ended, for the sockets and tokens that are still good
   * @returns `IN_USE` while the account may still be used, `TRY_AGAIN` when Nextcloud does not say, or when somebody has written them in again
   */
  async erase(person: PersonId, asker: string, end: () => Promise<void>): Promise<ErasureReport | Refusal> {
    const { journal, askNow, knownEverywhere, now, log } = this.#ports
    const standing = await askNow(person)
    if (!isRefusal(standing))
      return refusal('IN_USE', 'the account is in use: disable or delete it in Nextcloud first')
    if (standing.refused !== 'ACCESS_ENDED')
      return refusal('TRY_AGAIN', 'Nextcloud does not say whether the account has ended')
    // News of an account may be late, or never come (LDAP): a page that is still open would write them in again. Of a name that nobody has
    // here nothing is noted.
    if ((await countsOf(journal.rows, person)).any()) {
      await end()
      await knownEverywhere()
    }
    const documents = await this.#purgeOwn(person)
    const texts = await namedIn(this.#ports, person)
    const code = randomBytes(4).toString('hex').toUpperCase()
    const pseudonym = `/erased/${code}` as PersonId
    const done = await journal.transact(async (rows) => {
      const at = now().toISOString()
      // Before they are renamed: afterwards nothing says what was whose.
      const logs = await this.#writtenBy(rows, person)
      for (const channel of [...logs, THE_FILE])
        await rows
          .insertInto('to_renew')
          .values({ channel, at })
          .onConflict((c) => c.doNothing())
          .execute()
      await countUnder(rows, person, pseudonym)
      await leaveShared(rows, person)
      await forgetInNotices(rows, person, { id: pseudonym, name: `P-${code}` })
      await forgetInSearch(rows, person)
      // Before the first of them is changed: a row that names the person twice is one row.
      const all = (await countsOf(rows, person)).all()
      for (const place of PLACES) await lose(rows, place, person, { id: pseudonym, name: `P-${code}` })
      if (all.pseudonymised > 0)
        await rows
          .insertInto('named')
          .values({ person: pseudonym, name: `P-${code}` })
          .execute()
      // Not whose it was: no row says whose the pseudonym is.
      const detail = { ...all.byTable, documents, logs: logs.length, asker }
      await record(rows, { at, actor: SYSTEM, action: 'person.erase', subject: pseudonym, detail })
      return { ...all, logs: logs.length, namedIn: texts }
    })
    this.#ports.names.forget()
    log.info({ logs: done.logs }, 'a person was erased')
    await this.renewLogs()
    const rewritten = await this.#rewrite()
    // A node that was too slow, or a request that was under way: better said than believed to be gone.
    const left = (await countsOf(journal.rows, person)).all()
    if (left.deleted + left.pseudonymised > 0) {
      log.error(
        { rows: left.deleted + left.pseudonymised },
        'a person who was erased has been written in again',
      )
      return refusal('TRY_AGAIN', 'they were written in again meanwhile: erase them once more')
    }
    return {
      pseudonym: done.pseudonymised > 0 ? `P-${code}` : null,
      ...done,
      documents,
      logsWaiting: await this.#waiting(),
      copiesUntil: await this.#copiesUntil(),
      rewritten,
    }
  }

  /** What an erasure has left to do when the server stopped, or a log could not be renewed. Gives how many logs it was. */
  async goOn(): Promise<number> {
    const done = await this.renewLogs()
    const due = await this.#ports.journal.rows
      .selectFrom('to_renew')
      .select('channel')
      .where('channel', '=', THE_FILE)
      .executeTakeFirst()
    if (due) await this.#rewrite()
    return done
  }

  /** Nothing of what was erased is on pages that are free. Gives whether it was done. */
  async #rewrite(): Promise<boolean> {
    const { journal, log } = this.#ports
    try {
      // Whoever reads for a moment is no reason to put it off; a backup is.
      for (let left = READERS_AWAITED; ; left--)
        try {
          await journal.rewrite()
          break
        } catch (error) {
          if (left === 0 || error instanceof ReadForLong) throw error
          await new Promise((resolve) => setTimeout(resolve, READER_MS))
        }
      await journal.rows.deleteFrom('to_renew').where('channel', '=', THE_FILE).execute()
      return true
    } catch (error) {
      log.error(
        { err: error },
        'the database could not be written anew: what was erased may still be on the disk',
      )
      return false
    }
  }

  /**
   * Begins new epochs where somebody who was erased has written: what they had typed and taken out again goes. Gives how many. Whoever comes
   * while it is under way has theirs looked at as well, before what is on free pages goes.
   */
  renewLogs(): Promise<number> {
    const mine = this.#renewing.then(() => this.#renewAll())
    this.#renewing = mine.catch(() => 0)
    return mine
  }

  async #renewAll(): Promise<number> {
    const { journal, keeper, log } = this.#ports
    const due = await journal.rows
      .selectFrom('to_renew')
      .select('channel')
      .where('channel', '!=', THE_FILE)
      .orderBy('at')
      .execute()
    let done = 0
    for (const { channel } of due) {
      try {
        // A document may have been purged meanwhile.
        if (await journal.open(channel as ChannelId)) await keeper.erase(channel as ChannelId, [])
        await journal.rows.deleteFrom('to_renew').where('channel', '=', channel).execute()
        done += 1
      } catch (error) {
        log.error({ err: error, channel }, 'a log could not be renewed; the next round tries again')
      }
    }
    return done
  }

  async #waiting(): Promise<number> {
    const { n } = await this.#ports.journal.rows
      .selectFrom('to_renew')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('channel', '!=', THE_FILE)
      .executeTakeFirstOrThrow()
    return Number(n)
  }

  /** Channels with text of theirs: a client id has one owner for good, also when its entries have been put together. */
  async #writtenBy(rows: Rows, person: PersonId): Promise<ChannelId[]> {
    const found = await rows
      .selectFrom('author')
      .select('channel')
      .distinct()
      .where('person', '=', person)
      .where('clock', '>', 0)
      .execute()
    return found.map(({ channel }) => channel as ChannelId)
  }

  async #commentedBy(person: PersonId): Promise<DocumentId[]> {
    const { rows } = this.#ports.journal
    const found = await rows
      .selectFrom('commenter')
      .select('document')
      .distinct()
      .where('person', '=', person)
      .execute()
    return found.map(({ document }) => document as DocumentId)
  }

  async #ownClients(document: DocumentId, person: PersonId): Promise<ReadonlySet<number>> {
    const { rows } = this.#ports.journal
    const found = await rows
      .selectFrom('author')
      .select('client')
      .where('channel', '=', channelId(document, 'comments'))
      .where('person', '=', person)
      .execute()
    return new Set(found.map(({ client }) => client))
  }

  /** What nobody else has: the documents of "only me", unless others were let in, or all may read them. */
  async #ownDocuments(rows: Rows, person: PersonId): Promise<DocumentId[]> {
    const found = await rows
      .selectFrom('document')
      .innerJoin('team', 'team.id', 'document.team_id')
      .select('document.id')
      .where('team.personal_of', '=', person)
      .where('document.visibility', '=', 'team')
      .where(sql<boolean>`not ${othersIn(person)}`)
      .execute()
    return found.map(({ id }) => id as DocumentId)
  }

  /** Through the trash, which knows everything that belongs to a document. */
  async #purgeOwn(person: PersonId): Promise<number> {
    const { journal, arranging, now } = this.#ports
    const own = await journal.transact(async (rows) => {
      const documents = await this.#ownDocuments(rows, person)
      for (const id of documents) {
        await rows
          .updateTable('document')
          .set({ trashed_at: new Date(0).toISOString() })
          .where('id', '=', id)
          .execute()
        const at = now().toISOString()
        await record(rows, { at, actor: SYSTEM, action: 'document.trash', subject: id, detail: {} })
      }
      return documents
    })
    if (own.length > 0) await arranging.purge()
    return own.length
  }

  /** Copies of before an upgrade hold everything; until when the last of them is kept. */
  async #copiesUntil(): Promise<string | null> {
    const { folder } = this.#ports
    let until = 0
    for (const copy of upgradeCopies(join(folder, DATABASE)))
      until = Math.max(until, (await stat(copy)).mtimeMs + UPGRADE_COPY_KEPT_MS)
    return until === 0 ? null : new Date(until).toISOString()
  }
}

function isOf({ column, where, within }: Place, person: string) {
  const of = sql.ref(column)
  const named =
    within === undefined
      ? sql`${of} = ${person}`
      : within === 'keys'
        ? sql`exists (select 1 from json_each(${of}) one where one.key = ${person})`
        : sql`exists (select 1 from json_each(${of}) one where json_extract(one.value, ${within}) = ${person})`
  return where === undefined ? named : sql`${named} and ${sql.raw(where)}`
}

/** In which rows of one table the person stands, in whatever column. */
const inAnyOf = (table: string, places: readonly Place[], person: string) =>
  sql<boolean>`(${sql.join(
    places.filter((place) => place.table === table).map((place) => sql`(${isOf(place, person)})`),
    sql` or `,
  )})`

async function countsOf(rows: Rows, person: string): Promise<Counts> {
  const counts = new Counts()
  for (const fate of FATES) {
    const places = PLACES.filter((place) => place.fate === fate)
    for (const table of new Set(places.map((place) => place.table))) {
      const { rows: found } = await sql<{
        n: number
      }>`select count(*) as n from ${sql.table(table)} where ${inAnyOf(table, places, person)}`.execute(rows)
      counts.add(table, fate, Number(found[0]?.n ?? 0))
    }
  }
  return counts
}

/** Takes the person out of one place. */
async function lose(
  rows: Rows,
  place: Place,
  person: string,
  pseudonym: { readonly id: string; readonly name: string },
): Promise<void> {
  const { table, column, name, fate } = place
  const there = isOf(place, person)
  switch (fate) {
    case 'stays':
      return
    case 'goes':
      await sql`delete from ${sql.table(table)} where ${there}`.execute(rows)
      return
    case 'pseudonym':
    case 'emptied': {
      const [id, label] = fate === 'emptied' ? ['', ''] : [pseudonym.id, pseudonym.name]
      const named = name === undefined ? sql`` : sql`, ${sql.ref(name)} = ${label}`
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${id}${named} where ${there}`.execute(
        rows,
      )
    }
  }
}

/**
 * Of what has been decided the count stays under the account (places.ts); what of the log is read until its new epoch has begun is under the
 * pseudonym, and nobody has fewer entries than the log says.
 */
async function countUnder(rows: Rows, person: string, pseudonym: string): Promise<void> {
  await sql`insert into contribution (channel, person, entries)
    select channel, ${pseudonym}, entries from contribution where person = ${person} and ${sql.raw(DECIDED)}
      and exists (select 1 from entry where entry.channel = contribution.channel and entry.person = ${person})`.execute(
    rows,
  )
}

/** Whether somebody else is in a team: a group may be called as the person is. */
const othersIn = (person: string) =>
  sql<boolean>`exists (select 1 from membership where membership.team_id = team.id
    and (principal_kind <> 'person' or principal_id <> ${person}))`

/** "Only me" that others were let into, or that holds what others read, is theirs, too: it becomes a team like others. */
async function leaveShared(rows: Rows, person: string): Promise<void> {
  await rows
    .updateTable('team')
    .set({ personal_of: null })
    .where('personal_of', '=', person)
    .where(
      sql<boolean>`(${othersIn(person)} or exists (select 1 from document where document.team_id = team.id))`,
    )
    .execute()
}

/** What waits for Nextcloud is not told to somebody who is not there, nor in their name. Lines for its audit are evidence, as our own are. */
async function forgetInNotices(rows: Rows, person: string, pseudonym: Someone): Promise<void> {
  // Under which their own notices were told; those for others are called after documents.
  await rows.deleteFrom('told').where('key', '=', digestKey(person)).execute()
  const waiting = await rows
    .selectFrom('outbox')
    .select(['n', 'parcel'])
    .where('kind', '=', 'notify')
    .execute()
  for (const { n, parcel } of waiting) {
    const sent = JSON.parse(parcel) as Extract<Sent, { kind: 'notify' }>
    const { notice } = sent
    const to = notice.to.filter(({ kind, id }) => kind !== 'person' || id !== person)
    const by = notice.by?.id === person ? pseudonym : notice.by
    const except = notice.except?.filter((one) => one !== person)
    if (to.length === notice.to.length && by === notice.by && except?.length === notice.except?.length)
      continue
    if (to.length === 0) await rows.deleteFrom('outbox').where('n', '=', n).execute()
    else
      await rows
        .updateTable('outbox')
        .set({ parcel: JSON.stringify({ ...sent, notice: { ...notice, to, by, except } }) })
        .where('n', '=', n)
        .execute()
  }
}

/** The index keeps as whom a comment was said; what goes here is read again as soon as the comments have begun anew. */
async function forgetInSearch(rows: Rows, person: string): Promise<void> {
  await sql`delete from passage where kind = 'comments' and exists (
    select 1 from commenter c where c.document = passage.document and c.person = ${person} and c.name = passage.record)`.execute(
    rows,
  )
}

/** In how many rows of which table, by what became of them. */
class Counts {
  readonly #by: { readonly [fate in Fate]: Map<string, number> } = {
    goes: new Map(),
    pseudonym: new Map(),
    emptied: new Map(),
    stays: new Map(),
  }
  add(table: string, fate: Fate, n: number): void {
    if (n > 0) this.#by[fate].set(table, n)
  }
  any(): boolean {
    return Object.values(this.#by).some((tables) => tables.size > 0)
  }
  all(): Pick<ErasureReport, 'deleted' | 'pseudonymised' | 'kept' | 'byTable'> {
    const sum = (...fates: Fate[]): number =>
      fates.flatMap((fate) => [...this.#by[fate].values()]).reduce((all, n) => all + n, 0)
    const table = (fate: Fate) => Object.fromEntries(this.#by[fate])
    return {
      deleted: sum('goes'),
      pseudonymised: sum('pseudonym', 'emptied'),
      kept: sum('stays'),
      byTable: {
        deleted: table('goes'),
        pseudonymised: { ...table('pseudonym'), ...table('emptied') },
        kept: table('stays'),
      },
    }
  }
}
