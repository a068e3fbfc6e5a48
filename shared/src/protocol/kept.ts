/** `GET /administration/data`: what is kept, where, how large it is, for how long, and what the server connects to. */
import type { ListId } from '../reference/references.ts'

/** The places where something of ours lies, in the order in which a text passes through them. */
export const PLACES = ['devices', 'nextcloud', 'server', 'backups'] as const
export type Place = (typeof PLACES)[number]

/** Every kind of data that is kept. Its words are in the pages; its tables and files, in the server. */
export const KINDS = [
  'texts',
  'traces',
  'versions',
  'delegations',
  'posts',
  'figures',
  'scores',
  'heard',
  'consents',
  'files',
  'tools',
  'suggestions',
  'own',
  'people',
  'teams',
  'organisation',
  'audit',
  'outbox',
  'passes',
  'search',
  'keys',
  'upgradeCopies',
  'technical',
  'archive',
  'told',
  'settings',
  'copies',
  'archives',
] as const
export type KindId = (typeof KINDS)[number]

/** How long something is kept, as the program does it. */
export type Kept =
  /** As long as its document, which is deleted for good some days after it came into the trash. */
  | { readonly rule: 'document'; readonly trashDays: number }
  | { readonly rule: 'always' }
  /** What is about one document, as long as that; what is about all of a team, for good. */
  | { readonly rule: 'documentOrAlways' }
  /** Words and addresses for some months, unless the plan in force says another number; what is counted, as long as its document. */
  | { readonly rule: 'words'; readonly months: number }
  /** As long as a document names it, and some days more. */
  | { readonly rule: 'named'; readonly days: number }
  /** Until whoever it is of takes it back. */
  | { readonly rule: 'takenBack' }
  /** Until the account has ended in Nextcloud, or its document is gone. */
  | { readonly rule: 'account' }
  /** Until somebody takes it out. */
  | { readonly rule: 'takenOut' }
  /** Until Nextcloud has it; what it does not take, for some days; what was told, as long as its document, and never longer than the second number. */
  | { readonly rule: 'delivered'; readonly asideDays: number; readonly toldDays: number }
  /** Until it can be of no use to anybody any more. */
  | { readonly rule: 'hours'; readonly hours: number }
  | { readonly rule: 'days'; readonly days: number }
  /** It has nothing of its own: the room of what was deleted, and files that are there while the server runs. */
  | { readonly rule: 'passing' }
  /** As whoever looks after Nextcloud says there. */
  | { readonly rule: 'nextcloud' }
  /** Until the data of the website are deleted in the browser, as Nextcloud does when somebody signs out. */
  | { readonly rule: 'browser' }
  /** As the command that makes backups is told. */
  | { readonly rule: 'backups' }

/** What protects it beside the rights of the program, which hold for everything. */
export const PROTECTIONS = [
  /** The folder and what is in it can be opened by the account of the server alone. */
  'account',
  /** Whoever may read the database that servers share reads it. */
  'database',
  /** Each has its hash, and a receipt signed by the key of the server. */
  'signed',
  /** Nobody is given it but who wrote it, until it is revealed. */
  'sealed',
  /** Under a pseudonym; no name of the person it is about is in it. */
  'pseudonym',
  /** A row that is changed or missing shows. */
  'chained',
  /** Only for the person whom it is of: no page shows it to anybody else. */
  'own',
  /** As Nextcloud protects what is its own. */
  'nextcloud',
  /** As the device is protected; the copy itself is not encrypted. */
  'device',
  /** Encrypted for public keys; the server cannot read it. */
  'encrypted',
  /** It can be read by whoever has it. */
  'plain',
] as const
export type Protection = (typeof PROTECTIONS)[number]

export interface KindNow {
  readonly id: KindId
  readonly place: Place
  /** Of the database on the server. */
  readonly tables: readonly string[]
  /** In the folder of the data (`*` stands for the rest of a name), or a path of its own; empty where the server does not know. */
  readonly files: readonly string[]
  /** `null`: not known, or not known to the server. */
  readonly bytes: number | null
  /** What there is of it in the unit that counts (documents, versions, rows); `null` where nothing is counted. */
  readonly count: number | null
  readonly kept: Kept
  readonly protection: readonly Protection[]
}

/** What one kind of call to Nextcloud is for. */
export const CALL_PURPOSES = ['ping', 'users', 'notify', 'archive', 'other'] as const
export type CallPurpose = (typeof CALL_PURPOSES)[number]

export interface CallsMade {
  readonly what: CallPurpose
  readonly times: number
  /** ISO instants; `answeredAt` is null where none was answered. */
  readonly lastAt: string
  readonly answeredAt: string | null
}

/** What the doctor looks at; its sentences are for the command line, the pages say theirs. */
export const CHECKS = ['settings', 'program', 'folder', 'disk', 'keys', 'queues', 'backups'] as const
export type CheckId = (typeof CHECKS)[number]
export type CheckState = 'ok' | 'warning' | 'fault' | 'skipped'

/** How a place lies to the data: `unseen` where this machine cannot look there. */
export type DiskOf = 'same' | 'other' | 'unseen'

export interface DataAndServer {
  readonly now: string
  /** When sizes, counts and checks were read; null when they never were since the start. */
  readonly asOf: string | null
  /** Since when they cannot be read; null when they can. */
  readonly unreadSince: string | null
  readonly demo: boolean
  readonly server: {
    /** That answers; of several, one. */
    readonly machine: string
    /** Where the data is: a folder, or the address of a database. */
    readonly folder: string
    /** What servers share besides, where they share a database; null where everything is in the folder of one. */
    readonly shared: {
      /** Address of the Redis over which they talk. */
      readonly bus: string | null
    } | null
    readonly version: string
    readonly protocol: number
    /** Version of the tables. */
    readonly tables: number
    readonly startedAt: string
    /** Of the disk of the data folder; of several servers, that of the one that answers. */
    readonly freeBytes: number | null
    readonly writable: boolean
    readonly databaseBytes: number | null
    readonly filesBytes: number | null
  }
  readonly nextcloud: {
    /** As people have it in their browser, and as the server reaches it. */
    readonly url: string
    readonly reachedAt: string
    /** The address behind that, as of the last call; null before the first one. */
    readonly address: string | null
    /** Whether that is this machine; null where it is not known. */
    readonly sameMachine: boolean | null
    readonly standing: 'unknown' | 'ok' | 'secrets differ' | 'maintenance' | 'unreachable'
    readonly standingSince: string
    readonly calls: readonly CallsMade[]
  } | null
  readonly kinds: readonly KindNow[]
  readonly backups: {
    readonly made: {
      readonly at: string
      readonly path: string
      readonly bytes: number
      readonly encrypted: boolean
      readonly faults: number
      readonly disk: DiskOf
      /** Old enough to ask whether the timer runs. */
      readonly late: boolean
    } | null
    readonly tested: {
      readonly at: string
      readonly madeAt: string
      readonly faults: number
      readonly late: boolean
    } | null
  }
  readonly checks: readonly { readonly check: CheckId; readonly state: CheckState }[]
  readonly references: readonly {
    readonly list: ListId
    readonly verifiedOn: string
    readonly count: number
  }[]
}
