/**
 * The thread that owns the SQLite file, so that a slow disk never stops a socket. It answers one request
 * after the other; every write is one transaction with `synchronous=FULL`.
 */
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { slipsBetween } from '@auzolan/shared/find/slips.ts'
import { copyBeforeUpgrade, removeOldUpgradeCopies } from './before-upgrade.ts'
import { holdOnly } from './only-one.ts'
import { unpackBatches } from './packed.ts'
import { MIGRATIONS } from './schema.ts'
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import type { ChannelBatch, LogEntry, LogPart } from '../journal.ts'
import type { Answer, OpenResult, Request, Result } from './requests.ts'

/** Whoever starts while its predecessor is still ending waits this long. */
const PREDECESSOR_ENDS_MS = 3_000

const path = workerData as string
mkdirSync(dirname(path), { recursive: true })
const letGo = holdOnly(path, PREDECESSOR_ENDS_MS)
// For this account alone, also in a folder that others may open; SQLite gives the files beside it the same mode.
closeSync(openSync(path, 'a', 0o600))
const db = new Database(path)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.pragma('foreign_keys = ON')
// What is taken out of a row is written over in its page, at no write more: words whose time is over are not on the disk (ADR 0037).
db.pragma('secure_delete = FAST')
// What a misspelt word is near to, asked of the whole index: here, so that its words need not go to the other thread.
db.function('slips_between', { deterministic: true }, (a: string, b: string, most: number) =>
  slipsBetween(a, b, most),
)
migrate()

const sql = {
  channel: db.prepare('SELECT epoch, epoch_cause AS epochCause, seq FROM channel WHERE id = ?'),
  snapshotSize: db.prepare(
    'SELECT seq AS snapshotSeq, bytes AS snapshotBytes FROM snapshot WHERE channel = ?',
  ),
  tail: db.prepare('SELECT coalesce(sum(length(bytes)), 0) FROM entry WHERE channel = ?'),
  snapshot: db.prepare('SELECT seq, gzip FROM snapshot WHERE channel = ? AND seq > ?'),
  contribution: db.prepare(
    `INSERT INTO contribution (channel, person, entries) VALUES (?, ?, ?)
     ON CONFLICT (channel, person) DO UPDATE SET entries = entries + excluded.entries`,
  ),
  authors: db.prepare('SELECT client, person, clock FROM author WHERE channel = ?'),
  createChannel: db.prepare('INSERT INTO channel (id, epoch, seq) VALUES (?, 1, 0)'),
  moveChannel: db.prepare('UPDATE channel SET seq = ? WHERE id = ? AND epoch = ? AND seq = ?'),
  entry: db.prepare('INSERT INTO entry (channel, seq, at, person, bytes) VALUES (?, ?, ?, ?, ?)'),
  clock: db.prepare(
    `INSERT INTO author (channel, client, person, clock) VALUES (?, ?, ?, ?)
     ON CONFLICT (channel, client) DO UPDATE SET clock = max(clock, excluded.clock) WHERE person = excluded.person`,
  ),
  bind: db.prepare(
    'INSERT INTO author (channel, client, person, clock) VALUES (?, ?, ?, 0) ON CONFLICT (channel, client) DO NOTHING',
  ),
  owner: db.prepare('SELECT person FROM author WHERE channel = ? AND client = ?'),
  // To the second is enough: each page that is written costs as much as the edit itself.
  touch: db.prepare('UPDATE document SET updated_at = ? WHERE id = ? AND updated_at NOT BETWEEN ? AND ?'),
  read: db.prepare('SELECT seq, person, bytes FROM entry WHERE channel = ? AND seq > ? ORDER BY seq LIMIT ?'),
}

function migrate(): void {
  const done = db.pragma('user_version', { simple: true }) as number
  if (done > MIGRATIONS.length) {
    throw new Error(`the data folder was written by a newer version (${done} > ${MIGRATIONS.length})`)
  }
  removeOldUpgradeCopies(path, Date.now())
  if (done > 0 && done < MIGRATIONS.length) copyBeforeUpgrade(db, path, done)
  db.transaction(() => {
    MIGRATIONS.slice(done).forEach((step) => db.exec(step))
    db.pragma(`user_version = ${MIGRATIONS.length}`)
  })()
}

const othersClient = (client: number, channel: string): Error =>
  new Error(`client ${client} of ${channel} belongs to somebody else`)

const append = db.transaction((batches: readonly ChannelBatch[], at: string): ChannelId[] => {
  const movedOn: ChannelId[] = []
  const aSecondBefore = new Date(Date.parse(at) - 1_000).toISOString()
  for (const { channel, epoch, afterSeq, entries } of batches) {
    const moved = sql.moveChannel.run(afterSeq + entries.length, channel, epoch, afterSeq)
    if (moved.changes !== 1) {
      movedOn.push(channel)
      continue
    }
    // Of those who wrote several entries at once, only what comes of them.
    const counts = new Map<string, number>()
    const clocks = new Map<number, { readonly person: string; readonly clock: number }>()
    entries.forEach((entry, i) => {
      const { person } = entry
      sql.entry.run(channel, afterSeq + 1 + i, at, person, buffer(entry.update))
      counts.set(person, (counts.get(person) ?? 0) + 1)
      for (const [client, clock] of entry.clocks) {
        const before = clocks.get(client)
        if (before && before.person !== person) throw othersClient(client, channel)
        clocks.set(client, { person, clock: Math.max(clock, before?.clock ?? 0) })
      }
    })
    for (const [person, count] of counts) sql.contribution.run(channel, person, count)
    for (const [client, { person, clock }] of clocks)
      if (sql.clock.run(channel, client, person, clock).changes !== 1) throw othersClient(client, channel)
    sql.touch.run(at, channel.slice(0, 36), aSecondBefore, at)
  }
  return movedOn
})

const bind = db.transaction((request: Extract<Request, { op: 'bind' }>): number[] => {
  const taken: number[] = []
  for (const client of request.clientIds) {
    sql.bind.run(request.channel, client, request.person)
    const owner = sql.owner.pluck().get(request.channel, client)
    if (owner !== request.person) taken.push(client)
  }
  return taken
})

const create = db.transaction((request: Extract<Request, { op: 'create' }>) => {
  for (const { channel, birth } of request.channels) {
    sql.createChannel.run(channel)
    const batch = birth && { channel, epoch: 1, afterSeq: 0, entries: [birth] }
    if (batch) append([batch], request.at)
  }
})

function read(request: Extract<Request, { op: 'read' }>): LogPart {
  const { channel, after, limit } = request
  const found = sql.snapshot.get(channel, after) as { seq: number; gzip: Buffer } | undefined
  const snapshot = found ? { seq: found.seq, gzip: new Uint8Array(found.gzip) } : null
  const entries: LogEntry[] = []
  let bytes = 0
  let cut = false
  for (const row of sql.read.iterate(channel, snapshot?.seq ?? after, limit.entries)) {
    const { seq, person, bytes: update } = row as { seq: number; person: PersonId; bytes: Buffer }
    cut = entries.length > 0 && bytes + update.length > limit.bytes
    if (cut) break
    bytes += update.length
    entries.push({ seq, person, update: new Uint8Array(update) })
  }
  const { epoch } = (sql.channel.get(channel) ?? { epoch: 0 }) as { epoch: number }
  return { epoch, snapshot, entries, more: cut || entries.length >= limit.entries }
}

function rewrite(): void {
  // Not begun in vain: it is asked for again each minute, and would double the log of the database each time.
  const [before] = db.pragma('wal_checkpoint(PASSIVE)') as { log: number; checkpointed: number }[]
  if (before!.checkpointed < before!.log) throw new Error('an older moment of it is being read')
  db.exec('VACUUM')
  const [done] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  // As long as somebody reads an older moment (a backup), its pages stay where they are.
  if (done?.busy !== 0) throw new Error('an older moment of it is being read')
}

/** Statements that were asked lately: to prepare one costs more than most take to run, and they come again and again. */
const known = new Map<string, Database.Statement>()
const KNOWN_MAX = 300
/** Longer ones bring hundreds of rows: each number of rows is a text of its own, and large. */
const KNOWN_MAX_CHARACTERS = 4_000
function prepared(text: string): Database.Statement {
  if (text.length > KNOWN_MAX_CHARACTERS) return db.prepare(text)
  const statement = known.get(text) ?? db.prepare(text)
  known.delete(text)
  known.set(text, statement)
  if (known.size > KNOWN_MAX) known.delete(known.keys().next().value!)
  return statement
}

/** The driver takes Buffers; what comes from the other thread are plain bytes. */
const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function answer(request: Request): Result {
  switch (request.op) {
    case 'open': {
      const channel = sql.channel.get(request.channel) as
        Pick<OpenResult, 'epoch' | 'epochCause' | 'seq'> | undefined
      if (!channel) return null
      const snapshot = (sql.snapshotSize.get(request.channel) ?? {
        snapshotSeq: 0,
        snapshotBytes: 0,
      }) as Pick<OpenResult, 'snapshotSeq' | 'snapshotBytes'>
      const tailBytes = sql.tail.pluck().get(request.channel) as number
      const authors = sql.authors.all(request.channel) as { client: number; person: string; clock: number }[]
      return { ...channel, ...snapshot, tailBytes, authors }
    }
    case 'create':
      create.immediate(request)
      return null
    case 'append':
      return append.immediate(unpackBatches(request.batches), request.at)
    case 'bind':
      return bind.immediate(request)
    case 'read':
      return read(request)
    case 'query': {
      const statement = prepared(request.sql)
      const parameters = request.parameters.map((p) => (p instanceof Uint8Array ? buffer(p) : p))
      if (statement.reader) return { rows: statement.all(...parameters), changes: 0 }
      return { rows: [], changes: statement.run(...parameters).changes }
    }
    case 'rewrite':
      rewrite()
      return null
    case 'close':
      db.close()
      letGo()
      return null
  }
}

/** Below this a copy is cheaper. */
const HANDED_OVER_FROM_BYTES = 4096
/** Large texts go to the other thread as they are, not as a copy. */
const handedOver = (result: Result): ArrayBuffer[] => {
  if (result === null || !('snapshot' in result)) return []
  const { snapshot, entries } = result
  return [...(snapshot ? [snapshot.gzip] : []), ...entries.map((entry) => entry.update)]
    .filter((bytes) => bytes.length >= HANDED_OVER_FROM_BYTES)
    .map((bytes) => bytes.buffer as ArrayBuffer)
}

parentPort!.on('message', ({ id, request }: { id: number; request: Request }) => {
  let reply: Answer
  try {
    reply = { id, result: answer(request) }
  } catch (error) {
    reply = { id, error: error instanceof Error ? error.message : String(error) }
  }
  parentPort!.postMessage(reply, 'result' in reply ? handedOver(reply.result) : [])
  if (request.op === 'close') parentPort!.close()
})
parentPort!.postMessage({ id: 0, result: null } satisfies Answer)
