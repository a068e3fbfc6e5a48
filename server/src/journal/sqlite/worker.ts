/**
 * The thread that owns the SQLite file, so that a slow disk never stops a socket. It answers one request
 * after the other; every write is one transaction with `synchronous=FULL`.
 */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { MIGRATIONS } from './schema.ts'
import type { Answer, Request, Result } from './requests.ts'

const path = workerData as string
mkdirSync(dirname(path), { recursive: true })
const db = new Database(path)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.pragma('foreign_keys = ON')
migrate()

const sql = {
  channel: db.prepare('SELECT epoch, seq FROM channel WHERE id = ?'),
  authors: db.prepare('SELECT client, person, clock FROM author WHERE channel = ?'),
  createChannel: db.prepare('INSERT INTO channel (id, epoch, seq) VALUES (?, 1, 0)'),
  moveChannel: db.prepare('UPDATE channel SET seq = ? WHERE id = ? AND seq = ?'),
  entry: db.prepare('INSERT INTO entry (channel, seq, at, person, bytes) VALUES (?, ?, ?, ?, ?)'),
  clock: db.prepare(
    `INSERT INTO author (channel, client, person, clock) VALUES (?, ?, ?, ?)
     ON CONFLICT (channel, client) DO UPDATE SET clock = excluded.clock WHERE person = excluded.person`,
  ),
  bind: db.prepare(
    'INSERT INTO author (channel, client, person, clock) VALUES (?, ?, ?, 0) ON CONFLICT (channel, client) DO NOTHING',
  ),
  owner: db.prepare('SELECT person FROM author WHERE channel = ? AND client = ?'),
  touch: db.prepare('UPDATE document SET updated_at = ? WHERE id = ?'),
  read: db.prepare('SELECT seq, bytes FROM entry WHERE channel = ? AND seq > ? ORDER BY seq LIMIT ?'),
}

function migrate(): void {
  const done = db.pragma('user_version', { simple: true }) as number
  if (done > MIGRATIONS.length) {
    throw new Error(`the data folder was written by a newer version (${done} > ${MIGRATIONS.length})`)
  }
  db.transaction(() => {
    MIGRATIONS.slice(done).forEach((step) => db.exec(step))
    db.pragma(`user_version = ${MIGRATIONS.length}`)
  })()
}

const append = db.transaction((request: Extract<Request, { op: 'append' }>) => {
  for (const { channel, afterSeq, entries } of request.batches) {
    const moved = sql.moveChannel.run(afterSeq + entries.length, channel, afterSeq)
    if (moved.changes !== 1) throw new Error(`another writer moved ${channel}`)
    entries.forEach((entry, i) => {
      sql.entry.run(channel, afterSeq + 1 + i, request.at, entry.person, Buffer.from(entry.update))
      for (const [client, clock] of entry.clocks) {
        const written = sql.clock.run(channel, client, entry.person, clock)
        if (written.changes !== 1) throw new Error(`client ${client} of ${channel} belongs to somebody else`)
      }
    })
    sql.touch.run(request.at, channel.slice(0, 36))
  }
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
  sql.createChannel.run(request.channel)
  append({
    op: 'append',
    at: request.at,
    batches: [{ channel: request.channel, afterSeq: 0, entries: [request.birth] }],
  })
})

function answer(request: Request): Result {
  switch (request.op) {
    case 'open': {
      const channel = sql.channel.get(request.channel) as { epoch: number; seq: number } | undefined
      if (!channel) return null
      const authors = sql.authors.all(request.channel) as { client: number; person: string; clock: number }[]
      return { ...channel, authors }
    }
    case 'create':
      create.immediate(request)
      return null
    case 'append':
      append.immediate(request)
      return null
    case 'bind':
      return bind.immediate(request)
    case 'read': {
      const entries: { seq: number; update: Uint8Array }[] = []
      let bytes = 0
      for (const row of sql.read.iterate(request.channel, request.after, request.limit.entries)) {
        const { seq, bytes: update } = row as { seq: number; bytes: Buffer }
        if (entries.length > 0 && bytes + update.length > request.limit.bytes) break
        bytes += update.length
        entries.push({ seq, update: new Uint8Array(update) })
      }
      return entries
    }
    case 'query': {
      const statement = db.prepare(request.sql)
      if (statement.reader) return { rows: statement.all(...request.parameters), changes: 0 }
      return { rows: [], changes: statement.run(...request.parameters).changes }
    }
    case 'close':
      db.close()
      return null
  }
}

parentPort!.on('message', ({ id, request }: { id: number; request: Request }) => {
  let reply: Answer
  try {
    reply = { id, result: answer(request) }
  } catch (error) {
    reply = { id, error: error instanceof Error ? error.message : String(error) }
  }
  parentPort!.postMessage(reply)
  if (request.op === 'close') parentPort!.close()
})
parentPort!.postMessage({ id: 0, result: null } satisfies Answer)
