/** The key of the receipts outlives the process, is nobody else's to read, and is never silently replaced. */
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isConfirmed, verifyReceipt, fingerprintOf } from '@auzolan/shared/receipt.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'
import { LOST_MARK, SIGNING_KEYS_FILE, SigningKeys } from '@auzolan/server/src/review/signing-keys.ts'
import { ConfigError } from '@auzolan/server/src/settings.ts'
import { FACTS, TEXT } from '../support/receipts.ts'
import { temporaryFolder } from '../support/server.ts'

let folder: string
let journal: SqliteJournal
let time: Date
const now = (): Date => time
const opened = (): Promise<SigningKeys> => SigningKeys.open(folder, journal, now)
const path = (): string => join(folder, SIGNING_KEYS_FILE)
const failure = async (): Promise<string> => {
  const error: unknown = await opened().catch((e: unknown) => e)
  expect(error).toBeInstanceOf(ConfigError)
  return (error as Error).message
}

beforeEach(async () => {
  folder = await temporaryFolder()
  time = new Date('2026-11-23T15:42:07.000Z')
  journal = await SqliteJournal.open(join(folder, 'auzolan.sqlite'), now)
})
afterEach(async () => {
  await journal.close()
  await rm(folder, { recursive: true })
})

describe('the key', () => {
  it('is made at the first need, once for two decisions at once, and only its owner may read it', async () => {
    const keys = await opened()
    expect(keys.published).toEqual([])
    await expect(stat(path())).rejects.toThrow('ENOENT')
    const [one, two] = await Promise.all([keys.sign(FACTS), keys.sign(FACTS)])
    expect(two).toEqual(one)
    expect(keys.published).toEqual([
      { id: one.key, publicKey: expect.any(String), from: time.toISOString(), to: null },
    ])
    expect((await fingerprintOf(keys.published[0]!.publicKey))!.slice(0, 16)).toBe(one.key)
    expect((await stat(path())).mode & 0o777).toBe(0o600)
    expect(isConfirmed(await verifyReceipt(one, TEXT, [keys.published[0]!.publicKey]))).toBe(true)
  })

  it('is the same after a restart', async () => {
    const before = await opened()
    const receipt = await before.sign(FACTS)
    const after = await opened()
    expect(await after.sign(FACTS)).toEqual(receipt)
    expect(after.published).toEqual(before.published)
  })

  it('is replaced by rotation; receipts of the one before stay right, and its private half is gone', async () => {
    const keys = await opened()
    const old = await keys.sign(FACTS)
    const secret = (JSON.parse(await readFile(path(), 'utf8')) as { privateKey: string }).privateKey
    time = new Date('2027-11-23T00:00:00.000Z')
    const { id } = await keys.rotate()
    const again = await opened()
    expect(again.published.map((key) => [key.id, key.to])).toEqual([
      [old.key, time.toISOString()],
      [id, null],
    ])
    expect((await again.sign(FACTS)).key).toBe(id)
    const publicKeys = again.published.map(({ publicKey }) => publicKey)
    for (const receipt of [old, await again.sign(FACTS)])
      expect(isConfirmed(await verifyReceipt(receipt, TEXT, publicKeys))).toBe(true)
    expect(await readFile(path(), 'utf8')).not.toContain(JSON.stringify(secret).slice(1, -1))
  })

  it('that could not be stored signs nothing', async () => {
    const keys = await opened()
    await mkdir(path())
    await expect(keys.sign(FACTS)).rejects.toThrow()
    expect(keys.published).toEqual([])
    await rm(path(), { recursive: true })
    expect((await keys.sign(FACTS)).key).toBe(keys.published[0]!.id)
  })
})

describe('damage', () => {
  let content: string
  let secret: string
  beforeEach(async () => {
    await (await opened()).sign(FACTS)
    content = await readFile(path(), 'utf8')
    secret = /PRIVATE KEY-----\\n([^\\]+)/.exec(content)![1]!
  })
  const rewritten = async (change: (file: { privateKey: string | null; keys: { id: string }[] }) => void) => {
    const file = JSON.parse(content) as Parameters<typeof change>[0]
    change(file)
    await writeFile(path(), JSON.stringify(file))
  }

  it.each<[string, () => Promise<void>]>([
    ['cut off', () => writeFile(path(), content.slice(0, content.length / 2))],
    ['empty', () => writeFile(path(), '')],
    ['without its private half', () => rewritten((file) => (file.privateKey = null))],
    ['with a private half that is none', () => rewritten((f) => (f.privateKey = f.privateKey!.slice(0, 60)))],
    ['with another id', () => rewritten((file) => (file.keys[0]!.id = '0'.repeat(16)))],
    ['without its keys', () => rewritten((file) => (file.keys = []))],
  ])(
    'a file %s stops the start, is left as it is, and the secret is not in the sentence',
    async (_, harm) => {
      await harm()
      const left = await readFile(path(), 'utf8')
      const message = await failure()
      expect(message).toContain(SIGNING_KEYS_FILE)
      expect(message).toContain('backup')
      expect(message).not.toContain(secret.slice(0, 20))
      expect(await readFile(path(), 'utf8')).toBe(left)
    },
  )

  it('a file of another installation stops the start', async () => {
    const elsewhere = await temporaryFolder()
    const other = await SqliteJournal.open(join(elsewhere, 'auzolan.sqlite'), now)
    await (await SigningKeys.open(elsewhere, other, now)).sign(FACTS)
    await other.close()
    await writeFile(path(), await readFile(join(elsewhere, SIGNING_KEYS_FILE)))
    await rm(elsewhere, { recursive: true })
    expect(await failure()).toContain('lacks the key')
  })

  it.skipIf(process.platform === 'win32')('a file that others may read stops the start', async () => {
    await chmod(path(), 0o640)
    expect(await failure()).toContain('chmod 600')
  })

  it('a lost file stops the start until somebody says that it is lost; the old key stays known', async () => {
    await rm(path())
    expect(await failure()).toContain('missing')
    await expect(stat(path())).rejects.toThrow('ENOENT')
    await writeFile(join(folder, LOST_MARK), '')
    const keys = await opened()
    expect(keys.published).toHaveLength(1)
    expect(keys.published[0]!.to).not.toBeNull()
    await expect(stat(join(folder, LOST_MARK))).rejects.toThrow('ENOENT')
    await keys.sign(FACTS)
    expect((await opened()).published).toHaveLength(2)
  })

  it.each<[string, () => Promise<void>]>([
    ['damaged', () => writeFile(path(), content.slice(0, content.length / 2))],
    ['without its keys', () => rewritten((file) => (file.keys = []))],
  ])('a file that is %s is given up when somebody says so, and is kept aside', async (_, harm) => {
    await harm()
    const left = await readFile(path(), 'utf8')
    await writeFile(join(folder, LOST_MARK), '')
    const keys = await opened()
    expect(keys.published).toMatchObject([{ to: expect.any(String) as string }])
    expect(await readFile(`${path()}.damaged`, 'utf8')).toBe(left)
    await keys.sign(FACTS)
    expect((await opened()).published).toHaveLength(2)
  })

  it('a key that is whole is not lost, whatever somebody says', async () => {
    await writeFile(join(folder, LOST_MARK), '')
    expect(await failure()).toContain('nothing is lost')
    expect(await readFile(path(), 'utf8')).toBe(content)
    await rm(join(folder, LOST_MARK))
    expect((await opened()).published).toHaveLength(1)
  })
})
