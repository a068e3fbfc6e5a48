/** Writes everything down in open formats: one moment of a data folder on which a server may be working. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { sql } from 'kysely'
import { VERSION } from '@auzolan/shared/build.ts'
import { channelNameOf, documentOf, type ChannelId } from '@auzolan/shared/ids.ts'
import { measure } from '../journal/file-reading.ts'
import { snapshot } from '../backup/make.ts'
import { withPassing } from '../backup/passing.ts'
import type { Progress } from '../backup/progress.ts'
import { RefusedBackup } from '../backup/refused.ts'
import { Compaction } from '../compaction/compaction.ts'
import { DATABASE, FILES, placeOf } from '../journal/file-place.ts'
import type { Journal } from '../journal/journal.ts'
import { readOn } from '../journal/read-on.ts'
import { keyThere, tablesThere } from '../journal/tables-there.ts'
import { SqliteJournal } from '../journal/sqlite/journal.ts'
import { MIGRATIONS } from '../journal/sqlite/schema.ts'
import { EXPORT_FORMAT, PACKAGE, inDocument, isExported, type DataPackage, type Resource } from './format.ts'

/** Rows read at once. */
const STEP = 200

export interface ExportWritten {
  readonly folder: string
  readonly resources: number
  readonly documents: number
  /** What could not be written down, in sentences. Empty is good. */
  readonly faults: readonly string[]
}

/**
 * @param to a folder that is not there yet; it is for this account alone
 * @throws {RefusedBackup} with a sentence for whoever typed the command; then nothing is left behind
 */
export async function writeExport(options: {
  readonly folder: string
  readonly to: string
  readonly now: () => Date
  readonly progress: Progress
}): Promise<ExportWritten> {
  const { folder, now, progress } = options
  const to = resolve(options.to)
  const parent = dirname(to)
  if (!existsSync(join(folder, DATABASE)))
    throw new RefusedBackup(`There is no database of Auzolan in ${folder}.`)
  if (existsSync(to)) throw new RefusedBackup(`${to} is there already: name a folder that is not.`)
  await mkdir(parent, { recursive: true })
  // Beside its place: it gets its name when it is whole.
  return withPassing(parent, '.auzolan-export-', async (out) => {
    const staging = join(out, 'moment')
    await mkdir(staging)
    const about = await snapshot(folder, join(staging, DATABASE), progress)
    const journal = await SqliteJournal.open(join(staging, DATABASE), now)
    const compaction = new Compaction()
    const writing = new Writing(join(out, 'export'))
    try {
      await writeRows(journal, writing)
      const documents = await writeTexts(journal, compaction, writing, progress)
      await writeVersions(journal, writing)
      await writeFiles(folder, about.files, writing, progress)
      const contents: DataPackage = {
        name: EXPORT_FORMAT,
        version: '1',
        created: now().toISOString(),
        program: VERSION,
        // The copy was brought to the tables of this program before it was read.
        schema: MIGRATIONS.length,
        auditHead: about.auditHead,
        resources: writing.resources,
      }
      await writeFile(join(out, 'export', PACKAGE), `${JSON.stringify(contents, null, 1)}\n`, { mode: 0o600 })
      await rename(join(out, 'export'), to).catch((error: NodeJS.ErrnoException) => {
        throw ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(error.code ?? '')
          ? new RefusedBackup(`${to} is there already: name a folder that is not.`)
          : error
      })
      return { folder: to, resources: contents.resources.length, documents, faults: writing.faults }
    } finally {
      await compaction.close()
      await journal.close()
    }
  })
}

/** What has been written, with its hashes. */
class Writing {
  readonly resources: Resource[] = []
  readonly faults: string[] = []
  readonly #out: string
  constructor(out: string) {
    this.#out = out
  }

  async text(path: string, text: string): Promise<void> {
    const bytes = Buffer.from(text)
    await this.#place(path)
    await writeFile(join(this.#out, path), bytes, { mode: 0o600, flag: 'wx' })
    this.#list(path, bytes.length, createHash('sha256').update(bytes).digest('hex'))
  }

  /** Piece by piece: a table may be larger than what fits into memory. */
  async pieces(path: string, pieces: AsyncIterable<string>): Promise<void> {
    await this.#place(path)
    const hash = createHash('sha256')
    let bytes = 0
    const handle = await open(join(this.#out, path), 'wx', 0o600)
    try {
      for await (const piece of pieces) {
        const some = Buffer.from(piece)
        await handle.appendFile(some)
        hash.update(some)
        bytes += some.length
      }
    } finally {
      await handle.close()
    }
    this.#list(path, bytes, hash.digest('hex'))
  }

  async file(path: string, from: string, sha256: string): Promise<void> {
    await this.#place(path)
    const copied = await copyFile(from, join(this.#out, path)).then(
      () => measure(join(this.#out, path)),
      () => null,
    )
    if (copied?.sha256 === sha256) return this.#list(path, copied.bytes, sha256)
    // Under this name there is this content, or nothing.
    await rm(join(this.#out, path), { force: true })
    this.faults.push(`file ${sha256} is missing, or holds something else than when it was kept`)
  }

  async #place(path: string): Promise<void> {
    await mkdir(dirname(join(this.#out, path)), { recursive: true, mode: 0o700 })
  }
  #list(path: string, bytes: number, sha256: string): void {
    const format = path.slice(path.lastIndexOf('.') + 1) as Resource['format']
    const name = path
      .replace(/\.\w+$/, '')
      .replaceAll('/', '.')
      .toLowerCase()
    this.resources.push({ name, path, format, bytes, hash: `sha256:${sha256}` })
  }
}

async function writeRows({ rows }: Journal, writing: Writing): Promise<void> {
  for (const name of await tablesThere(rows)) {
    if (!isExported(name)) continue
    await writing.pieces(`rows/${name}.jsonl`, linesOf(rows, name))
  }
}

/** In the order of the key, so that two exports of the same rows are the same file. */
async function* linesOf(rows: Journal['rows'], table: string): AsyncGenerator<string> {
  const key = sql.join((await keyThere(rows, table)).map((name) => sql.ref(name)))
  for (let from = 0; ; from += STEP) {
    const { rows: some } =
      await sql<object>`select * from ${sql.table(table)} order by ${key} limit ${STEP} offset ${from}`.execute(
        rows,
      )
    for (const row of some) yield `${JSON.stringify(row)}\n`
    if (some.length < STEP) return
  }
}

async function writeTexts(
  journal: Journal,
  compaction: Compaction,
  writing: Writing,
  progress: Progress,
): Promise<number> {
  const channels = await journal.rows.selectFrom('channel').select('id').orderBy('id').execute()
  for (const [i, { id }] of channels.entries()) {
    const channel = id as ChannelId
    const [document, name] = [documentOf(channel), channelNameOf(channel)]
    const log = await readOn(journal, channel, 0)
    if (name === 'comments') {
      const said = log.snapshot || log.entries.length > 0 ? await compaction.said({ channel, ...log }) : []
      await writing.text(inDocument(document, 'comments'), `${JSON.stringify(said, null, 1)}\n`)
    } else {
      const json = await compaction.whole({ channel, ...log })
      await writing.text(inDocument(document, name === 'content' ? 'text' : name), json)
    }
    progress('documents', i + 1, channels.length)
  }
  return new Set(channels.map(({ id }) => documentOf(id as ChannelId))).size
}

/** Also in the rows; here as a file whose hash is the one that was approved. */
async function writeVersions({ rows }: Journal, writing: Writing): Promise<void> {
  const all = await rows
    .selectFrom('version')
    .select(['document', 'n'])
    .orderBy('document')
    .orderBy('n')
    .execute()
  for (const { document, n } of all) {
    const { json } = await rows
      .selectFrom('version')
      .select('json')
      .where('document', '=', document)
      .where('n', '=', n)
      .executeTakeFirstOrThrow()
    await writing.text(inDocument(document, `version-${n}`), json)
    const decisions = await rows
      .selectFrom('decision')
      .select(['id', 'receipt'])
      .where('document', '=', document)
      .where('n', '=', n)
      .execute()
    for (const { id, receipt } of decisions)
      await writing.text(inDocument(document, `receipt-${id}`), receipt)
  }
}

async function writeFiles(
  folder: string,
  files: readonly { readonly sha256: string }[],
  writing: Writing,
  progress: Progress,
): Promise<void> {
  for (const [i, { sha256 }] of files.entries()) {
    await writing.file(`${FILES}/${sha256}.bin`, join(folder, FILES, placeOf(sha256)), sha256)
    progress('files', i + 1, files.length)
  }
}
