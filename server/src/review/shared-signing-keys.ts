/**
 * The keys that sign receipts, in a database that many nodes share: a row that nothing lists and no export takes out. It is read each time: another
 * node may have made a key, or replaced it.
 */
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql, type Transaction } from 'kysely'
import type { DecisionFacts, Receipt } from '@auzolan/shared/receipt.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import { ConfigError } from '../settings.ts'
import {
  LOST_MARK,
  bearWitness,
  closed,
  keysIn,
  signedBy,
  usable,
  withNewKey,
  witnessedIn,
  type Current,
  type KeyFile,
  type PublishedKey,
  type ReceiptKeys,
} from './signing-keys.ts'

/** What it is called in messages. */
const ROW = 'The row of the table signing_key'

export class SharedSigningKeys implements ReceiptKeys {
  readonly #journal: Journal
  readonly #now: () => Date
  private constructor(journal: Journal, now: () => Date) {
    this.#journal = journal
    this.#now = now
  }

  /**
   * @param folder of this node, where the mark lies that says that a key is lost for good
   * @throws {ConfigError} when what is stored is damaged, or less than once was there
   */
  static async open(folder: string, journal: Journal, now: () => Date): Promise<SharedSigningKeys> {
    const keys = new SharedSigningKeys(journal, now)
    const mark = join(folder, LOST_MARK)
    if (await stat(mark).catch(() => null)) await keys.#acceptLoss(mark)
    await keys.#found(journal.rows)
    return keys
  }

  known(): Promise<readonly PublishedKey[]> {
    return witnessedIn(this.#journal.rows)
  }

  async sign(facts: DecisionFacts): Promise<Receipt> {
    const current =
      (await this.#found(this.#journal.rows))?.current ??
      (await this.#journal.transact(
        async (rows) => (await this.#found(rows))?.current ?? (await this.#replace(rows)),
      ))
    return signedBy(current, facts)
  }

  async rotate(): Promise<PublishedKey> {
    await this.#journal.transact((rows) => this.#replace(rows))
    return (await this.known()).at(-1)!
  }

  async #found(rows: Rows & Querying): Promise<{ file: KeyFile; current: Current | null } | null> {
    const content = await keyRow(rows)
    return usable(content === null ? null : keysIn(content, ROW), ROW, await witnessedIn(rows))
  }

  async #replace(rows: Transaction<Tables>): Promise<Current> {
    const at = this.#now().toISOString()
    const { file, current } = withNewKey(await witnessedIn(rows), at)
    await putKeyRow(rows, JSON.stringify(file))
    await bearWitness(rows, file.keys, at)
    return current
  }

  async #acceptLoss(mark: string): Promise<void> {
    const at = this.#now().toISOString()
    await this.#journal.transact(async (rows) => {
      if (
        await this.#found(rows).then(
          (found) => found?.current,
          () => null,
        )
      )
        throw new ConfigError(`${ROW} is there and whole: nothing is lost. Take ${mark} away again.`)
      const keys = closed(await witnessedIn(rows), at)
      await putKeyRow(rows, JSON.stringify({ v: 1, privateKey: null, keys } satisfies KeyFile))
      await bearWitness(rows, keys, at)
    })
    await rm(mark)
  }
}

type Querying = Pick<Transaction<Tables>, 'getExecutor'>

/** What `signing-keys.json` would hold; `null` where nothing was signed yet. */
export async function keyRow(rows: Querying): Promise<string | null> {
  const { rows: found } = await sql<{ content: string }>`select content from signing_key`.execute(rows)
  return found[0]?.content ?? null
}

export async function putKeyRow(rows: Querying, content: string): Promise<void> {
  await sql`insert into signing_key (one, content) values (1, ${content})
    on conflict (one) do update set content = excluded.content`.execute(rows)
}
