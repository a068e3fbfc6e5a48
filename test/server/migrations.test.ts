/** A data folder of before opens, and everything people had in it works as it did. */
import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canonicalJson } from '@auzolan/shared/canonical.ts'
import type { PersonId, TeamId } from '@auzolan/shared/ids.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import { Compaction } from '@auzolan/server/src/compaction/compaction.ts'
import { Documents } from '@auzolan/server/src/documents/documents.ts'
import { FIRST, hashWithoutNumber } from '@auzolan/server/src/journal/audit.ts'
import { digestOf } from '@auzolan/server/src/journal/digest.ts'
import { META_CLIENT, RECORDS_CLIENT } from '@auzolan/shared/schema/shapes.ts'
import {
  UPGRADE_COPY_KEPT_MS,
  copyBeforeUpgrade,
  upgradeCopy,
} from '@auzolan/server/src/journal/sqlite/before-upgrade.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'
import { MIGRATIONS } from '@auzolan/server/src/journal/sqlite/schema.ts'
import { Teams } from '@auzolan/server/src/teams/teams.ts'
import { verifyFolder } from '@auzolan/server/src/verify/data-folder.ts'
import { temporaryFolder } from '../support/server.ts'

let folder: string
beforeEach(async () => void (folder = await temporaryFolder()))
afterEach(() => rm(folder, { recursive: true, force: true }))

const now = (): Date => new Date('2027-01-02T03:04:05Z')
const claims = (person: string, ...groups: string[]): Claims => ({
  person: person as PersonId,
  name: person,
  groups,
  teams: [],
  language: 'eu',
  admin: false,
  issuedAt: 0,
})

it('with the teams of version 2: groups and "only me" keep their plans', async () => {
  const path = join(folder, 'auzolan.sqlite')
  const old = new Database(path)
  MIGRATIONS.slice(0, 2).forEach((sql) => old.exec(sql))
  old.pragma('user_version = 2')
  const uuid = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`
  const team = old.prepare('INSERT INTO team (id, name, created_at) VALUES (?, ?, ?)')
  const member = old.prepare('INSERT INTO membership VALUES (?, ?, ?, ?)')
  const document = old.prepare(
    `INSERT INTO document VALUES (?, 'plan', '{"eu":"Plana"}', '["eu"]', ?, 'draft', NULL, 'team', 0, 'ane', '', '')`,
  )
  for (const [n, name, ...members] of [
    [1, 'Kultura "berria"', ['group', 'Kultura', 'editor']],
    [2, 'Ane', ['person', 'ane', 'editor']],
    [3, 'Ane berriro', ['person', 'ane', 'editor']],
    [4, 'Lantaldea', ['person', 'ane', 'editor'], ['person', 'jon', 'director']],
  ] as [number, string, ...string[][]][]) {
    team.run(uuid(n), name, `2026-01-0${n}`)
    for (const one of members) member.run(uuid(n), ...one)
    document.run(uuid(n), uuid(n))
  }
  old.close()

  const journal = await SqliteJournal.open(path, now)
  const compaction = new Compaction()
  const teams = new Teams(journal, now)
  const documents = new Documents(journal, compaction, teams, now)
  const mine = async (who: Claims): Promise<string[]> =>
    (await documents.listFor(who)).map((d) => d.id).sort()
  expect(await mine(claims('ane'))).toEqual([uuid(2), uuid(3), uuid(4)])
  expect(await mine(claims('jon'))).toEqual([uuid(4)])
  expect(await mine(claims('x', 'Kultura'))).toEqual([uuid(1)])
  const [own] = await teams.listFor(claims('ane'))
  expect(own).toMatchObject({ id: uuid(2), personal: true, roles: ['editor', 'coordinator'] })
  expect(await teams.personalTeam('ane' as PersonId, 'Ane')).toBe(uuid(2))
  const group = await teams.find(uuid(1) as TeamId, claims('x', 'Kultura'))
  expect(group).toMatchObject({ name: { und: 'Kultura "berria"' }, roles: ['editor'], hasCoordinator: false })
  await compaction.close()
  await journal.close()
})

it('with opinions from before they were only added: each stays, and is checked by what the audit said of it', async () => {
  const path = join(folder, 'auzolan.sqlite')
  const before = MIGRATIONS.findIndex((sql) => sql.includes('opinions_said'))
  const old = new Database(path)
  old.pragma('foreign_keys = OFF')
  MIGRATIONS.slice(0, before).forEach((sql) => old.exec(sql))
  old.pragma(`user_version = ${before}`)
  old.exec(`INSERT INTO version (document, n, epoch, seq, at, submitter, submitter_name, note, languages, json, sha256, contributions)
    VALUES ('d', 1, 0, 1, '', 'jon', 'Jon', '', '[]', '{}', '', '{}')`)
  const said = { document: 'd', n: 1, role: 'legal', person: 'ane', name: 'Ane', stance: 'against' }
  const row = { ...said, text: 'Ez', at: '2026-01-01T00:00:00.000Z' }
  old
    .prepare('INSERT INTO opinion VALUES (@document, @n, @role, @person, @name, @stance, @text, @at)')
    .run(row)
  const detail = canonicalJson({
    version: 1,
    role: 'legal',
    stance: 'against',
    digest: digestOf('opinion', row),
  })
  const deed = { at: row.at, actor: 'ane', action: 'review.opinion', subject: 'd', detail, prev_hash: FIRST }
  const hash = hashWithoutNumber({ n: 1, ...deed })
  old
    .prepare('INSERT INTO audit VALUES (1, @at, @actor, @action, @subject, @detail, @prev_hash, @hash)')
    .run({ ...deed, hash })
  old.close()

  const journal = await SqliteJournal.open(path, now)
  expect(await journal.rows.selectFrom('opinion').selectAll().execute()).toEqual([{ ...row, nth: 0 }])
  await journal.close()
  const found = await verifyFolder(folder, null)
  expect(found.kind === 'read' && found.faults.filter((fault) => /^(audit|opinion)/.test(fault))).toEqual([])
})

it('[R9] whose own ids were barred: the server writes under them again, and nobody else’s are freed', async () => {
  const path = join(folder, 'auzolan.sqlite')
  const old = new Database(path)
  const healing = MIGRATIONS.findIndex((sql) => sql.includes("SET person = '/system'"))
  MIGRATIONS.slice(0, healing).forEach((sql) => old.exec(sql))
  old.pragma(`user_version = ${healing}`)
  old.pragma('foreign_keys = OFF')
  const author = old.prepare('INSERT INTO author (channel, client, person, clock) VALUES (?, ?, ?, 1)')
  for (const [client, person] of [
    [META_CLIENT, '/barred'],
    [RECORDS_CLIENT, '/barred'],
    [7, '/barred'],
    [8, 'ane'],
  ] as const)
    author.run('c', client, person)
  old.close()
  const journal = await SqliteJournal.open(path, now)
  const rows = await journal.rows.selectFrom('author').select(['client', 'person']).execute()
  await journal.close()
  expect(Object.fromEntries(rows.map(({ client, person }) => [client, person]))).toEqual({
    [META_CLIENT]: '/system',
    [RECORDS_CLIENT]: '/system',
    7: '/barred',
    8: 'ane',
  })
})

describe('[OP2] an upgrade', () => {
  const path = (): string => join(folder, 'auzolan.sqlite')
  const latest = MIGRATIONS.length
  /** With a row in it that the copy has to have. */
  function older(schema: number): Database.Database {
    const old = new Database(path())
    old.pragma('foreign_keys = OFF')
    old.pragma('journal_mode = WAL')
    MIGRATIONS.slice(0, schema).forEach((sql) => old.exec(sql))
    old.pragma(`user_version = ${schema}`)
    old.prepare("INSERT INTO setting (key, value) VALUES ('mark', 'before')").run()
    return old
  }
  const started = async (): Promise<void> => (await SqliteJournal.open(path(), now)).close()
  const names = async (): Promise<string[]> =>
    (await readdir(folder)).filter((name) => name.includes('before-upgrade')).sort()

  it('leaves a copy of before, for this account alone, with which the older program goes on', async () => {
    older(latest - 1).close()
    await started()
    expect(await names()).toEqual([`auzolan.sqlite.before-upgrade-${latest - 1}`])
    const copy = upgradeCopy(path(), latest - 1)
    if (process.platform !== 'win32') expect((await stat(copy)).mode & 0o777).toBe(0o600)
    const db = new Database(copy, { readonly: true })
    expect(db.pragma('user_version', { simple: true })).toBe(latest - 1)
    expect(db.prepare("SELECT value FROM setting WHERE key = 'mark'").pluck().get()).toBe('before')
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.close()
  })

  it('is no upgrade where there is nothing yet, or all is as it should be', async () => {
    await started()
    await started()
    expect(await names()).toEqual([])
  })

  it('takes the place of the copy of an earlier try', async () => {
    await writeFile(upgradeCopy(path(), latest - 1), 'half of an earlier one')
    await writeFile(`${upgradeCopy(path(), latest - 1)}.part`, 'half')
    older(latest - 1).close()
    await started()
    expect(await names()).toEqual([`auzolan.sqlite.before-upgrade-${latest - 1}`])
    expect((await stat(upgradeCopy(path(), latest - 1))).size).toBeGreaterThan(4_096)
  })

  it('does not begin without room for the copy, and leaves nothing behind', async () => {
    const old = older(latest - 1)
    const { size } = await stat(path())
    const wal = (await stat(`${path()}-wal`)).size
    expect(() => copyBeforeUpgrade(old, path(), latest - 1, size + wal - 1)).toThrow('no room')
    expect(await names()).toEqual([])
    copyBeforeUpgrade(old, path(), latest - 1, size + wal)
    expect(await names()).toHaveLength(1)
    old.close()
  })

  it('keeps copies for 30 days', async () => {
    await started()
    for (const [schema, age] of [
      [1, UPGRADE_COPY_KEPT_MS + 60_000],
      [2, UPGRADE_COPY_KEPT_MS - 60_000],
    ] as const) {
      const at = new Date(Date.now() - age)
      await writeFile(upgradeCopy(path(), schema), '')
      await utimes(upgradeCopy(path(), schema), at, at)
    }
    await started()
    expect(await names()).toEqual(['auzolan.sqlite.before-upgrade-2'])
  })
})
