/** Bytes that no row names: what a crash has left behind, or what was taken out of its last document. They go after some time. */
import { FILE_UNNAMED_KEPT_MS } from '@auzolan/shared/limits.ts'
import type { Journal } from '../journal/journal.ts'
import type { Files } from './files.ts'
import type { FileStore } from './store.ts'

export interface UnnamedPorts {
  readonly journal: Journal
  readonly files: Files
  readonly store: FileStore
  readonly now: () => Date
}

export class Unnamed {
  readonly #ports: UnnamedPorts
  constructor(ports: UnnamedPorts) {
    this.#ports = ports
  }

  /** Gives how many went. The wait begins when they are first found: a database of an older backup may name them again. */
  async look(): Promise<number> {
    const { store, now } = this.#ports
    const at = now()
    const before = new Date(at.getTime() - FILE_UNNAMED_KEPT_MS).toISOString()
    let gone = 0
    for await (const sha256 of store.all())
      if (await this.#lookAt(sha256, at.toISOString(), before)) gone += 1
    return gone
  }

  /** Between two files that get their rows: what was there a moment ago must not be taken from under one. */
  #lookAt(sha256: string, at: string, before: string): Promise<boolean> {
    const { journal, files, store } = this.#ports
    return files.inTurn(async () => {
      const { rows } = journal
      const named = await rows
        .selectFrom('file')
        .select('sha256')
        .where('sha256', '=', sha256)
        .limit(1)
        .executeTakeFirst()
      if (named) return false
      const waits = await rows
        .selectFrom('file_unnamed')
        .select('since')
        .where('sha256', '=', sha256)
        .executeTakeFirst()
      if (!waits) {
        await rows.insertInto('file_unnamed').values({ sha256, since: at }).execute()
        return false
      }
      if (waits.since > before) return false
      await store.remove(sha256)
      await rows.deleteFrom('file_unnamed').where('sha256', '=', sha256).execute()
      return true
    })
  }
}
