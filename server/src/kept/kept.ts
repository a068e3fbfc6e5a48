/** What is kept, where, and what the server connects to: for the page of the administrators and the data protection officer. */
import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { PROTOCOL, VERSION } from '@auzolan/shared/build.ts'
import { KEPT_READ_AGAIN_MS, KEPT_READ_MAX_MS, KEPT_READ_REST } from '@auzolan/shared/limits.ts'
import type { DataAndServer, KindNow } from '@auzolan/shared/protocol/kept.ts'
import { LIST_IDS } from '@auzolan/shared/reference/references.ts'
import { DATABASE } from '../journal/file-place.ts'
import { MIGRATIONS } from '../journal/sqlite/schema.ts'
import type { Nextcloud } from '../nextcloud/nextcloud.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import type { StorageState } from '../storage.ts'
import { KEPT_KINDS, SHARED_KINDS, type Kind } from './kinds.ts'
import type { Amount, Read, ReadingAnswer, ReadingOrder } from './reading.ts'

export interface KeptPorts {
  /** Of the data. */
  readonly folder: string
  /** Addresses without passwords, where servers share a database; `null`: everything is in the folder. */
  readonly shared?: { readonly database: string; readonly bus: string | null } | null
  /** The Nextcloud we call, and what it is called by people; `null` in the demo. */
  readonly nextcloud: {
    readonly url: string
    readonly calls: Pick<Nextcloud, 'url' | 'standing' | 'standingSince' | 'address' | 'calls'>
  } | null
  /** Settings that do nothing: the doctor warns of them. */
  readonly warnings: readonly string[]
  readonly storage: () => Promise<StorageState>
  readonly lists: Pick<ReferenceLists, 'read'>
  readonly log: Pick<Logger, 'warn'>
  readonly now: () => Date
  /** Reads the folder; another one in tests. */
  readonly readFolder?: (order: ReadingOrder) => Promise<Read>
}

export class KeptData {
  readonly #ports: KeptPorts
  readonly #startedAt: string
  #last: { readonly at: string; readonly read: Read } | null = null
  #unreadSince: string | null = null
  #reading: Promise<void> | null = null
  /** By the monotonic clock: nobody has it read again before. */
  #again = -Infinity

  constructor(ports: KeptPorts) {
    this.#ports = ports
    this.#startedAt = ports.now().toISOString()
  }

  /** As of now, but for what takes long to read: that is of a moment ago, and says so. */
  async tell(): Promise<DataAndServer> {
    const { nextcloud, lists, storage, now, folder, shared = null } = this.#ports
    await this.#read()
    const [{ lists: references }, { writable, freeBytes }] = await Promise.all([lists.read(), storage()])
    const read = this.#last?.read ?? null
    return {
      now: now().toISOString(),
      asOf: this.#last?.at ?? null,
      unreadSince: this.#unreadSince,
      demo: nextcloud === null,
      server: {
        machine: hostname(),
        folder: shared?.database ?? folder,
        shared: shared && { bus: shared.bus },
        version: VERSION,
        protocol: PROTOCOL.max,
        tables: MIGRATIONS.length,
        startedAt: this.#startedAt,
        freeBytes,
        writable,
        databaseBytes: read?.databaseBytes ?? null,
        filesBytes: read?.filesBytes ?? null,
      },
      nextcloud: nextcloud && {
        url: nextcloud.url,
        reachedAt: nextcloud.calls.url,
        address: nextcloud.calls.address,
        sameMachine: isThisMachine(nextcloud.calls.address),
        standing: nextcloud.calls.standing,
        standingSince: nextcloud.calls.standingSince,
        calls: nextcloud.calls.calls,
      },
      kinds: (shared ? SHARED_KINDS : KEPT_KINDS)
        .filter(({ place }) => nextcloud !== null || place !== 'nextcloud')
        .map((kind) => this.#kind(kind, read)),
      backups: read?.backups ?? { made: null, tested: null },
      checks: [
        { check: 'settings', state: this.#ports.warnings.length > 0 ? 'warning' : 'ok' },
        ...(read?.checks ?? []),
      ],
      references: LIST_IDS.map((list) => ({
        list,
        verifiedOn: references[list].verifiedOn,
        count: references[list].count,
      })),
    }
  }

  #kind({ id, place, tables, files, kept, protection }: Kind, read: Read | null): KindNow {
    const archives = id === 'archives' ? (read?.archives ?? null) : null
    const amount: Partial<Amount> | undefined =
      id === 'archives' ? (archives ?? undefined) : place === 'server' ? read?.amounts[id] : undefined
    // Of a kind that has only files there may be none, and then it has no size: that is known.
    const none = read !== null && place === 'server' ? 0 : null
    return {
      id,
      place,
      tables,
      files: archives ? [archives.folder] : files.map((name) => (/[-/]$/.test(name) ? `${name}*` : name)),
      bytes: amount?.bytes ?? none,
      count: amount?.count ?? none,
      kept,
      protection: id !== 'archives' ? protection : archivesProtected(read),
    }
  }

  /** All who ask at once have it read once. */
  async #read(): Promise<void> {
    if (performance.now() < this.#again) return
    this.#reading ??= this.#readNow().finally(() => (this.#reading = null))
    await this.#reading
  }

  async #readNow(): Promise<void> {
    const { folder, now, log, readFolder = readInThread } = this.#ports
    const [began, at] = [performance.now(), now().toISOString()]
    try {
      this.#last = { at, read: await readFolder({ folder, now: at }) }
      this.#unreadSince = null
    } catch (error) {
      this.#unreadSince ??= at
      log.warn({ err: error }, 'what is kept could not be read')
    }
    const took = performance.now() - began
    this.#again = performance.now() + Math.max(KEPT_READ_AGAIN_MS, took * KEPT_READ_REST)
  }
}

function archivesProtected(read: Read | null): KindNow['protection'] {
  const made = read?.backups.made
  return made ? [made.encrypted ? 'encrypted' : 'plain'] : []
}

/** As far as addresses say it: what runs in a container has one of its own. */
function isThisMachine(address: string | null): boolean | null {
  if (address === null) return null
  const plain = address.replace(/^::ffff:/, '')
  if (plain === '::1' || plain.startsWith('127.')) return true
  return Object.values(networkInterfaces()).some((all) => all?.some((one) => one.address === plain))
}

/** @throws what went wrong there, or that it took too long */
function readInThread(order: ReadingOrder): Promise<Read> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./reading.ts', import.meta.url), { workerData: order })
    const tooLate = setTimeout(() => {
      reject(new Error(`${join(order.folder, DATABASE)} was not read within ${KEPT_READ_MAX_MS / 1000} s`))
      void thread.terminate()
    }, KEPT_READ_MAX_MS)
    thread.once('message', (answer: ReadingAnswer) => {
      if ('read' in answer) resolve(answer.read)
      else reject(new Error(answer.error))
    })
    thread.once('error', reject)
    thread.once('exit', () => {
      clearTimeout(tooLate)
      reject(new Error('the thread that reads has ended'))
    })
    // A server that stops waits for nobody who reads.
    thread.unref()
  })
}
