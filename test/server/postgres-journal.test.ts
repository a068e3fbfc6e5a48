/** The PostgreSQL journal keeps the contract, also with other nodes beside it, and says in a sentence why a database cannot be used. */
import { createServer, type Server } from 'node:net'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Journal } from '@auzolan/server/src/journal/journal.ts'
import { record } from '@auzolan/server/src/journal/audit.ts'
import { FIRST_STEP, STEPS, migrate } from '@auzolan/server/src/journal/postgres/migrate.ts'
import { PostgresJournal } from '@auzolan/server/src/journal/postgres/journal.ts'
import { MIGRATIONS } from '@auzolan/server/src/journal/sqlite/schema.ts'
import { ConfigError } from '@auzolan/server/src/settings.ts'
import { firstBreak } from '../support/first-break.ts'
import { NO_POSTGRES, ask, emptyDatabase, freshDatabase, type TestDatabase } from '../support/postgres.ts'
import { ANE, JON, bytes, entry, journalContract, newChannel, type Opened } from './journal.ts'
import { holdsWhatWasAcknowledged } from './journal-killed.ts'
import { upkeepContract } from './journal-upkeep.ts'

const now = (): Date => new Date('2027-01-02T03:04:05Z')

const openPostgres = async (): Promise<Opened> => {
  const { url, drop } = await freshDatabase()
  let current: Journal = await PostgresJournal.open(url, now)
  return {
    journal: current,
    async reopen() {
      await current.close()
      current = await PostgresJournal.open(url, now)
      return current
    },
    async remove() {
      await current.close()
      await drop()
    },
  }
}
if (NO_POSTGRES) it.skip(NO_POSTGRES)
describe.skipIf(NO_POSTGRES)('with a PostgreSQL', () => {
  journalContract('PostgreSQL', openPostgres)
  upkeepContract('PostgreSQL', openPostgres)

  describe('many nodes', () => {
    let database: TestDatabase
    let nodes: PostgresJournal[]
    beforeEach(async () => {
      database = await freshDatabase()
      nodes = await Promise.all([1, 2, 3].map(() => PostgresJournal.open(database.url, now)))
    })
    afterEach(async () => {
      for (const node of nodes) await node.close()
      await database.drop()
    })

    it('[J11] write to the same logs in whatever order: each entry once, nobody waits for ever, whoever is behind is told', async () => {
      const channels = Array.from({ length: 8 }, newChannel)
      await nodes[0]!.create(channels.map((channel) => ({ channel, birth: null })))
      const written = new Map(channels.map((channel) => [channel, 0]))
      await Promise.all(
        nodes.map(async (node, i) => {
          const ends = new Map(channels.map((channel) => [channel, 0]))
          for (let round = 0; round < 25; round++) {
            const mixed = channels.toSorted(() => Math.sin(round * 7 + i) - 0.5)
            const batches = mixed.map((channel) => {
              const clocks: [number, number] = [i + 1, round + 1]
              const update = new Uint8Array([i, round])
              return {
                channel,
                epoch: 1,
                afterSeq: ends.get(channel)!,
                entries: [entry(ANE, update, clocks)],
              }
            })
            const moved = await node.append(batches)
            for (const { channel, afterSeq } of batches) {
              if (!moved.has(channel)) written.set(channel, written.get(channel)! + 1)
              const { seq } = (await node.open(channel))!
              expect(moved.has(channel) ? seq > afterSeq : seq >= afterSeq + 1).toBe(true)
              ends.set(channel, seq)
            }
          }
        }),
      )
      for (const channel of channels) {
        const { entries } = await nodes[1]!.read(channel, 0, { entries: 1_000, bytes: 1_000_000 })
        expect(entries.map(({ seq }) => seq)).toEqual(
          Array.from({ length: written.get(channel)! }, (_, k) => k + 1),
        )
        expect(new Set(entries.map(({ update }) => update.join())).size).toBe(entries.length)
      }
      expect([...written.values()].reduce((sum, n) => sum + n)).toBeGreaterThanOrEqual(25 * 8)
    })

    it('[J12] have one transaction on rows at a time, and nothing of anybody falls into it', async () => {
      const channel = newChannel()
      await nodes[0]!.create([{ channel, birth: null }])
      await nodes[0]!.rows.insertInto('setting').values({ key: 'n', value: '0' }).execute()
      let inside = 0
      const add = (node: PostgresJournal) =>
        node.transact(async (rows) => {
          expect(++inside).toBe(1)
          const { seq } = await rows
            .selectFrom('channel')
            .select('seq')
            .where('id', '=', channel)
            .executeTakeFirstOrThrow()
          const { value } = await rows
            .selectFrom('setting')
            .select('value')
            .where('key', '=', 'n')
            .executeTakeFirstOrThrow()
          await new Promise((resolve) => setTimeout(resolve, 2))
          const again = await rows
            .selectFrom('channel')
            .select('seq')
            .where('id', '=', channel)
            .executeTakeFirstOrThrow()
          expect(again.seq).toBe(seq)
          await rows
            .updateTable('setting')
            .set({ value: String(Number(value) + 1) })
            .where('key', '=', 'n')
            .execute()
          inside -= 1
        })
      const writing = (async () => {
        for (let seq = 0; seq < 40; seq++)
          await nodes[2]!.append([{ channel, epoch: 1, afterSeq: seq, entries: [entry(ANE, bytes(1))] }])
      })()
      await Promise.all([...Array.from({ length: 60 }, (_, i) => add(nodes[i % 3]!)), writing])
      expect(await nodes[1]!.rows.selectFrom('setting').select('value').execute()).toEqual([{ value: '60' }])
      expect((await nodes[1]!.open(channel))!.seq).toBe(40)
    })

    it('[J12] read while many of theirs wait to write, also from within a transaction', async () => {
      const setting = (key: string) => ({ key, value: '' })
      const write = (key: string) => nodes[0]!.rows.insertInto('setting').values(setting(key)).execute()
      const read = () => nodes[0]!.rows.selectFrom('setting').selectAll().execute()
      let end = (): void => {}
      const long = new Promise<void>((resolve) => (end = resolve))
      let began = (): void => {}
      const begun = new Promise<void>((resolve) => (began = resolve))
      const elsewhere = nodes[1]!.transact(() => (began(), long))
      await begun
      const writing = Promise.all(Array.from({ length: 20 }, (_, i) => write(`a${i}`)))
      await new Promise((resolve) => setTimeout(resolve, 100))
      expect(await read()).toEqual([])
      end()
      await Promise.all([elsewhere, writing])
      let more: Promise<unknown>[] = []
      await nodes[0]!.transact(async () => {
        more = Array.from({ length: 20 }, (_, i) => write(`b${i}`))
        await new Promise((resolve) => setTimeout(resolve, 100))
        expect(await read()).toHaveLength(20)
      })
      await Promise.all(more)
    })

    it('[AU1] number the audit without a gap, also where a transaction was rolled back', async () => {
      const deed = { at: '2027-01-02T03:04:05.000Z', actor: 'ane', action: 'a', subject: 's', detail: {} }
      await Promise.all(
        Array.from({ length: 30 }, (_, i) =>
          nodes[i % 3]!.transact(async (rows) => {
            await record(rows, deed)
            if (i % 4 === 0) throw new Error('no')
          }).catch(() => {}),
        ),
      )
      const rows = await nodes[0]!.rows.selectFrom('audit').select('n').orderBy('n').execute()
      expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: rows.length }, (_, i) => i + 1))
      expect(rows).toHaveLength(22)
      expect(await firstBreak(nodes[0]!.rows)).toBeNull()
    })

    it('[J13] go on when a connection is cut: what it held is free, what it asked is refused, and the next one works', async () => {
      const channel = newChannel()
      await nodes[0]!.create([{ channel, birth: entry(ANE, bytes(1)) }])
      const append = (node: PostgresJournal, afterSeq: number) =>
        node.append([{ channel, epoch: 1, afterSeq, entries: [entry(ANE, bytes(1))] }])
      const cut = () =>
        ask(
          database.url,
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        )
      const held = nodes[0]!.transact(async (rows) => {
        await rows.insertInto('setting').values({ key: 'a', value: '1' }).execute()
        await cut()
        await rows.insertInto('setting').values({ key: 'b', value: '1' }).execute()
      })
      await expect(held).rejects.toThrow()
      expect(await nodes[1]!.rows.selectFrom('setting').selectAll().execute()).toEqual([])
      // Whoever has not asked since has not noticed yet: asked again, each of them goes on.
      for (const node of nodes) await append(node, 99).catch(() => {})
      expect(await append(nodes[1]!, 1)).toEqual(new Set())
      await nodes[0]!.transact((rows) =>
        rows.insertInto('setting').values({ key: 'c', value: '1' }).execute(),
      )
      expect((await nodes[2]!.open(channel))!.seq).toBe(2)
    })

    it('[J1] hold everything that was acknowledged to a node that was killed', { timeout: 120_000 }, () =>
      holdsWhatWasAcknowledged(database.url, () => PostgresJournal.open(database.url, now)),
    )

    it('[ER6] write the tables anew while others read and write', async () => {
      await nodes[0]!.rows
        .insertInto('setting')
        .values({ key: 'x', value: 'y'.repeat(10_000) })
        .execute()
      await nodes[0]!.rows.deleteFrom('setting').execute()
      await nodes[1]!.rewrite()
      const reader = new pg.Client(database.url)
      await reader.connect()
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT * FROM setting')
      await nodes[0]!.rows.insertInto('team').values({ id: 't', name: '{}', created_at: '' }).execute()
      await nodes[0]!.rows.deleteFrom('team').execute()
      // As a dump does, which may take hours: nobody's writing waits for it.
      const rewriting = expect(nodes[1]!.rewrite()).rejects.toThrow('being read for longer')
      await new Promise((resolve) => setTimeout(resolve, 500))
      await nodes[0]!.rows.insertInto('setting').values({ key: 'z', value: '' }).execute()
      await rewriting
      // The reader's moment is older than what was deleted; its lock on what it has read goes first.
      await reader.query('COMMIT; BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM pg_database')
      await nodes[0]!.rows.insertInto('team').values({ id: 'u', name: '{}', created_at: '' }).execute()
      await nodes[0]!.rows.deleteFrom('team').execute()
      await expect(nodes[1]!.rewrite()).rejects.toThrow('being read')
      await reader.end()
      await nodes[1]!.rewrite()
    })

    it('takes only as many parameters as one statement can have, one step at a time', async () => {
      const channel = newChannel()
      await nodes[0]!.create([{ channel, birth: null }])
      const many = Array.from({ length: 3_000 }, (_, i) => i + 1)
      expect(await nodes[0]!.bind(channel, many, ANE)).toEqual([])
      expect(await nodes[1]!.bind(channel, many, JON)).toEqual(many)
      await nodes[2]!.release(channel, many)
      expect((await nodes[2]!.open(channel))!.owners.size).toBe(0)
    })
  })

  describe('a database that cannot be used', () => {
    const failure = async (url: string): Promise<string> => {
      const error: unknown = await PostgresJournal.open(url, now).catch((one: unknown) => one)
      expect(error).toBeInstanceOf(ConfigError)
      const { message } = error as Error
      for (const password of [new URL(database.url).password, 's3cretword', 'not-this-one'])
        expect(message).not.toContain(password)
      return message
    }
    let database: TestDatabase
    beforeEach(async () => void (database = await emptyDatabase()))
    afterEach(() => database.drop())
    const altered = (change: (url: URL) => void): string => {
      const url = new URL(database.url)
      change(url)
      return url.href
    }

    it('[J14] is said in a sentence, without the password', async () => {
      expect(await failure(altered((url) => (url.password = 'not-this-one')))).toMatch(
        /^The database auzolan@127\.0\.0\.1:\d+\/\w+ cannot be used: the password is not right\.$/,
      )
      expect(await failure(altered((url) => (url.pathname = '/nowhere')))).toContain(
        'there is no such database',
      )
      expect(await failure(altered((url) => (url.hostname = 'no.such.name.invalid')))).toMatch(/name/)
      expect(await failure('postgres://a:s3cretword@127.0.0.1:1/x')).toContain('nothing answers there')
      expect(await failure('mysql://a:s3cretword@127.0.0.1/x')).toContain('must be like postgres://')
      expect(await failure('postgres://a:s3cretword@127.0.0.1:port/x')).toContain('must be like postgres://')
      expect(await failure('postgres://a:s3cretword@127.0.0.1')).toContain('must name a host and a database')
      expect(await failure('postgres://a:s3cretword@h/x?sslrootcert=/no/such/file')).toContain(
        '/no/such/file',
      )
    })

    it(
      '[J14] does not keep the start waiting for ever where nobody says a word',
      { timeout: 60_000 },
      async () => {
        const mute: Server = createServer(() => {})
        await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
        const { port } = mute.address() as { port: number }
        expect(await failure(`postgres://a:s3cretword@127.0.0.1:${port}/x`)).toMatch(/cannot be used: /)
        mute.close()
      },
    )

    it('[J6] of a newer version is refused with a sentence, and left as it is', async () => {
      await (await PostgresJournal.open(database.url, now)).close()
      await ask(database.url, 'UPDATE store_version SET step = 99')
      expect(await failure(database.url)).toContain(
        `the database was written by a newer version (99 > ${MIGRATIONS.length})`,
      )
      expect(await ask(database.url, 'SELECT step::int FROM store_version')).toEqual([{ step: 99 }])
    })

    it('is one that holds something else', async () => {
      await ask(database.url, 'CREATE TABLE invoices (n int)')
      expect(await failure(database.url)).toContain('a table invoices')
      expect(await ask(database.url, `SELECT to_regclass('channel')::text AS there`)).toEqual([
        { there: null },
      ])
    })

    it('is one whose texts are not Unicode', async () => {
      await ask(
        database.url,
        `CREATE DATABASE latin_${process.pid} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`,
      )
      expect(await failure(altered((url) => (url.pathname = `/latin_${process.pid}`)))).toContain('UTF8')
      await ask(database.url, `DROP DATABASE latin_${process.pid}`)
    })

    it('[J15] is brought to its tables once, however many nodes start at once', async () => {
      const nodes = await Promise.all([1, 2, 3, 4].map(() => PostgresJournal.open(database.url, now)))
      for (const node of nodes) await node.close()
      expect(await ask(database.url, 'SELECT step::int FROM store_version')).toEqual([
        { step: MIGRATIONS.length },
      ])
    })
  })

  describe('a later version', () => {
    let database: TestDatabase
    let client: pg.Client
    beforeEach(async () => {
      database = await emptyDatabase()
      client = new pg.Client(database.url)
      await client.connect()
      await migrate(client)
    })
    afterEach(async () => {
      await client.end()
      await database.drop()
    })
    const shape = async (url: string) => [
      await ask(
        url,
        `SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name
        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`,
      ),
      await ask(url, `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`),
      await ask(
        url,
        `SELECT conrelid::regclass::text AS "table", pg_get_constraintdef(oid) AS said FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`,
      ),
    ]
    const more = [
      ...MIGRATIONS,
      `CREATE TABLE visit (n INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL REFERENCES team(id), why TEXT, CHECK (why <> ''));
       CREATE INDEX visit_team ON visit (team) WHERE why IS NOT NULL;
       ALTER TABLE team ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';
       DROP INDEX document_parent;`,
      `ALTER TABLE team DROP COLUMN colour; CREATE TABLE guest (id TEXT PRIMARY KEY, bytes BLOB, share REAL) WITHOUT ROWID; DROP TABLE tool_promise;`,
    ]

    it('[J15] is the same whether it was reached step by step or begun with', async () => {
      const other = await emptyDatabase()
      const begun = new pg.Client(other.url)
      await begun.connect()
      await migrate(begun, more)
      await begun.end()
      await migrate(client, more.slice(0, -1))
      await migrate(client, more)
      await migrate(client, more)
      expect(await shape(database.url)).toEqual(await shape(other.url))
      await client.query(`INSERT INTO team (id, name, created_at) VALUES ('t', '{}', '')`)
      await client.query(`INSERT INTO visit (team) VALUES ('t'), ('t')`)
      expect((await client.query('SELECT n::int FROM visit')).rows).toEqual([{ n: 1 }, { n: 2 }])
      await other.drop()
    })

    it('[J15] says in words of PostgreSQL what it does to rows', async () => {
      await client.query(`INSERT INTO team (id, name, created_at) VALUES ('t', '{}', '')`)
      const step = `ALTER TABLE team ADD COLUMN colour TEXT; UPDATE team SET colour = upper(id);`
      await migrate(client, [...MIGRATIONS, step], {
        [MIGRATIONS.length + 1]: [
          `ALTER TABLE team ADD COLUMN colour text COLLATE "C"`,
          'UPDATE team SET colour = upper(id)',
        ],
      })
      expect((await client.query('SELECT colour FROM team')).rows).toEqual([{ colour: 'T' }])
    })

    it('[J15] waits for whoever reads for long, and lets those write who come meanwhile', async () => {
      const [dump, writer] = [new pg.Client(database.url), new pg.Client(database.url)]
      await Promise.all([dump.connect(), writer.connect()])
      await dump.query('BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE team IN ACCESS SHARE MODE')
      const migrated = migrate(client, [...MIGRATIONS, 'ALTER TABLE team ADD COLUMN colour TEXT'])
      await new Promise((resolve) => setTimeout(resolve, 500))
      await writer.query(`INSERT INTO team (id, name, created_at) VALUES ('t', '{}', '')`)
      await dump.query('COMMIT')
      await migrated
      expect((await client.query('SELECT colour FROM team')).rows).toEqual([{ colour: null }])
      await Promise.all([dump.end(), writer.end()])
    })

    it('[J15] that cannot be told stops the start, and nothing has happened', async () => {
      const before = await shape(database.url)
      const step = `CREATE TABLE guest (id TEXT PRIMARY KEY) WITHOUT ROWID;
        ALTER TABLE ended RENAME TO ended_before;
        CREATE TABLE ended (person TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (person, at)) WITHOUT ROWID;
        DROP TABLE ended_before;`
      await expect(migrate(client, [...MIGRATIONS, step])).rejects.toThrow('the key of ended')
      expect(await shape(database.url)).toEqual(before)
    })

    it('[J15] every step since the first has words for what it does to rows', () => {
      MIGRATIONS.slice(FIRST_STEP).forEach((step, i) => {
        if (/^\s*(INSERT|UPDATE|DELETE|WITH)\b/im.test(step.replace(/--[^\n]*/g, '')))
          expect(STEPS, `step ${FIRST_STEP + i + 1}`).toHaveProperty(String(FIRST_STEP + i + 1))
      })
      expect(MIGRATIONS.length).toBeGreaterThanOrEqual(FIRST_STEP)
    })
  })
})
