/** Takes approved versions that wait to the archive; what cannot be written today is not given up tomorrow. */
import type { Logger } from 'pino'
import type { Journal } from '../journal/journal.ts'
import type { Archive } from './archive.ts'
import { archived, waitingForArchive } from './waiting.ts'

export interface ArchiveRoundsPorts {
  readonly journal: Pick<Journal, 'rows' | 'transact'>
  /** `null` where there is no Nextcloud (the demo): nothing is kept for it. */
  readonly archive: Pick<Archive, 'deliver'> | null
  readonly log: Pick<Logger, 'warn'>
}

export class ArchiveRounds {
  readonly #ports: ArchiveRoundsPorts
  /** Of these it was said already that they wait. */
  readonly #said = new Set<string>()
  constructor(ports: ArchiveRoundsPorts) {
    this.#ports = ports
  }

  /** Tries all that wait. Gives how many arrived. */
  async look(): Promise<number> {
    const { journal, archive, log } = this.#ports
    let arrived = 0
    for (const parcel of await waitingForArchive(journal.rows)) {
      const { document, version } = parcel
      const name = `${document}/${version}`
      const outcome = await archive?.deliver(parcel)
      switch (outcome?.kind) {
        case undefined:
        case 'answered':
          await journal.transact((rows) => archived(rows, parcel))
          this.#said.delete(name)
          arrived += archive ? 1 : 0
          continue
        case 'failed':
          // It may be this one; the next may have more luck.
          if (!this.#said.has(name))
            log.warn({ document, version, why: outcome.why }, 'an approved version waits for its archive')
          this.#said.add(name)
          continue
        case 'refused':
        case 'maintenance':
        case 'paused':
          return arrived
      }
    }
    return arrived
  }
}
