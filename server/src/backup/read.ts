/** Reads an archive into a folder, and compares every file with its hash; nothing else than what the manifest names is let in. */
import { createReadStream, existsSync } from 'node:fs'
import { open, readFile, readdir, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract } from 'tar'
import { MIGRATIONS } from '../journal/sqlite/schema.ts'
import { decryptWith } from './encryption.ts'
import { measure } from '../journal/file-reading.ts'
import { MANIFEST, Manifest } from './manifest.ts'
import type { Progress } from './progress.ts'
import { RefusedBackup } from './refused.ts'

export interface Unpacked {
  readonly manifest: Manifest
  /** Files that are not what the manifest says, or are not there. Empty is good. */
  readonly faults: readonly string[]
}

const AGE_BEGINS = 'age-encryption.org/v1'

/**
 * @param into an empty folder
 * @param keyFile secret key, for an archive that is encrypted
 * @throws {RefusedBackup} when it is no backup of ours, cannot be decrypted, is cut off, or is of a newer program
 */
export async function unpack(
  archive: string,
  into: string,
  keyFile: string | null,
  progress: Progress,
): Promise<Unpacked> {
  const size = await stat(archive).then(
    (file) => (file.isFile() ? file.size : null),
    () => null,
  )
  if (size === null) throw new RefusedBackup(`${archive} is not there, or may not be read.`)
  let read = 0
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      read += chunk.length
      progress('reading', read, size)
      done(null, chunk)
    },
  })
  const file = createReadStream(archive)
  // A pipe passes no error on: what cannot be read is said by whoever reads behind it.
  file.on('error', (error) => counted.destroy(error))
  const raw = file.pipe(counted)
  const plain = await opened(archive, raw, keyFile)
  const writer = extract({
    cwd: into,
    strict: true,
    preservePaths: false,
    // Of whoever runs this, and nothing else: an archive could make a program of a file.
    onReadEntry: (entry) => void (entry.mode = 0o600),
    // Files alone: a link could lead out of the folder.
    filter: (path, entry) => 'type' in entry && entry.type === 'File' && (path === MANIFEST || isOurs(path)),
  })
  await pipeline(plain, writer as unknown as NodeJS.WritableStream).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOSPC')
      throw new RefusedBackup(`There is no room in ${dirname(into)} for what ${archive} holds.`)
    throw new RefusedBackup(
      `${archive} cannot be read to its end: ${error.message}. It may be cut off or damaged.`,
    )
  })
  const manifest = await manifestIn(into, archive)
  const faults = await unnamedIn(into, manifest)
  for (const [i, { path, bytes, sha256 }] of manifest.contents.entries()) {
    const found = await measure(join(into, path))
    if (found === null) faults.push(`${path} is missing in the archive`)
    else if (found.sha256 !== sha256 || found.bytes !== bytes)
      faults.push(`${path} is not what it was when the backup was made`)
    progress('checking', i + 1, manifest.contents.length)
  }
  return { manifest, faults }
}

/** What is in the archive and not in its list was put there by somebody else. */
async function unnamedIn(folder: string, { contents }: Manifest): Promise<string[]> {
  const named = new Set([MANIFEST, ...contents.map(({ path }) => path)])
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !named.has(path))
    .map((path) => `${path} is in the archive, and not in its list`)
}

const isOurs = (path: string): boolean => Manifest.shape.contents.element.shape.path.safeParse(path).success

async function opened(archive: string, raw: Readable, keyFile: string | null): Promise<Readable> {
  const encrypted = await beginsWith(archive, AGE_BEGINS)
  if (!encrypted) return raw
  if (keyFile === null)
    throw new RefusedBackup(`${archive} is encrypted: give the file with the secret key (--key-file).`)
  const lines = await readFile(keyFile, 'utf8').catch(() => {
    throw new RefusedBackup(`The key file ${keyFile} is not there, or may not be read.`)
  })
  const sealed = Readable.toWeb(raw) as ReadableStream<Uint8Array>
  const plain = await decryptWith(lines, sealed)
  return Readable.fromWeb(plain as Parameters<typeof Readable.fromWeb>[0])
}

async function beginsWith(path: string, words: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => {
    throw new RefusedBackup(`${path} is not there, or may not be read.`)
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(words.length), 0, words.length, 0)
    return bytesRead === words.length && buffer.toString('latin1') === words
  } finally {
    await file.close()
  }
}

async function manifestIn(folder: string, archive: string): Promise<Manifest> {
  const path = join(folder, MANIFEST)
  if (!existsSync(path)) throw new RefusedBackup(`${archive} is no backup of Auzolan.`)
  const text = await readFile(path, 'utf8')
  let manifest
  try {
    manifest = Manifest.safeParse(JSON.parse(text))
  } catch {
    manifest = null
  }
  if (!manifest?.success)
    throw new RefusedBackup(`The list of contents in ${archive} cannot be read: it was damaged or changed.`)
  if (manifest.data.schema > MIGRATIONS.length)
    throw new RefusedBackup(
      `${archive} was made by a newer Auzolan (${manifest.data.program}): use the program of that version.`,
    )
  return manifest.data
}
