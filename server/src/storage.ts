/** Whether the disk takes what is written: asked by whoever watches over the server, and by the self-test. */
import { statfs } from 'node:fs/promises'
import type { Logger } from 'pino'
import { STORAGE_LOW_BYTES } from '@auzolan/shared/limits.ts'
import type { SelfTestAnswer } from '@auzolan/shared/protocol/rest.ts'
import type { Journal } from './journal/journal.ts'

export type StorageState = SelfTestAnswer['storage']

/** Whoever asks again within this time gets the last answer: asking costs a commit, and anybody may ask. */
const KNOWN_MS = 1_000

export class Storage {
  readonly #journal: Journal
  readonly #folder: string
  readonly #place: 'disk' | 'database'
  readonly #log: Pick<Logger, 'info' | 'warn'>
  #last: { readonly state: Promise<StorageState>; readonly at: number } | null = null
  #logged: ReturnType<typeof wordFor> = 'ok'

  /** @param place where rows are written */
  constructor(
    journal: Journal,
    folder: string,
    log: Pick<Logger, 'info' | 'warn'>,
    place: 'disk' | 'database' = 'disk',
  ) {
    this.#place = place
    this.#journal = journal
    this.#folder = folder
    this.#log = log
  }

  /** Never throws. */
  state(): Promise<StorageState> {
    if (!this.#last || performance.now() - this.#last.at > KNOWN_MS)
      this.#last = { state: this.#look(), at: performance.now() }
    return this.#last.state
  }

  async #look(): Promise<StorageState> {
    const [writable, freeBytes] = await Promise.all([canWrite(this.#journal), freeBytesAt(this.#folder)])
    const state = { writable, freeBytes }
    const word = wordFor(state)
    const database = this.#place === 'database' && 'not writable'
    if (word === 'ok' && this.#logged !== 'ok')
      this.#log.info(
        { freeBytes },
        this.#logged === database
          ? 'the database takes what is written again'
          : 'there is room on the disk again',
      )
    else if (word !== this.#logged)
      this.#log.warn(
        { freeBytes },
        word === database ? 'the database takes nothing' : `the disk of the data is ${word}`,
      )
    this.#logged = word
    return state
  }
}

/** In one word, for `/readyz`. */
export function wordFor({ writable, freeBytes }: StorageState): 'ok' | 'low' | 'not writable' {
  if (!writable) return 'not writable'
  return freeBytes !== null && freeBytes < STORAGE_LOW_BYTES ? 'low' : 'ok'
}

/** Whether a row can be written: not on a full disk, and not when the journal is gone. */
async function canWrite(journal: Journal): Promise<boolean> {
  const value = new Date().toISOString()
  try {
    await journal.rows
      .insertInto('setting')
      .values({ key: 'ready', value })
      .onConflict((c) => c.column('key').doUpdateSet({ value }))
      .execute()
    return true
  } catch {
    return false
  }
}

/** What this user may still write there; `null` where the system does not say. */
export async function freeBytesAt(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return null
  }
}
