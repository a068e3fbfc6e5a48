/** A person is handed what is held of them, and is erased: nothing names them but what the audit vouches for, on the disk neither. */
import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { newEventId } from '@auzolan/shared/comments/said.ts'
import type { ErasureReport, HeldOf } from '@auzolan/shared/protocol/personal-data.ts'
import { COMMENTS_ROOT } from '@auzolan/shared/schema/comments.ts'
import { COVERED } from '@auzolan/server/src/journal/digest.ts'
import { MIGRATIONS } from '@auzolan/server/src/journal/sqlite/schema.ts'
import { DECIDED, PLACES } from '@auzolan/server/src/personal-data/places.ts'
import { NEXTCLOUD, sign } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { runServer, startTestServer, temporaryFolder, until, type TestServer } from '../support/server.ts'
import { openWriter, type Writer } from '../support/wire.ts'

/** Columns that look as if they named an account, and name none. */
const NO_ACCOUNT = new Set([
  // Whoever said something of us on a network: an institution, a medium, or a pseudonym.
  'mention.author',
  // A citizen, or whoever consents for one.
  'consent.given_by',
  // Numbers and days.
  'opinion.nth',
  'post_state.review_by',
  'tool_use.people',
  'mention_told.people',
])
const LOOKS_LIKE_ONE =
  /person|people|_by$|_by_id$|^by_id$|^by$|submitter|giver|delegate|author|accepter|owner|moderator|approver|principal|actor|personal_of|noted_by|confirmed_by|evaluators|contributions|published$/

describe('the list of places', () => {
  const db = new Database(':memory:')
  for (const step of MIGRATIONS) db.exec(step)
  afterAll(() => db.close())
  const columns = db
    .prepare(
      `SELECT m.name || '.' || p.name AS it FROM sqlite_schema m, pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'passage%'`,
    )
    .pluck()
    .all() as string[]

  it('[ER1] has every column that may name somebody, and no other', () => {
    const known = PLACES.flatMap(({ table, column, name }) =>
      [`${table}.${column}`, name && `${table}.${name}`].filter((one) => one !== undefined),
    )
    expect(known.filter((one) => !columns.includes(one))).toEqual([])
    const open = columns.filter(
      (one) =>
        LOOKS_LIKE_ONE.test(one.split('.')[1]!) &&
        !known.includes(one) &&
        !NO_ACCOUNT.has(one) &&
        !['principal_kind'].includes(one.split('.')[1]!),
    )
    expect(open).toEqual([])
  })

  it('[ER2] changes nothing that the audit has a fingerprint of, and keeps nothing else but what says why', () => {
    const covered = (table: string, column: string): boolean =>
      ((COVERED as { [table: string]: readonly string[] })[table] ?? []).includes(column)
    for (const { table, column, fate } of PLACES)
      if (covered(table, column)) expect([table, column, fate]).toEqual([table, column, 'stays'])
    const others = PLACES.filter(({ table, column, fate }) => fate === 'stays' && !covered(table, column))
    expect(others.map(({ table }) => table)).toEqual([
      'contribution',
      'ended',
      'revocation',
      'audit',
      'score_sheet',
    ])
    expect(others[0]!.where).toBe(DECIDED)
  })
})

describe('erasing somebody who has done everything', { timeout: 120_000 }, () => {
  const ERASED = 'kultura-cm'
  const NAME = 'Kultura'
  /** As Nextcloud signs it. */
  const SIGNED_AS = `${ERASED} of the council`
  const CALLED = 'komunikazio-arduraduna'
  const SECRET_WORDS = 'nire-telefonoa-bost-sei-zazpi'
  const [OWN, SHOWN, HIDDEN] = [1, 2, 3].map((n) => `0000000${n}-0000-4000-8000-000000000000`) as [
    string,
    string,
    string,
  ]
  let folder: string
  let nextcloud: NextcloudServer
  let server: TestServer & { stop(): Promise<void> }
  let environment: NodeJS.ProcessEnv
  let plan: string

  beforeAll(async () => {
    folder = await temporaryFolder()
    // The demo's people have planned, scored, decided, suggested and noted; one has also said and typed something, and taken it out again.
    const demo = await startTestServer(null, { AUZOLAN_DATA: folder })
    plan = await demo.plan()
    const text = await openWriter(demo, ERASED, plan)
    const typed = text.edit(
      (doc) => aText(doc).insert(0, SECRET_WORDS),
      (doc) => aText(doc).delete(0, SECRET_WORDS.length),
      (doc) => aText(doc).insert(0, 'Hitz onak. '),
    )
    for (const update of typed) expect(await text.write(update)).toBeNull()
    await text.close()
    const comments = await openWriter(demo, ERASED, plan, 'comments')
    const [said] = comments.edit((doc) => {
      const id = newEventId(doc.clientID)
      doc.getArray(COMMENTS_ROOT).push([{ id, thread: id, kind: 'comment', body: 'Hau aldatu behar da.' }])
    })
    expect(await comments.write(said!)).toBeNull()
    await comments.close()
    await demo.get(ERASED, 'documents')
    // What was said is indexed within moments.
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    await demo.stop()
    const db = new Database(join(folder, 'auzolan.sqlite'))
    db.prepare("INSERT INTO told VALUES (?, ?, 1, '2026-11-01T00:00:00.000Z')").run(`digest/${ERASED}`, plan)
    // A plan of "only me" that everybody in the house reads, and one that is nobody else's.
    const some = db.prepare('SELECT * FROM document WHERE id = ?').get(plan) as { [column: string]: unknown }
    db.prepare("INSERT INTO team (id, name, personal_of, created_at) VALUES (?, '{}', ?, '')").run(
      OWN,
      ERASED,
    )
    for (const [id, visibility] of [
      [SHOWN, 'organisation'],
      [HIDDEN, 'team'],
    ]) {
      const row = { ...some, id, visibility, team_id: OWN, parent: null, made_from: null, about: null }
      const names = Object.keys(row)
      db.prepare(
        `INSERT INTO document (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      ).run(...Object.values(row))
    }
    db.close()

    nextcloud = await startNextcloud()
    for (const person of [ERASED, CALLED]) nextcloud.users[person] = { enabled: true }
    // What waits for it waits on.
    nextcloud.takes = () => 'later'
    const more = {
      AUZOLAN_NEXTCLOUD_INTERNAL_URL: nextcloud.url,
      AUZOLAN_DATA: folder,
    }
    server = await startTestServer(NEXTCLOUD, more)
    environment = {
      ...more,
      AUZOLAN_NEXTCLOUD_URL: NEXTCLOUD.url,
      AUZOLAN_SECRET: NEXTCLOUD.secret,
      AUZOLAN_LISTEN: '127.0.0.1',
      AUZOLAN_PORT: String(server.port),
    }
  })
  afterAll(async () => {
    await server.stop()
    nextcloud.close()
    await rm(folder, { recursive: true, force: true })
  })

  const aText = (doc: Y.Doc): Y.Text => doc.getText('identity.title:eu')
  const rows = <T>(sql: string, ...values: unknown[]): T[] => {
    const db = new Database(join(folder, 'auzolan.sqlite'), { readonly: true })
    try {
      return db.prepare(sql).all(...values) as T[]
    } finally {
      db.close()
    }
  }
  /** Tables and columns in which a word stands, anywhere. */
  function where(word: string): string[] {
    const found = new Set<string>()
    for (const { table, column } of rows<{ table: string; column: string }>(
      `SELECT m.name AS "table", p.name AS "column" FROM sqlite_schema m, pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE '%words%' AND m.name NOT LIKE '%term%'`,
    ))
      if (rows(`SELECT 1 FROM "${table}" WHERE instr("${column}", ?) > 0 LIMIT 1`, word).length > 0)
        found.add(`${table}.${column}`)
    return [...found].sort()
  }
  /** Files of the database in which a word stands. */
  async function onDisk(word: string): Promise<string[]> {
    const found: string[] = []
    for (const name of await readdir(folder))
      if (name.startsWith('auzolan.sqlite') && (await readFile(join(folder, name))).includes(word))
        found.push(name)
    return found
  }
  const command = async (...words: string[]) => {
    const { code, output } = await runServer(environment, ...words, '--json')
    return {
      code,
      answer: JSON.parse(output.split('\n')[0]!) as { ok: boolean; error?: string } & Partial<ErasureReport>,
    }
  }

  it('[ER3] is asked for by Nextcloud or with its secret, and by nobody else', async () => {
    const body = JSON.stringify({ person: ERASED })
    const OTHER: { readonly [path: string]: string } = { erase: 'personal-data', 'personal-data': 'erase' }
    for (const path of ['erase', 'personal-data'])
      for (const token of [
        null,
        await sign({ person: 'admin', admin: true }),
        await sign({ person: 'nextcloud', scope: 'system', call: path, body: '{}' }),
        await sign({ person: 'nextcloud', scope: 'system', call: path, body, secret: 'f'.repeat(64) }),
        // The same body, for another call; and for none, as it was signed once.
        await sign({ person: 'nextcloud', scope: 'system', call: OTHER[path]!, body }),
        await sign({ person: 'nextcloud', scope: 'system', body }),
      ]) {
        const headers = {
          'content-type': 'application/json',
          ...(token && { authorization: `Bearer ${token}` }),
        }
        const { status } = await fetch(`${server.url}/api/v1/host/${path}`, { method: 'POST', headers, body })
        expect([path, status]).toEqual([path, 401])
      }
    expect(where(ERASED)).toContain('author.person')
  })

  it('[ER3] is taken once: what was signed is not said again', async () => {
    const body = JSON.stringify({ person: ERASED })
    const authorization = `Bearer ${await sign({ person: 'nextcloud', scope: 'system', call: 'personal-data', body })}`
    const headers = { 'content-type': 'application/json', authorization }
    const ask = () => fetch(`${server.url}/api/v1/host/personal-data`, { method: 'POST', headers, body })
    expect((await ask()).status).toBe(200)
    expect((await ask()).status).toBe(401)
  })

  it('[ER4] hands out what names them, and what they have said', async () => {
    const to = join(folder, 'person.json')
    const { code } = await command('person-data', ERASED, '--to', to)
    expect(code).toBe(0)
    const held = JSON.parse(await readFile(to, 'utf8')) as HeldOf
    expect(held.comments.map(({ event }) => event.body)).toEqual(['Hau aldatu behar da.'])
    expect(Object.keys(held.rows)).toEqual(
      expect.arrayContaining(['author', 'membership', 'commenter', 'audit']),
    )
    for (const place of PLACES)
      for (const row of (held.rows[place.table] ?? []) as { [column: string]: unknown }[])
        expect(Object.values(row).some((value) => String(value).includes(ERASED) || value === ERASED)).toBe(
          true,
        )
    expect(await command('person-data', ERASED, '--to', to)).toMatchObject({ code: 2 })
    await rm(to)
  })

  it('[ER5] refuses while the account is in use, and while Nextcloud does not say', async () => {
    const inUse = await command('erase-person', ERASED)
    expect(inUse).toMatchObject({ code: 2, answer: { ok: false } })
    expect(inUse.answer.error).toContain('IN_USE')
    nextcloud.instead = { status: 500 }
    expect((await command('erase-person', ERASED)).answer.error).toContain('TRY_AGAIN')
    nextcloud.instead = null
    expect(where(ERASED)).toContain('author.person')
  })

  it('[ER5] says beforehand what would go, and changes nothing', async () => {
    const before = rows('SELECT count(*) AS n FROM audit')
    const { code, answer } = await command('erase-person', ERASED, '--preview')
    expect(code).toBe(0)
    expect(answer).toMatchObject({ pseudonym: null, rewritten: false, logsWaiting: 0 })
    expect(answer.deleted).toBeGreaterThan(0)
    expect(answer.pseudonymised).toBeGreaterThan(0)
    expect(answer.logs).toBeGreaterThanOrEqual(2)
    expect(rows('SELECT count(*) AS n FROM audit')).toEqual(before)
    expect(where(ERASED)).toContain('author.person')
  })

  /** Of a page that was open, and of which nobody has told that its account has ended. */
  let open: { readonly comments: Writer; readonly token: string }
  it('[ER6] still has a page open, and has called somebody', async () => {
    const there = {
      port: server.port,
      ticket: (person: string, document: string) => sign({ person, scope: 'ticket', document }),
    }
    const comments = await openWriter(there, ERASED, plan, 'comments')
    const [called] = comments.edit((doc) => {
      const id = newEventId(doc.clientID)
      const mentions = [CALLED]
      doc.getArray(COMMENTS_ROOT).push([{ id, thread: id, kind: 'comment', body: 'Begira.', mentions }])
    })
    expect(await comments.write(called!)).toBeNull()
    open = { comments, token: await sign({ person: ERASED, expires: 300 }) }
    await until(() => where(ERASED).includes('outbox.parcel'), 'a notice waits')
    await until(() => where(SIGNED_AS).includes('passage.record'), 'it is found by who said it')
  })

  let erased: Partial<ErasureReport>
  it('[ER6] leaves the account in nothing but what is evidence', async () => {
    nextcloud.users[ERASED] = { enabled: false }
    const own = rows<{ epoch: number }>('SELECT epoch FROM channel WHERE id = ?', `${plan}/content`)[0]!.epoch
    const { code, answer } = await command('erase-person', ERASED)
    erased = answer
    expect({ code, ...answer }).toMatchObject({ code: 0, ok: true, rewritten: true, logsWaiting: 0 })
    expect(answer.pseudonym).toMatch(/^P-[0-9A-F]{8}$/)
    const kept = new Set(PLACES.filter(({ fate }) => fate === 'stays').map(({ table }) => table))
    // Texts are the work of others; those that name them are told, so that somebody changes them.
    expect(where(ERASED).filter((place) => !kept.has(place.split('.')[0] as never))).toEqual(['entry.bytes'])
    const naming = rows<{ document: string }>(
      'SELECT DISTINCT substr(channel, 1, 36) AS document FROM entry WHERE instr(bytes, ?) > 0',
      ERASED,
    )
    const told = answer.namedIn!.map(({ document }) => document)
    expect(told).toEqual(expect.arrayContaining(naming.map(({ document }) => document)))
    expect(
      rows<{ epoch: number }>('SELECT epoch FROM channel WHERE id = ?', `${plan}/content`)[0]!.epoch,
    ).toBe(own + 1)
    expect(rows('SELECT 1 FROM entry WHERE person = ?', ERASED)).toEqual([])
    expect(where(SIGNED_AS)).toEqual([])
    // What others read is theirs, too; what nobody else could has gone.
    expect(rows('SELECT id, team_id FROM document WHERE team_id = ?', OWN)).toEqual([
      { id: SHOWN, team_id: OWN },
    ])
    expect(rows('SELECT personal_of FROM team WHERE id = ?', OWN)).toEqual([{ personal_of: null }])
    expect(answer.documents).toBe(1)
    expect(
      rows<{ parcel: string }>('SELECT parcel FROM outbox')
        .map(({ parcel }) => parcel)
        .join(),
    ).toContain(answer.pseudonym)
  })

  it('[ER6] is written in again by no page that was open, news of the account or not', async () => {
    const { code } = await open.comments.farewell()
    expect(code).toBe('ACCESS_ENDED')
    const headers = { authorization: `Bearer ${open.token}` }
    expect((await fetch(`${server.url}/api/v1/documents`, { headers })).status).toBe(401)
    expect(where(ERASED)).not.toContain('named.person')
  })

  it('[ER6] what they had typed and taken out again is nowhere on the disk', async () => {
    expect(await onDisk(SECRET_WORDS)).toEqual([])
    // A snapshot is compressed, and is the new beginning of the log.
    const [snapshot] = rows<{ gzip: Buffer }>(
      'SELECT gzip FROM snapshot WHERE channel = ?',
      `${plan}/content`,
    )
    const text = gunzipSync(snapshot!.gzip)
    expect([text.includes('Hitz onak.'), text.includes(SECRET_WORDS)]).toEqual([true, false])
  })

  it('[ER7] attribution goes on under a pseudonym, and no row says whose it is', async () => {
    const code = erased.pseudonym!.slice(2)
    expect(rows('SELECT DISTINCT person, name FROM commenter WHERE name = ?', `P-${code}`)).toEqual([
      { person: `/erased/${code}`, name: `P-${code}` },
    ])
    const told = rows<{ detail: string }>("SELECT detail FROM audit WHERE action = 'person.erase'")
    expect(told).toHaveLength(1)
    expect(told[0]!.detail).not.toContain(ERASED)
    expect(
      where(NAME).filter((place) => ['named', 'member', 'commenter', 'file'].includes(place.split('.')[0]!)),
    ).toEqual([])
  })

  it('[ER2] everything that vouches for something is whole, also after a restart', async () => {
    await server.kill()
    await server.start()
    const { code, output } = await runServer({}, 'audit', 'verify', folder)
    expect([code, output.includes('Whole')]).toEqual([0, true])
  })

  it('[ER8] goes on with logs that a stop has left', async () => {
    await server.kill()
    const db = new Database(join(folder, 'auzolan.sqlite'))
    db.prepare(
      "INSERT INTO to_renew VALUES (?, '2026-01-01T00:00:00.000Z'), ('gone/content', '2026-01-01T00:00:00.000Z'), ('', '2026-01-01T00:00:00.000Z')",
    ).run(`${plan}/content`)
    // What was on pages that are free.
    db.exec('PRAGMA secure_delete = OFF; CREATE TABLE left_over (words TEXT)')
    db.prepare('INSERT INTO left_over VALUES (?)').run(`${SECRET_WORDS} `.repeat(1_000))
    db.exec('DROP TABLE left_over')
    db.close()
    expect(await onDisk(SECRET_WORDS)).not.toEqual([])
    const before = rows<{ epoch: number }>('SELECT epoch FROM channel WHERE id = ?', `${plan}/content`)[0]!
      .epoch
    await server.start()
    await until(() => rows('SELECT 1 FROM to_renew').length === 0, 'nothing waits')
    expect(
      rows<{ epoch: number }>('SELECT epoch FROM channel WHERE id = ?', `${plan}/content`)[0]!.epoch,
    ).toBe(before + 1)
    expect(await onDisk(SECRET_WORDS)).toEqual([])
  })

  it('[ER6] once more finds nothing to do, and somebody who never was here neither', async () => {
    const counts = () => rows('SELECT * FROM contribution')
    const before = counts()
    for (const person of [ERASED, 'nobody-at-all']) {
      const { code, answer } = await command('erase-person', person)
      expect([code, answer.deleted, answer.pseudonymised, answer.pseudonym, answer.logs]).toEqual([
        0,
        0,
        0,
        null,
        0,
      ])
    }
    expect(counts()).toEqual(before)
  })

  it('[ER6] says that something is left while a backup reads an older moment: exit code 1', async () => {
    const reader = new Database(join(folder, 'auzolan.sqlite'), { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM audit').get()
    const { code, answer } = await command('erase-person', 'nobody-at-all')
    reader.close()
    expect([code, answer.ok, answer.rewritten]).toEqual([1, false, false])
  })

  it('[ER3] is no person who goes by a slash: the server itself, or somebody who was erased', async () => {
    for (const person of ['/system', '/barred', `/erased/${erased.pseudonym!.slice(2)}`, ''])
      for (const path of ['erase', 'personal-data']) {
        const body = JSON.stringify({ person })
        const authorization = `Bearer ${await sign({ person: 'nextcloud', scope: 'system', call: path, body })}`
        const headers = { 'content-type': 'application/json', authorization }
        const { status } = await fetch(`${server.url}/api/v1/host/${path}`, { method: 'POST', headers, body })
        expect([person, path, status]).toEqual([person, path, 400])
      }
    expect(await command('erase-person', '/system')).toMatchObject({ code: 2, answer: { ok: false } })
    expect(rows("SELECT 1 FROM author WHERE person = '/system' LIMIT 1")).toHaveLength(1)
  })
})
