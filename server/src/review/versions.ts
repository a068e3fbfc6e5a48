/** Versions: what was said at one moment, frozen to be decided on. Written once, never changed. */
import { createHash } from 'node:crypto'
import type { Selectable, Transaction } from 'kysely'
import { ANY_DIRECTOR, progressOf, type Approval, type Route } from '@auzolan/shared/approval-route.ts'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { channelId, type DocumentId } from '@auzolan/shared/ids.ts'
import {
  approvalsAmong,
  type Decision,
  type Someone,
  type Version,
  type VersionSummary,
} from '@auzolan/shared/protocol/review.ts'
import { toolSaidIn } from '@auzolan/shared/find/tool-said.ts'
import { inherited, type Origin } from '@auzolan/shared/schema/inherited.ts'
import type { DocumentJson } from '@auzolan/shared/schema/fields.ts'
import type { Contributions } from '@auzolan/shared/workflow.ts'
import { APPROVAL_FORMAT, type ApprovalFile } from '@auzolan/shared/receipt-file.ts'
import type { Receipt } from '@auzolan/shared/receipt.ts'
import type { Compaction } from '../compaction/compaction.ts'
import { originNow, takenOver } from '../documents/above.ts'
import { digestOf } from '../journal/digest.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import { readOn } from '../journal/read-on.ts'
import { keepToolSaid } from '../tools/said-rows.ts'
import type { PublishedKey } from './signing-keys.ts'

/** A text read to its end, not yet a version. */
export interface Frozen {
  readonly epoch: number
  readonly seq: number
  readonly json: string
  readonly sha256: string
  /** What the team alone reads, for checks that look at it. */
  readonly restricted: string
  /** Whose version in force has a part in it. */
  readonly origin: Origin | null
  /** What the server attached to it: canonical JSON. */
  readonly attached: string
}

/** What the server puts into a version beside what people wrote, by section. */
export type AttachedTo = (rows: Rows, document: DocumentId, text: DocumentJson) => Promise<DocumentJson>

export class Versions {
  readonly #journal: Journal
  readonly #compaction: Compaction
  readonly #attachedTo: AttachedTo
  constructor(journal: Journal, compaction: Compaction, attachedTo: AttachedTo = async () => ({})) {
    this.#attachedTo = attachedTo
    this.#journal = journal
    this.#compaction = compaction
  }

  /** The content as it is now, with what it takes over from the plan above it. */
  async freeze(document: DocumentId): Promise<Frozen | Refusal> {
    const channel = channelId(document, 'content')
    const head = await this.#journal.open(channel)
    if (!head) return refusal('NOT_FOUND', 'a document without content')
    const log = await readOn(this.#journal, channel, 0)
    const own = await this.#compaction.canonical({ channel, ...log })
    const seq = log.entries.at(-1)?.seq ?? log.snapshot?.seq ?? 0
    const from = await takenOver(this.#journal.rows, document)
    const { restricted } = own
    const text = JSON.parse(own.json) as DocumentJson
    const beside = await this.#attachedTo(this.#journal.rows, document, text)
    const json = canonicalJson({ ...inherited(text, from), ...beside } as unknown as Json)
    const sha256 = createHash('sha256').update(json).digest('hex')
    const origin = from && { id: from.id, version: from.version, sha256: from.sha256 }
    return { epoch: head.epoch, seq, json, sha256, restricted, origin, attached: saidOf(beside) }
  }

  /** Whether nothing has been written since, here, above, or in what is attached. */
  async isStill(
    rows: Rows,
    document: DocumentId,
    { epoch, seq, origin, json, attached }: Frozen,
  ): Promise<boolean> {
    const now = await rows
      .selectFrom('channel')
      .select(['epoch', 'seq'])
      .where('id', '=', channelId(document, 'content'))
      .executeTakeFirst()
    const above = await originNow(rows, document)
    const same = above?.id === origin?.id && above?.sha256 === origin?.sha256
    if (now?.epoch !== epoch || now.seq !== seq || !same) return false
    return saidOf(await this.#attachedTo(rows, document, JSON.parse(json) as DocumentJson)) === attached
  }

  /** Stores the text as the next version. Gives its number, and what the audit remembers of the row. */
  async add(
    rows: Transaction<Tables>,
    document: DocumentId,
    frozen: Frozen,
    request: {
      readonly at: string
      readonly by: Someone
      readonly note: string
      readonly due: string | null
      readonly languages: readonly string[]
      /** Of one that is sent to review. */
      readonly route?: Route
      readonly checkedWith?: string
      /** Of one that is not. */
      readonly label?: string
      readonly beforeRestoring?: number | null
    },
  ): Promise<{ readonly n: number; readonly digest: string }> {
    const last = await rows
      .selectFrom('version')
      .select(({ fn }) => fn.max('n').as('n'))
      .where('document', '=', document)
      .executeTakeFirst()
    const n = Number(last?.n ?? 0) + 1
    const contributions = Object.fromEntries(await contributionsNow(rows, document))
    const row = {
      document,
      n,
      epoch: frozen.epoch,
      seq: frozen.seq,
      json: frozen.json,
      sha256: frozen.sha256,
      at: request.at,
      submitter: request.by.id,
      submitter_name: request.by.name,
      note: request.note,
      due: request.due,
      languages: JSON.stringify(request.languages),
      contributions: JSON.stringify(contributions),
      route: canonicalJson((request.route ?? ANY_DIRECTOR) as unknown as Json),
      label: request.label ?? null,
      before_restoring: request.beforeRestoring ?? null,
      checked_with: request.checkedWith ?? '',
      restricted: frozen.restricted,
    }
    await rows.insertInto('version').values(row).execute()
    await keepToolSaid(rows, document, n, toolSaidIn(JSON.parse(frozen.json) as DocumentJson))
    return { n, digest: digestOf('version', row) }
  }

  /** The last one that was sent to review; one that was only named asks nobody for anything. */
  async latest(rows: Rows, document: DocumentId): Promise<VersionRow | undefined> {
    return rows
      .selectFrom('version')
      .selectAll()
      .where('document', '=', document)
      .where('label', 'is', null)
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst()
  }

  /** The version that was in force before `n` was: the last one whose route was gone to its end. */
  async inForceBefore(rows: Rows, document: DocumentId, n: number): Promise<number | undefined> {
    const earlier = await rows
      .selectFrom('version')
      .select(['n', 'route'])
      .where('document', '=', document)
      .where('n', '<', n)
      .where('label', 'is', null)
      .orderBy('n', 'desc')
      .execute()
    for (const one of earlier)
      if (progressOf(routeOf(one), await this.approvals(rows, document, one.n)).reached) return one.n
    return undefined
  }

  async row(rows: Rows, document: DocumentId, n: number): Promise<VersionRow | undefined> {
    return rows
      .selectFrom('version')
      .selectAll()
      .where('document', '=', document)
      .where('n', '=', n)
      .executeTakeFirst()
  }

  /** The newest first, without their texts. */
  async list(document: DocumentId): Promise<VersionSummary[]> {
    const rows = await this.#journal.rows
      .selectFrom('version')
      .selectAll()
      .where('document', '=', document)
      .orderBy('n', 'desc')
      .execute()
    const decisions = await this.#decisions(document)
    return rows.map((row) => summaryOf(row, decisions.get(row.n) ?? []))
  }

  async read(document: DocumentId, n: number): Promise<Version | Refusal> {
    const row = await this.row(this.#journal.rows, document, n)
    if (!row) return refusal('NOT_FOUND', 'no such version')
    return versionOf(row, (await this.#decisions(document)).get(n) ?? [])
  }

  /**
   * An approval of a version with its text, as it leaves the server: the one that put it in force, or another one of it. While
   * others of its route are waited for there is none: a file with one of two signatures would pass for an approval.
   */
  async approvalFile(
    document: DocumentId,
    n: number,
    keys: readonly PublishedKey[],
    decision?: string,
  ): Promise<ApprovalFile | Refusal> {
    const { rows } = this.#journal
    const version = await this.row(rows, document, n)
    const decisions = (await this.#decisions(document)).get(n) ?? []
    const approved = decisions.filter(({ verdict }) => verdict === 'approve')
    const reached = version && progressOf(routeOf(version), approvalsAmong(decisions)).reached
    const chosen = decision === undefined ? approved.at(-1) : approved.find(({ id }) => id === decision)
    if (!reached || !chosen) return refusal('NOT_FOUND', 'not approved')
    const row = await rows
      .selectFrom('decision')
      .select('receipt')
      .where('id', '=', chosen.id)
      .executeTakeFirst()
    const receipt = JSON.parse(row?.receipt ?? '{}') as Receipt
    const publicKey = keys.find(({ id }) => id === receipt.key)?.publicKey ?? ''
    return { format: APPROVAL_FORMAT, v: 1, receipt, text: version.json, publicKey }
  }

  /** The approvals of a version, in the order in which they were given. */
  async approvals(rows: Rows, document: DocumentId, n: number): Promise<Approval[]> {
    const found = await rows
      .selectFrom('decision')
      .select(['person', 'principal', 'places'])
      .where('document', '=', document)
      .where('n', '=', n)
      .where('verdict', '=', 'approve')
      .orderBy('nth')
      .execute()
    return found.map(({ person, principal, places }) => ({
      by: person,
      principal: principal ?? person,
      places: JSON.parse(places) as number[],
    }))
  }

  async #decisions(document: DocumentId): Promise<Map<number, Decision[]>> {
    const rows = await this.#journal.rows
      .selectFrom('decision')
      .selectAll()
      .where('document', '=', document)
      .orderBy('nth')
      .orderBy('at')
      .execute()
    const byVersion = new Map<number, Decision[]>()
    for (const row of rows) byVersion.set(row.n, [...(byVersion.get(row.n) ?? []), decisionOf(row)])
    return byVersion
  }
}

const saidOf = (attached: DocumentJson): string => canonicalJson(attached as unknown as Json)

/** Entries of each person in the content, deletions included; counted as they are written, so compaction forgets none. */
export async function contributionsNow(rows: Rows, document: DocumentId): Promise<Contributions> {
  const found = await rows
    .selectFrom('contribution')
    .select(['person', 'entries'])
    .where('channel', '=', channelId(document, 'content'))
    .execute()
  return new Map(found.map(({ person, entries }) => [person, entries]))
}

export const contributionsOf = (row: VersionRow): Contributions =>
  new Map(Object.entries(JSON.parse(row.contributions) as { [person: string]: number }))

/** Who approves it, as it was when it was sent. */
export const routeOf = (row: Pick<VersionRow, 'route'>): Route => JSON.parse(row.route) as Route

export type VersionRow = Selectable<Tables['version']>

const summaryOf = (row: VersionRow, decisions: readonly Decision[]): VersionSummary => ({
  n: row.n,
  at: row.at,
  by: { id: row.submitter, name: row.submitter_name },
  note: row.note,
  label: row.label,
  beforeRestoring: row.before_restoring,
  due: row.due,
  sha256: row.sha256,
  route: routeOf(row),
  decisions,
})
export const versionOf = (row: VersionRow, decisions: readonly Decision[]): Version => ({
  ...summaryOf(row, decisions),
  languages: JSON.parse(row.languages) as string[],
  json: row.json,
})
const decisionOf = (row: Selectable<Tables['decision']>): Decision => ({
  id: row.id,
  verdict: row.verdict as Decision['verdict'],
  by: { id: row.person, name: row.name },
  onBehalfOf:
    row.principal === null ? null : { id: row.principal, name: row.principal_name ?? row.principal },
  places: JSON.parse(row.places) as number[],
  at: row.at,
  comment: row.comment,
  sections: JSON.parse(row.sections) as string[],
  conditions: row.conditions,
  waivers: JSON.parse(row.waivers) as Decision['waivers'],
  overrides: JSON.parse(row.overrides) as Decision['overrides'],
})
