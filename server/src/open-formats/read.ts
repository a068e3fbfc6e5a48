/**
 * Makes a data folder of an export. Texts are born anew of their JSON, and comments of what was said, each under its author; rows are as they
 * were, so decisions, receipts and the audit are proved as before. Every log begins a new epoch: browsers keep what they have beyond it as drafts.
 */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { sql, type Transaction } from 'kysely'
import { z } from 'zod'
import type { Said } from '@auzolan/shared/comments/said.ts'
import { channelNameOf, documentOf, type ChannelId, type DocumentTypeId } from '@auzolan/shared/ids.ts'
import { parseCommentEvent } from '@auzolan/shared/schema/comments.ts'
import { measure } from '../journal/file-reading.ts'
import { fillFolder } from '../backup/filling.ts'
import type { Progress } from '../backup/progress.ts'
import { RefusedBackup } from '../backup/refused.ts'
import { Compaction, SYSTEM } from '../compaction/compaction.ts'
import type { Packed, Template } from '../compaction/tasks.ts'
import { record } from '../journal/audit.ts'
import { DATABASE, FILES, placeOf } from '../journal/file-place.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import { readOn } from '../journal/read-on.ts'
import { columnsThere, referencesLater } from '../journal/tables-there.ts'
import { SqliteJournal } from '../journal/sqlite/journal.ts'
import { MIGRATIONS } from '../journal/sqlite/schema.ts'
import { linesOf } from '../journal/file-reading.ts'
import { LOST_MARK } from '../review/signing-keys.ts'
import { verifyFolder } from '../verify/data-folder.ts'
import { lostFile } from '../verify/files.ts'
import { DataPackage, PACKAGE, inDocument, isExported } from './format.ts'

const SaidThere = z.array(z.strictObject({ client: z.int().min(0), event: z.custom(parseCommentEvent) }))
/** Rows put in with one statement: a store takes only so many parameters. */
const PARAMETERS_MAX = 30_000

export interface ExportRead {
  readonly documents: number
  readonly files: number
  /** What had been lost before it was exported, in sentences. Empty is good. */
  readonly faults: readonly string[]
}

/**
 * @param folder as `fillFolder` wants it
 * @throws {RefusedBackup} then the folder is as it was
 */
export async function readExport(options: {
  readonly from: string
  readonly folder: string
  readonly now: () => Date
  readonly progress: Progress
}): Promise<ExportRead> {
  const { from, now, progress } = options
  const contents = await listOf(from, progress)
  const listed = new Set(contents.resources.map(({ path }) => path))
  return fillFolder(options.folder, async (beside) => {
    const journal = await SqliteJournal.open(join(beside, DATABASE), now)
    const compaction = new Compaction()
    let named: readonly string[]
    try {
      await fitting('The rows', () =>
        journal.transact(async (rows) => {
          // Rows name each other, and come table by table.
          await referencesLater(rows)
          for (const { path } of contents.resources)
            if (path.startsWith('rows/')) await readRows(rows, join(from, path), basename(path, '.jsonl'))
        }),
      )
      await readTexts(journal, compaction, from, listed, now, progress)
      named = (await journal.rows.selectFrom('file').select('sha256').execute()).map(({ sha256 }) => sha256)
      await journal.transact((rows) =>
        record(rows, {
          at: now().toISOString(),
          actor: SYSTEM,
          action: 'data.import',
          subject: '',
          detail: { created: contents.created, program: contents.program, auditHead: contents.auditHead },
        }),
      )
    } finally {
      await compaction.close()
      await journal.close()
    }
    const files = contents.resources
      .filter(({ path }) => path.startsWith(`${FILES}/`))
      .map(({ path }) => basename(path, '.bin'))
    for (const sha256 of files) {
      const place = join(beside, FILES, placeOf(sha256))
      await mkdir(dirname(place), { recursive: true, mode: 0o700 })
      await copyFile(join(from, FILES, `${sha256}.bin`), place)
    }
    // The secret half of the key was not exported: receipts can be checked, and the next decision gets a new key.
    await writeFile(join(beside, LOST_MARK), '', { mode: 0o600 })
    const found = await verifyFolder(beside, null)
    const faults = found.kind === 'unreadable' ? [found.why] : found.faults
    // What was lost before it was exported is no reason to lose the rest.
    const lost = named.filter((sha256) => !files.includes(sha256)).map(lostFile)
    const others = faults.filter((fault) => !lost.includes(fault))
    if (others.length > 0)
      throw new RefusedBackup(
        ['What was read is not whole, and nothing was brought in:', ...others.slice(0, 20)].join('\n  '),
      )
    const documents = contents.resources.filter(({ path }) => path.endsWith('/text.json')).length
    return { documents, files: files.length, faults }
  })
}

/** The list, once everything in it is there and what it says. */
async function listOf(from: string, progress: Progress): Promise<DataPackage> {
  const text = await readFile(join(from, PACKAGE), 'utf8').catch(() => null)
  if (text === null) throw new RefusedBackup(`There is no ${PACKAGE} in ${from}: it is no export of Auzolan.`)
  const parsed = DataPackage.safeParse(jsonOf(text))
  if (!parsed.success) throw new RefusedBackup(`${join(from, PACKAGE)} is none of an export of Auzolan.`)
  const contents = parsed.data
  if (contents.schema !== MIGRATIONS.length)
    throw new RefusedBackup(
      `It was written by Auzolan ${contents.program}, whose tables are of another version (${contents.schema}, here ${MIGRATIONS.length}). Bring it in with that version, then upgrade.`,
    )
  const faults: string[] = []
  for (const [i, { path, bytes, hash }] of contents.resources.entries()) {
    const found = await measure(join(from, path))
    if (found === null) faults.push(`${path} is missing`)
    else if (found.bytes !== bytes || `sha256:${found.sha256}` !== hash) faults.push(`${path} was changed`)
    progress('checking', i + 1, contents.resources.length)
  }
  if (faults.length > 0)
    throw new RefusedBackup(
      ['The export is damaged, and nothing was brought in:', ...faults.slice(0, 20)].join('\n  '),
    )
  return contents
}

async function readRows(rows: Transaction<Tables>, path: string, table: string): Promise<void> {
  const names = await columnsThere(rows, table)
  // By exactly its name: what is not exported must not come in under another one.
  if (names.length === 0 || !isExported(table))
    throw new RefusedBackup(`There is no table ${table} in this version.`)
  const step = Math.max(1, Math.floor(PARAMETERS_MAX / names.length))
  let waiting: { [column: string]: unknown }[] = []
  const put = async (): Promise<void> => {
    if (waiting.length > 0)
      await sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))}) values ${sql.join(
        waiting.map((row) => sql`(${sql.join(names.map((name) => row[name] ?? null))})`),
      )}`.execute(rows)
    waiting = []
  }
  for await (const line of linesOf(path)) {
    const row = jsonOf(line)
    const fits =
      typeof row === 'object' &&
      row !== null &&
      Object.entries(row).every(
        ([name, value]) =>
          names.includes(name) && (value === null || ['string', 'number'].includes(typeof value)),
      )
    if (!fits) throw new RefusedBackup(`A line of ${path} is no row of ${table}.`)
    waiting.push(row as { [column: string]: unknown })
    if (waiting.length >= step) await put()
  }
  await put()
}

/** Above any epoch that the folder it comes from may have begun meanwhile: two texts must not go by one number. */
async function readTexts(
  journal: Journal,
  compaction: Compaction,
  from: string,
  listed: ReadonlySet<string>,
  now: () => Date,
  progress: Progress,
): Promise<void> {
  const seconds = Math.floor(now().getTime() / 1000)
  await journal.rows
    .updateTable('channel')
    .set({ epoch: sql<number>`max(epoch, ${seconds})`, shape: null })
    .execute()
  const channels = await journal.rows
    .selectFrom('channel')
    .innerJoin('document', (join) => join.on(sql<boolean>`document.id = substr(channel.id, 1, 36)`))
    .select(['channel.id', 'epoch', 'seq', 'type', 'languages'])
    .orderBy('channel.id')
    .execute()
  for (const [i, { id, epoch, seq, type, languages }] of channels.entries()) {
    const channel = id as ChannelId
    const [document, name] = [documentOf(channel), channelNameOf(channel)]
    const path = inDocument(document, name === 'content' ? 'text' : name)
    // What is not in the list was compared with nothing.
    if (!listed.has(path)) throw new RefusedBackup(`${path} is not in ${PACKAGE}.`)
    const text = await readFile(join(from, path), 'utf8')
    const packed = await fitting(inDocument(document, name), () =>
      name === 'comments'
        ? compaction.retell(SaidThere.parse(jsonOf(text)) as readonly Said[])
        : born(compaction, name === 'calendar' ? name : (type as DocumentTypeId), languages, text),
    )
    if (!(await journal.renew({ ...packed, channel, epoch, seq, cause: 'restore', removed: [], barred: [] })))
      throw new Error(`${channel} moved while it was made`)
    if (name !== 'comments') {
      const again = await compaction.whole({ channel, ...(await readOn(journal, channel, 0)) })
      if (again !== text)
        throw new RefusedBackup(`The ${name} of ${document} does not read as it was written down.`)
    }
    progress('documents', i + 1, channels.length)
  }
  // What was written under these ids is in the new texts under one of the server's own.
  await journal.rows
    .deleteFrom('author')
    .where('clock', '=', 0)
    .where('channel', 'not like', '%/comments')
    .execute()
}

/** What was written by hand may be anything; then it is said which file it is. */
async function fitting<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RefusedBackup) throw error
    throw new RefusedBackup(`${what} cannot be read: ${(error as Error).message.split('\n')[0]!}`)
  }
}

async function born(
  compaction: Compaction,
  type: DocumentTypeId | 'calendar',
  languages: string,
  text: string,
): Promise<Packed> {
  const { entry } = await compaction.birth(type, JSON.parse(languages) as string[], jsonOf(text) as Template)
  return { gzip: new Uint8Array(gzipSync(entry.update)), bytes: entry.update.length, clocks: entry.clocks }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
