/**
 * The Ed25519 keys this server signs receipts with. The private half is in a file of its own in the data folder; the
 * public history is also a row, which is the witness that a key once was: a lost file never becomes a new key by itself.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import {
  RECEIPT_FORMAT,
  RECEIPT_VERSION,
  bytesToSign,
  keyIdOf,
  type DecisionFacts,
  type Receipt,
} from '@auzolan/shared/receipt.ts'
import { record } from '../journal/audit.ts'
import { digestOf } from '../journal/digest.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import { ConfigError } from '../settings.ts'

export const SIGNING_KEYS_FILE = 'signing-keys.json'
/** Whoever runs the server makes this file to say that a key is lost for good. */
export const LOST_MARK = 'signing-keys.lost'
/** The setting in the database. */
export const WITNESS = 'signing_keys'

const publishedKey = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  publicKey: z.string().regex(/^[\w-]{43}$/),
  from: z.iso.datetime(),
  to: z.iso.datetime().nullable(),
})
const history = z.array(publishedKey)
const keyFile = z.strictObject({
  v: z.literal(1),
  /** PKCS #8 in PEM. Only the key in use has a private half: one that no longer signs cannot be stolen. */
  privateKey: z.string().nullable(),
  keys: history,
})
export type KeyFile = z.infer<typeof keyFile>

/** A key as everybody may know it; `to` is when it was replaced. */
export type PublishedKey = Readonly<z.infer<typeof publishedKey>>

export interface Current {
  readonly id: string
  readonly secret: KeyObject
}

/** Signs receipts, and tells everybody with what. */
export interface ReceiptKeys {
  /** Every key there ever was, the oldest first. */
  known(): Promise<readonly PublishedKey[]>
  /** Signs with the key in use; makes one at the first need. Not within a transaction on rows. */
  sign(facts: DecisionFacts): Promise<Receipt>
  /** From now on another key signs; receipts of the ones before stay valid. */
  rotate(): Promise<PublishedKey>
}

export class SigningKeys implements ReceiptKeys {
  readonly #folder: string
  readonly #journal: Journal
  readonly #now: () => Date
  #history: readonly PublishedKey[] = []
  #current: Current | null = null
  /** One change of the file at a time: two first decisions at once make one key. */
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(folder: string, journal: Journal, now: () => Date) {
    this.#folder = folder
    this.#journal = journal
    this.#now = now
  }

  /** @throws {ConfigError} when what is stored is damaged, readable by others, or less than once was there. */
  static async open(folder: string, journal: Journal, now: () => Date): Promise<SigningKeys> {
    const keys = new SigningKeys(folder, journal, now)
    await keys.#load()
    return keys
  }

  get published(): readonly PublishedKey[] {
    return this.#history
  }

  known(): Promise<readonly PublishedKey[]> {
    return Promise.resolve(this.#history)
  }

  async sign(facts: DecisionFacts): Promise<Receipt> {
    return signedBy(await this.#inTurn(async () => this.#current ?? (await this.#replace())), facts)
  }

  async rotate(): Promise<PublishedKey> {
    await this.#inTurn(() => this.#replace())
    return this.#history.at(-1)!
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return result
  }

  async #replace(): Promise<Current> {
    const { file, current } = withNewKey(this.#history, this.#now().toISOString())
    await this.#store(file)
    return (this.#current = current)
  }

  /** The file before the witness: a crash between them leaves a key nobody has asked after, never one that is missing. */
  async #store(file: KeyFile): Promise<void> {
    await writeDurably(this.#folder, SIGNING_KEYS_FILE, JSON.stringify(file, null, 1))
    await this.#bearWitness(file.keys)
    this.#history = file.keys
  }

  async #load(): Promise<void> {
    const path = join(this.#folder, SIGNING_KEYS_FILE)
    const seen = await this.#witnessed()
    if ((await statOf(join(this.#folder, LOST_MARK))) !== null) return this.#acceptLoss(path, seen)
    const found = await usableKeys(this.#folder, seen)
    if (found === null) return
    const { file, current } = found
    this.#current = current
    this.#history = file.keys
    if (file.keys.length > 0) await this.#bearWitness(file.keys)
  }

  /**
   * The file is gone, or nothing to sign with any more: what is left of it is kept aside, and the witness says which keys there
   * were. A key that can still be used is not lost, whatever the mark says.
   */
  async #acceptLoss(path: string, seen: readonly PublishedKey[]): Promise<void> {
    if (seen.length > 0 && (await this.#stillWhole(path, seen)))
      throw new ConfigError(
        `${path} is there and whole: nothing is lost. Take ${join(this.#folder, LOST_MARK)} away again.`,
      )
    if ((await statOf(path)) !== null) await rename(path, `${path}.damaged`)
    await this.#store({ v: 1, privateKey: null, keys: closed(seen, this.#now().toISOString()) })
    await rm(join(this.#folder, LOST_MARK))
  }

  async #stillWhole(path: string, seen: readonly PublishedKey[]): Promise<boolean> {
    try {
      const file = await readKeyFile(path)
      const current = file?.keys.find(({ to }) => to === null)
      if (!file || !current) return false
      secretOf(file, current, path)
      return seen.every((key) => file.keys.some(({ publicKey }) => publicKey === key.publicKey))
    } catch (error) {
      if (error instanceof ConfigError) return false
      throw error
    }
  }

  async #witnessed(): Promise<readonly PublishedKey[]> {
    return witnessedIn(this.#journal.rows)
  }

  async #bearWitness(keys: readonly PublishedKey[]): Promise<void> {
    await this.#journal.transact((rows) => bearWitness(rows, keys, this.#now().toISOString()))
  }
}

export function signedBy({ id, secret }: Current, facts: DecisionFacts): Receipt {
  const unsigned = { ...facts, format: RECEIPT_FORMAT, v: RECEIPT_VERSION, key: id } as const
  return { ...unsigned, signature: sign(null, bytesToSign(unsigned), secret).toString('base64url') }
}

/** @param history the keys of before, of which none signs any more then */
export function withNewKey(
  history: readonly PublishedKey[],
  at: string,
): { readonly file: KeyFile; readonly current: Current } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = rawOf(publicKey)
  const id = idOf(raw)
  const keys = [...closed(history, at), { id, publicKey: raw.toString('base64url'), from: at, to: null }]
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { file: { v: 1, privateKey: pem, keys }, current: { id, secret: privateKey } }
}

/** The keys that the database remembers. */
export async function witnessedIn(rows: Rows): Promise<readonly PublishedKey[]> {
  const row = await rows.selectFrom('setting').select('value').where('key', '=', WITNESS).executeTakeFirst()
  return witnessed(row?.value)
}

/** What the database remembers of keys, and its audit of each. */
export async function bearWitness(
  rows: Transaction<Tables>,
  keys: readonly PublishedKey[],
  at: string,
): Promise<void> {
  const value = JSON.stringify(keys)
  await rows
    .insertInto('setting')
    .values({ key: WITNESS, value })
    .onConflict((c) => c.column('key').doUpdateSet({ value }))
    .execute()
  const told = await rows.selectFrom('audit').select('subject').where('action', '=', 'key.make').execute()
  for (const key of keys)
    if (!told.some(({ subject }) => subject === key.id)) {
      const detail = { digest: digestOf('key', key) }
      await record(rows, { at, actor: '/system', action: 'key.make', subject: key.id, detail })
    }
}

/** The keys that a database remembers, by the value of its setting `WITNESS`. */
export const witnessed = (value: string | undefined): readonly PublishedKey[] =>
  value === undefined ? [] : history.parse(JSON.parse(value))

/**
 * The file of the keys, looked at and not changed.
 * @param seen the keys that the database remembers
 * @returns `null` where there is no file and need be none: nothing was signed yet
 * @throws {ConfigError} when it is damaged, readable by others, or less than once was there
 */
export async function usableKeys(
  folder: string,
  seen: readonly PublishedKey[],
): Promise<{ readonly file: KeyFile; readonly current: Current | null } | null> {
  const path = join(folder, SIGNING_KEYS_FILE)
  return usable(await readKeyFile(path), path, seen)
}

/** @param path what it is called in the message */
export function usable(
  file: KeyFile | null,
  path: string,
  seen: readonly PublishedKey[],
): { readonly file: KeyFile; readonly current: Current | null } | null {
  if (file === null) {
    if (seen.length === 0) return null
    throw new ConfigError(`${path} is missing: the key ${seen.at(-1)!.id} has signed decisions.\n${RESTORE}`)
  }
  const missing = seen.find((key) => !file.keys.some(({ publicKey }) => publicKey === key.publicKey))
  if (missing)
    throw new ConfigError(
      `${path} lacks the key ${missing.id}, which has signed here: it is older than the database.\n${RESTORE}`,
    )
  const current = file.keys.find(({ to }) => to === null)
  return { file, current: current ? { id: current.id, secret: secretOf(file, current, path) } : null }
}

const RESTORE =
  'Bring it back from the backup. If no backup has it, make an empty file ' +
  `${LOST_MARK} beside it: the next\ndecision gets a new key, and receipts of the lost one can still be checked.`

export const closed = (keys: readonly PublishedKey[], at: string): PublishedKey[] =>
  keys.map((key) => ({ ...key, to: key.to ?? at }))

const idOf = (raw: Buffer): string => keyIdOf(createHash('sha256').update(raw).digest('hex'))
const rawOf = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url')

/** Errors name the file and never what is in it: they end up in logs. */
async function readKeyFile(path: string): Promise<KeyFile | null> {
  const found = await statOf(path)
  if (found === null) return null
  // Windows has no such modes.
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    throw new ConfigError(
      `${path} holds the key that signs decisions, and others than its owner may open it.\n` +
        `chmod 600 ${path}, and think of who may have read it.`,
    )
  const content = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(
      `${path} cannot be read (${error.code}). It must belong to the user of this server.`,
    )
  })
  return keysIn(content, path)
}

/** @param path what it is called in the message. @throws {ConfigError} when it is damaged */
export function keysIn(content: string, path: string): KeyFile {
  const parsed = keyFile.safeParse(fromJson(content))
  if (!parsed.success || parsed.data.keys.filter(({ to }) => to === null).length > 1) throw damaged(path)
  for (const { id, publicKey } of parsed.data.keys)
    if (idOf(Buffer.from(publicKey, 'base64url')) !== id) throw damaged(path)
  return parsed.data
}

function secretOf(file: KeyFile, current: PublishedKey, path: string): KeyObject {
  try {
    const secret = createPrivateKey(file.privateKey ?? '')
    if (rawOf(createPublicKey(secret)).toString('base64url') === current.publicKey) return secret
  } catch {
    // What Node says of a key it cannot read adds nothing, and stands too near the key.
  }
  throw damaged(path)
}

const damaged = (path: string): ConfigError => new ConfigError(`${path} is damaged.\n${RESTORE}`)

function fromJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return null
  }
}

const statOf = (path: string): Promise<{ mode: number } | null> =>
  stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new ConfigError(`${path} cannot be looked at (${error.code}).`)
  })

/** All of the new content or all of the old, also after a power cut. */
async function writeDurably(folder: string, name: string, content: string): Promise<void> {
  const path = join(folder, name)
  const next = `${path}.next`
  // A leftover of a crash may have another mode, which opening it would keep.
  await rm(next, { force: true })
  const file = await open(next, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(next, path)
  // Windows cannot flush a folder, and needs not to.
  if (process.platform === 'win32') return
  const place = await open(folder, 'r')
  try {
    await place.sync()
  } finally {
    await place.close()
  }
}
