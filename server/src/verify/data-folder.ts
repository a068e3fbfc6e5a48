/**
 * Everything in a data folder that vouches for something else: the chain, the texts by their hash, decisions by their receipt,
 * and each of them by what the chain remembers of it. Only reads, row by row; the server may be running.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { verifyReceipt } from '@auzolan/shared/receipt.ts'
import type { Work } from '@auzolan/shared/grants.ts'
import { FIRST, type ChainRow } from '../journal/audit.ts'
import { isDigestOf, sheetsHash, type CoveredRow, type CoveredTable } from '../journal/digest.ts'
import { DATABASE } from '../journal/file-place.ts'
import { MIGRATIONS } from '../journal/sqlite/schema.ts'
import { Chain } from './chain.ts'
import { filesMissing } from './files.ts'
import type { Found } from './found.ts'

/** Which deeds of the chain tell of which rows. */
const TOLD: { readonly [action: string]: CoveredTable } = {
  'review.submit': 'version',
  'version.name': 'version',
  'review.opinion': 'opinion',
  'review.decide': 'decision',
  'document.publish': 'publication',
  'delegation.give': 'delegation',
  'suggestion.accept': 'accepted_suggestion',
  'key.make': 'key',
  'profile.open': 'profile_state',
  'profile.rest': 'profile_state',
  'profile.close': 'profile_state',
  'profile.hand_over': 'profile_state',
  'profile.reopen': 'profile_state',
  'post.draft': 'post_state',
  'post.submit': 'post_state',
  'post.return': 'post_state',
  'post.approve': 'post_state',
  'post.schedule': 'post_state',
  'post.publish': 'post_state',
  'post.cancel': 'post_state',
  'post.withdraw': 'post_state',
  'post.language': 'post_state',
  'consent.add': 'consent',
  'consent.correct': 'consent',
  'consent.withdraw': 'consent',
  'figures.enter': 'metric_entry',
  'scoring.open': 'scoring_round',
  'scoring.name': 'scoring_round',
  'scoring.reveal': 'scoring_round',
  'scoring.close': 'scoring_round',
  'evaluation.reopen': 'reopening',
  'evaluation.settle': 'reopening',
  'mention.add': 'mention',
  'mention.correct': 'mention',
  'mention.anonymise': 'mention',
}
/** What a row is called by, and in which rows of the chain it is looked for. */
const NAMED: { readonly [table in CoveredTable]: (row: Named) => string } = {
  version: ({ document, n }) => `version ${n} of document ${document}`,
  opinion: ({ document, n, role, nth = 0 }) =>
    `the opinion of ${role}${nth > 0 ? ` (no. ${nth})` : ''} on version ${n} of document ${document}`,
  decision: ({ document, n, id }) => `decision ${id} on version ${n} of document ${document}`,
  profile_state: ({ document, profile }) => `what was done with profile ${profile} of document ${document}`,
  post_state: ({ document, post }) => `what became of post ${post} of document ${document}`,
  publication: ({ document, n }) => `the publication of version ${n} of document ${document}`,
  delegation: ({ id, document, team }) => `delegation ${id} in ${document ?? team}`,
  accepted_suggestion: ({ document, event }) => `the accepted suggestion ${event} in document ${document}`,
  consent: ({ id, document }) => `consent ${id} in document ${document}`,
  metric_entry: ({ id, document }) => `figures ${id} in document ${document}`,
  scoring_round: ({ n, document }) => `round ${n} of scores in document ${document}`,
  reopening: ({ n, document }) => `reopening ${n} of document ${document}`,
  mention: ({ id, document }) => `mention ${id} in document ${document}`,
  key: ({ id }) => `signing key ${id}`,
}
interface Named {
  readonly document: string | null
  readonly team?: string | null | undefined
  readonly n: number
  readonly id?: string | undefined
  readonly role?: string | undefined
  readonly nth?: number | undefined
  readonly profile?: string | undefined
  readonly post?: string | undefined
  readonly event?: string | undefined
}

/** Said each time, so that nobody takes "whole" for more than it is (docs/adr/0023). */
const NOT_COVERED = [
  'not covered: texts and comments that are in no version; titles, visibility and teams of documents, and what is in the trash;',
  '  members, names and the organisation; whose a client id is, and so who suggests or comments under it from now on;',
  '  entries since the last version that were compacted; counts of entries that are too high, which only keep somebody from approving;',
  '  until when a key was in use; who was told what; scores that are not revealed yet',
]

const Detail = z.object({
  /** Of a profile: the one in force when it was done. */
  version: z.int().nullable().default(null),
  profile: z.string().optional(),
  post: z.string().optional(),
  decision: z.string().optional(),
  delegation: z.string().optional(),
  consent: z.string().optional(),
  entry: z.string().optional(),
  mention: z.string().optional(),
  /** Of scores. */
  round: z.int().optional(),
  reopening: z.int().optional(),
  role: z.string().optional(),
  event: z.string().optional(),
  author: z.string().optional(),
  /** Of opinions; those from before they were counted have none, and 0 in their row. */
  nth: z.int().optional(),
  /** Rows from before fingerprints were taken have none: then only their being there is known. */
  digest: z.string().optional(),
  verdict: z.string().optional(),
  /** Of an approval that others of the route have to follow: `false`. */
  reached: z.boolean().optional(),
})
const Keys = z.array(z.object({ id: z.string(), publicKey: z.string(), from: z.string() }))

const Entered = z.array(
  z.object({
    profile: z.string(),
    metric: z.string(),
    from: z.string(),
    to: z.string(),
    value: z.number().nullable(),
    nullReason: z.string().nullable(),
    note: z.string(),
    sure: z.boolean(),
  }),
)

export async function verifyFolder(folder: string, noted: string | null): Promise<Found> {
  const path = join(folder, DATABASE)
  if (!existsSync(path)) return { kind: 'unreadable', why: `there is no database of Auzolan in ${folder}` }
  let db: Database.Database
  try {
    db = new Database(path, { readonly: true, fileMustExist: true })
  } catch (error) {
    return { kind: 'unreadable', why: `${path} cannot be opened: ${(error as Error).message}` }
  }
  try {
    const version = db.pragma('user_version', { simple: true })
    if (version !== MIGRATIONS.length)
      return {
        kind: 'unreadable',
        why: `the data is of another version of Auzolan (${String(version)}, this one has ${MIGRATIONS.length}): start the server of this version on it first`,
      }
    // One moment of the data, also while the server goes on writing.
    db.exec('BEGIN')
    return await new Folder(db).verify(noted, folder)
  } catch (error) {
    return { kind: 'unreadable', why: `${path} cannot be read: ${(error as Error).message}` }
  } finally {
    db.close()
  }
}

class Folder {
  readonly #db: Database.Database
  readonly #faults: string[] = []
  /** Versions that were approved by as many as it takes, by document, as the chain tells. */
  readonly #approved = new Map<string, ReadonlySet<number>>()
  /** What the chain says last of each row, by its name: few beside the rows of the chain. */
  readonly #told = new Map<
    string,
    {
      readonly n: number
      readonly digest: string | undefined
      readonly table: CoveredTable
      /** Of a suggestion: who has made it and who has taken it. */
      readonly people: string
    }
  >()
  /** Where each document stands after its last move; the others are drafts. */
  readonly #work = new Map<string, Work>()
  readonly #archived = new Set<string>()

  /** When which delegation was ended by somebody's word. */
  readonly #ended = new Map<string, string>()

  constructor(db: Database.Database) {
    this.#db = db
  }

  async verify(noted: string | null, folder: string): Promise<Found> {
    const chain = new Chain(true, FIRST, noted)
    const purged = new Set<string>()
    for (const row of this.#rows<ChainRow>('SELECT * FROM audit ORDER BY n')) {
      const fault = chain.next(row)
      if (fault) this.#faults.push(`audit: ${fault}`)
      if (row.action === 'document.purge') purged.add(row.subject)
      this.#remember(row)
    }
    this.#tail(chain)
    const counted = {
      version: this.#covered('version'),
      opinion: this.#covered('opinion'),
      decision: this.#covered('decision'),
      publication: this.#covered('publication'),
      delegation: this.#covered('delegation'),
      suggestion: this.#covered('accepted_suggestion'),
      key: this.#keysTold(),
      profile_state: this.#covered('profile_state'),
      post_state: this.#covered('post_state'),
      consent: this.#covered('consent'),
      metric_entry: this.#covered('metric_entry'),
      scoring_round: this.#covered('scoring_round'),
      reopening: this.#covered('reopening'),
      mention: this.#covered('mention'),
    }
    // What is left was told of and is not there any more.
    for (const [name, { n, table }] of this.#told)
      if (!purged.has(documentIn(name)))
        this.#faults.push(`${table}: ${name} is missing (audit row ${n} tells of it)`)
    this.#texts()
    const files = await filesMissing(
      folder,
      this.#rows('SELECT DISTINCT sha256, bytes FROM file ORDER BY sha256'),
    )
    this.#faults.push(...files.faults)
    await this.#receipts()
    this.#publications()
    this.#states()
    this.#delegationsEnded()
    this.#figures()
    this.#scores()
    this.#authors()
    return {
      kind: 'read',
      whole: [
        `audit: ${chain.count} rows read`,
        `versions: ${counted.version} texts compared with their hashes`,
        `opinions: ${counted.opinion} compared with the audit`,
        `decisions: ${counted.decision} receipts and signatures checked`,
        `publications: ${counted.publication} compared with their versions`,
        `delegations: ${counted.delegation} compared with the audit, and when they were ended`,
        `signing keys: ${counted.key} compared with the audit`,
        `accepted suggestions: ${counted.suggestion} compared with the audit`,
        'documents: their work, and what is archived and in force, is what the audit says last',
        'authors: nobody has fewer entries than their versions, logs and accepted suggestions say',
        `profiles: ${counted.profile_state} compared with the audit`,
        `posts: ${counted.post_state} compared with the audit`,
        `consents: ${counted.consent} compared with the audit`,
        `figures: ${counted.metric_entry} entries compared with the audit, and each figure with its last entry`,
        `scores: ${counted.scoring_round} rounds compared with the audit, and the sheets of those that are revealed with their hash`,
        `reopenings: ${counted.reopening} compared with the audit`,
        `mentions: ${counted.mention} compared with the audit`,
        `files: ${files.count} read and compared with their hashes`,
        ...NOT_COVERED,
      ],
      faults: this.#faults,
      notedAt: chain.notedAt,
      head: chain.head,
      partial: false,
    }
  }

  #remember({ n, at, actor, action, subject, detail }: ChainRow): void {
    const table = TOLD[action]
    const told = table && Detail.safeParse(fromJson(detail))
    if (action === 'delegation.end') {
      const ended = Detail.safeParse(fromJson(detail)).data?.delegation
      if (ended !== undefined) this.#ended.set(ended, at)
    }
    // Taken out by somebody's word: it has to be gone, and nobody misses it.
    if (action === 'mention.remove') {
      const id = Detail.safeParse(fromJson(detail)).data?.mention
      this.#told.delete(NAMED.mention({ document: subject, n: 0, id }))
    }
    if (action === 'review.submit') this.#work.set(subject, 'in_review')
    if (action === 'review.withdraw' || action === 'review.resume' || action === 'document.reopen')
      this.#work.set(subject, 'draft')
    if (action === 'document.archive') this.#archived.add(subject)
    if (action === 'document.reopen') this.#archived.delete(subject)
    if (!table || !told?.success) return
    const {
      version,
      decision,
      delegation,
      role,
      event,
      author,
      nth,
      profile,
      post,
      consent,
      entry,
      mention,
      round,
      reopening,
      digest,
      verdict,
      reached,
    } = told.data
    if (action === 'review.decide' && verdict === 'request_changes')
      this.#work.set(subject, 'changes_requested')
    if (action === 'review.decide' && verdict === 'approve' && reached !== false) {
      this.#work.set(subject, 'draft')
      this.#approved.set(subject, new Set([...(this.#approved.get(subject) ?? []), version ?? 0]))
    }
    const name = NAMED[table]({
      document: subject,
      n: reopening ?? version ?? round ?? 0,
      id: decision ?? delegation ?? consent ?? entry ?? mention ?? subject,
      role,
      nth,
      profile,
      post,
      event,
    })
    this.#told.set(name, { n, digest, table, people: `${author ?? ''} ${actor}` })
  }

  /** The database counts the rows it has ever numbered: rows taken from the end show, unless that was changed too. */
  #tail(chain: Chain): void {
    const counter = this.#db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").get() as
      { seq: number } | undefined
    if (counter && counter.seq > chain.head.n)
      this.#faults.push(
        `audit: rows are missing at the end: the last one is ${chain.head.n}, and ${counter.seq} has been written`,
      )
  }

  #covered(table: Exclude<CoveredTable, 'key'>): number {
    let count = 0
    for (const row of this.#rows<CoveredRow<CoveredTable>>(`SELECT * FROM ${table}`)) {
      count += 1
      this.#compare(table, NAMED[table](row as unknown as Named), row)
    }
    return count
  }

  #compare(table: CoveredTable, name: string, row: CoveredRow<CoveredTable>): void {
    const told = this.#told.get(name)
    if (!told) this.#faults.push(`${table}: the audit does not tell of ${name}`)
    else if (
      told.digest !== undefined
        ? !isDigestOf(told.digest, table, row)
        : // From before fingerprints were taken of them; whose they are was told then, too.
          table === 'accepted_suggestion' && peopleOf(row as never) !== told.people
    )
      this.#faults.push(`${table}: ${name} was changed after it was written (audit row ${told.n})`)
    this.#told.delete(name)
  }

  /** A key that the audit does not tell of could vouch for decisions that nobody has made. */
  #keysTold(): number {
    const keys = this.#keys()
    for (const key of keys)
      this.#compare('key', NAMED.key({ document: null, n: 0, id: key.id }), key as never)
    return keys.length
  }

  /** By somebody's word or not at all: otherwise a right that was lent is taken back, or given again, by nobody. */
  #delegationsEnded(): void {
    for (const { id, ended } of this.#rows<{ id: string; ended: string | null }>(
      'SELECT id, ended_at AS ended FROM delegation',
    ))
      if (ended !== (this.#ended.get(id) ?? null))
        this.#faults.push(
          `delegation: ${id} is said to have ended ${ended ?? 'never'}, and by the audit it did ${this.#ended.get(id) ?? 'not'}`,
        )
  }

  /** Each figure is what its last entry says, and none that was entered is missing; of two entries of one moment either is the last. */
  #figures(): void {
    interface Said {
      readonly at: string
      /** By entry. */
      readonly figures: Map<string, string>
    }
    const last = new Map<string, Said>()
    for (const { id, document, at, figures } of this.#rows<{
      id: string
      document: string
      at: string
      figures: string
    }>('SELECT id, document, at, figures FROM metric_entry ORDER BY at')) {
      const read = Entered.safeParse(fromJson(figures))
      for (const figure of read.data ?? []) {
        const key = figureKey(document, figure)
        const before = last.get(key)
        const said = before?.at === at ? before : { at, figures: new Map<string, string>() }
        said.figures.set(id, JSON.stringify([figure.value, figure.nullReason, figure.note, figure.sure]))
        last.set(key, said)
      }
    }
    const wrong = (key: string): void =>
      void this.#faults.push(`metric_sample: ${key} is not what was entered last`)
    for (const row of this.#rows<{
      document: string
      profile: string
      metric: string
      from: string
      to: string
      value: number | null
      reason: string | null
      note: string
      sure: number
      entry: string
      at: string
    }>(
      'SELECT document, profile, metric, from_day AS "from", to_day AS "to", value, null_reason AS reason, note, sure, entry, at FROM metric_sample',
    )) {
      const key = figureKey(row.document, row)
      const said = last.get(key)
      const is = JSON.stringify([row.value, row.reason, row.note, row.sure === 1])
      if (said?.at !== row.at || said.figures.get(row.entry) !== is) wrong(key)
      last.delete(key)
    }
    for (const key of last.keys()) wrong(key)
  }

  /** What was revealed is what is there: until then a fingerprint could be tried out against, and there is none. */
  #scores(): void {
    for (const { document, n, sha256 } of this.#rows<{ document: string; n: number; sha256: string | null }>(
      'SELECT document, n, sheets_sha256 AS sha256 FROM scoring_round WHERE sheets_sha256 IS NOT NULL',
    )) {
      const sheets = this.#db
        .prepare('SELECT * FROM score_sheet WHERE document = ? AND round = ? ORDER BY person')
        .all(document, n) as Parameters<typeof sheetsHash>[0]
      if (sheetsHash(sheets) !== sha256)
        this.#faults.push(`score_sheet: round ${n} in document ${document} is not what was revealed`)
    }
  }

  /**
   * Counts only grow (what is no JSON any more shows by its fingerprint): one that is lower would let somebody approve their own
   * text. At least what the version says, with what was written and accepted after it; and at least what log and suggestions say.
   */
  #authors(): void {
    for (const { channel, person, at_least: least, entries } of this.#rows<{
      channel: string
      person: string
      at_least: number
      entries: number | null
    }>(
      `WITH accepted AS MATERIALIZED (
         SELECT a.n, a.subject AS document, a.actor AS accepter, json_extract(a.detail, '$.author') AS author
           FROM audit a JOIN document d ON d.id = a.subject WHERE a.action = 'suggestion.accept' AND json_valid(a.detail)
       ), credit AS MATERIALIZED (
         SELECT n, document, document || '/content' AS channel, accepter AS person FROM accepted
         UNION SELECT n, document, document || '/content', author FROM accepted WHERE author IS NOT NULL
       ), made AS MATERIALIZED (
         SELECT subject AS document, json_extract(detail, '$.version') AS version, max(n) AS n
           FROM audit WHERE action IN ('review.submit', 'version.name') AND json_valid(detail) GROUP BY 1, 2
       )
       SELECT known.channel, known.person, max(known.entries) AS at_least, c.entries FROM (
         SELECT v.document || '/content' AS channel, p.key AS person, p.value
             + (SELECT count(*) FROM entry e
                 WHERE e.channel = v.document || '/content' AND e.seq > v.seq AND e.person = p.key)
             + (SELECT count(*) FROM credit
                 WHERE credit.document = v.document AND credit.person = p.key AND credit.n > made.n) AS entries
           FROM version v LEFT JOIN made ON made.document = v.document AND made.version = v.n,
             json_each(iif(json_valid(v.contributions), v.contributions, '{}')) p
         UNION ALL SELECT channel, person, count(*) FROM (
           SELECT channel, person FROM entry UNION ALL SELECT channel, person FROM credit
         ) GROUP BY channel, person
       ) known LEFT JOIN contribution c ON c.channel = known.channel AND c.person = known.person
       GROUP BY known.channel, known.person HAVING c.entries IS NULL OR c.entries < max(known.entries)`,
    ))
      this.#faults.push(
        `contribution: ${person} has written at least ${least} entries in ${channel}, and ${entries ?? 'none'} are counted`,
      )
  }

  #texts(): void {
    for (const { document, n, json, sha256 } of this.#rows<{
      document: string
      n: number
      json: string
      sha256: string
    }>('SELECT document, n, json, sha256 FROM version ORDER BY document, n'))
      if (createHash('sha256').update(json).digest('hex') !== sha256)
        this.#faults.push(
          `version: the text of version ${n} of document ${document} is not the one of its hash`,
        )
  }

  async #receipts(): Promise<void> {
    const keys = this.#keys().map(({ publicKey }) => publicKey)
    for (const row of this.#rows<{
      id: string
      document: string
      n: number
      verdict: string
      receipt: string
      json: string | null
    }>(
      `SELECT d.id, d.document, d.n, d.verdict, d.receipt, v.json FROM decision d
       LEFT JOIN version v ON v.document = d.document AND v.n = d.n ORDER BY d.document, d.n`,
    )) {
      const name = NAMED.decision(row)
      const checked = await verifyReceipt(row.receipt, row.json ?? '', keys)
      if (checked.kind !== 'checked') {
        this.#faults.push(`decision: the receipt of ${name} cannot be read`)
        continue
      }
      if (checked.signature === 'key-unknown')
        this.#faults.push(`decision: the receipt of ${name} is signed with a key that is not known here`)
      else if (checked.signature === 'differs')
        this.#faults.push(`decision: the signature of the receipt of ${name} is not right`)
      if (checked.text === 'differs')
        this.#faults.push(
          `decision: the receipt of ${name} is about another text than the one of its version`,
        )
      const { receipt } = checked
      if (
        receipt.id !== row.id ||
        receipt.document !== row.document ||
        receipt.version !== row.n ||
        receipt.verdict !== row.verdict
      )
        this.#faults.push(`decision: the receipt of ${name} is about another decision`)
    }
  }

  #publications(): void {
    for (const row of this.#rows<{
      document: string
      n: number
      sha256: string
      text: string | null
    }>(
      `SELECT p.document, p.n, p.sha256, v.sha256 AS text
       FROM publication p LEFT JOIN version v ON v.document = p.document AND v.n = p.n ORDER BY p.document, p.n`,
    )) {
      if (row.text !== row.sha256)
        this.#faults.push(
          `publication: ${NAMED.publication(row)} names another text than the one of its version`,
        )
      if (!this.#approved.get(row.document)?.has(row.n))
        this.#faults.push(`publication: ${NAMED.publication(row)} is of a version that nobody has approved`)
    }
  }

  /** In force is what was approved last, and nothing else; where a document stands is where its last move has put it. */
  #states(): void {
    for (const { id, n, work, archived } of this.#rows<{
      id: string
      n: number | null
      work: string
      archived: number
    }>('SELECT id, in_force AS n, work, archived FROM document ORDER BY id')) {
      const all = [...(this.#approved.get(id) ?? [])]
      const approved = all.length > 0 ? Math.max(...all) : null
      if (n !== approved)
        this.#faults.push(
          `document: of ${id} version ${n ?? 'none'} is said to be in force, and the one approved last is ${approved ?? 'none'}`,
        )
      const moved = this.#work.get(id) ?? 'draft'
      if (work !== moved)
        this.#faults.push(
          `document: the work of ${id} is said to be ${work}, and by the audit it is ${moved}`,
        )
      const [said, told] = [archived === 1, this.#archived.has(id)].map((is) =>
        is ? 'archived' : 'not archived',
      )
      if (said !== told)
        this.#faults.push(`document: ${id} is said to be ${said}, and by the audit it is ${told}`)
    }
  }

  #keys(): z.infer<typeof Keys> {
    const row = this.#db.prepare("SELECT value FROM setting WHERE key = 'signing_keys'").get() as
      { value: string } | undefined
    const keys = Keys.safeParse(row && fromJson(row.value))
    return keys.success ? keys.data : []
  }

  #rows<T>(sql: string): IterableIterator<T> {
    return this.#db.prepare(sql).iterate() as IterableIterator<T>
  }
}

const figureKey = (document: string, { profile, metric, from, to }: FigureNamed): string =>
  `${metric} of profile ${profile || '(none)'} from ${from} to ${to} in document ${document}`
type FigureNamed = Pick<z.infer<typeof Entered>[number], 'profile' | 'metric' | 'from' | 'to'>

const peopleOf = ({ author, accepter }: CoveredRow<'accepted_suggestion'>): string => `${author} ${accepter}`

const documentIn = (name: string): string => name.slice(name.lastIndexOf(' ') + 1)

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
