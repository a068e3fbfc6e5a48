/**
 * Takes approved versions out of the outbox into the archive. On a way of its own: a folder without room must not keep people
 * from being notified, and what cannot be written today is not given up tomorrow.
 */
import type { Logger } from 'pino'
import type { Journal } from '../journal/journal.ts'
import type { ArchiveParcel } from '../outbox/outbox.ts'
import type { Archive } from './archive.ts'

export interface ArchivingPorts {
  readonly journal: Pick<Journal, 'rows' | 'transact'>
  /** `null` where there is no Nextcloud (the demo): nothing is kept for it. */
  readonly archive: Pick<Archive, 'deliver'> | null
  readonly log: Pick<Logger, 'warn'>
}

export class Archiving {
  readonly #ports: ArchivingPorts
  /** Of these it was said already that they wait. */
  readonly #said = new Set<number>()
  constructor(ports: ArchivingPorts) {
    this.#ports = ports
  }

  /** Tries all that wait. Gives how many are dealt with. */
  async look(): Promise<number> {
    const { journal, archive, log } = this.#ports
    const waiting = await journal.rows
      .selectFrom('outbox')
      .select(['n', 'parcel'])
      .where('kind', '=', 'archive')
      .orderBy('n')
      .execute()
    let done = 0
    for (const { n, parcel } of waiting) {
      const outcome = await archive?.deliver(JSON.parse(parcel) as ArchiveParcel)
      switch (outcome?.kind) {
        case undefined:
        case 'answered':
          await journal.transact((rows) => rows.deleteFrom('outbox').where('n', '=', n).execute())
          this.#said.delete(n)
          done += archive ? 1 : 0
          continue
        case 'failed':
          // It may be this one; the next may have more luck.
          if (!this.#said.has(n))
            log.warn({ n, why: outcome.why }, 'an approved version waits for its archive')
          this.#said.add(n)
          continue
        default:
          return done
      }
    }
    return done
  }
}
