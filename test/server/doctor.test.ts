/** The doctor: each thing that can be wrong is named, with what to do; what is well is left as it is. */
import { spawnSync } from 'node:child_process'
import { chmod, mkdir, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CLOCK_LEEWAY_S, STORAGE_LOW_BYTES } from '@auzolan/shared/limits.ts'
import { BACKUP_STATE, noteBackup, readBackupState } from '@auzolan/server/src/backup/state.ts'
import { backups } from '@auzolan/server/src/doctor/data.ts'
import { examine } from '@auzolan/server/src/doctor/examine.ts'
import type { Finding } from '@auzolan/server/src/doctor/finding.ts'
import { disk } from '@auzolan/server/src/doctor/place.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'
import { SIGNING_KEYS_FILE, SigningKeys } from '@auzolan/server/src/review/signing-keys.ts'
import { NEXTCLOUD } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { freePort } from '../support/free-port.ts'
import { runServer, startTestServer, temporaryFolder, type TestServer } from '../support/server.ts'

const NOW = new Date('2026-11-27T12:00:00.000Z')
const before = (ms: number): string => new Date(NOW.getTime() - ms).toISOString()
const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

let folder: string
let environment: NodeJS.ProcessEnv
let there: NextcloudServer
beforeEach(async () => {
  folder = await temporaryFolder()
  await chmod(folder, 0o750)
  there = await startNextcloud()
  environment = {
    AUZOLAN_NEXTCLOUD_URL: there.url,
    AUZOLAN_SECRET: NEXTCLOUD.secret,
    AUZOLAN_LISTEN: '127.0.0.1',
    AUZOLAN_PORT: String(await freePort()),
  }
})
afterEach(async () => {
  there.close()
  await rm(folder, { recursive: true, force: true })
})

const examined = async (more: Partial<Parameters<typeof examine>[0]> = {}): Promise<Finding[]> => {
  const findings: Finding[] = []
  const options = { environment, folder, standalone: false, thorough: false, now: () => new Date() }
  for await (const finding of examine({ ...options, ...more })) findings.push(finding)
  return findings
}
const one = async (check: string, more?: Parameters<typeof examined>[0]): Promise<Finding> =>
  (await examined(more)).find((finding) => finding.check === check)!
/** A database as a start makes it, with a key that has signed. */
async function data(): Promise<void> {
  const journal = await SqliteJournal.open(join(folder, 'auzolan.sqlite'), () => new Date())
  await (await SigningKeys.open(folder, journal, () => new Date())).rotate()
  await journal.close()
}
const rows = (sql: string, ...values: unknown[]): void => {
  const db = new Database(join(folder, 'auzolan.sqlite'))
  db.prepare(sql).run(...values)
  db.close()
}

describe('[OP1] the doctor', () => {
  it('finds nothing where all is well but what was not done yet, and changes nothing', async () => {
    await data()
    const seen = async (): Promise<string[]> => {
      const names = (await readdir(folder)).filter((name) => !/-(wal|shm)$/.test(name)).sort()
      return Promise.all(
        names.map(async (name) => `${name} ${(await readFile(join(folder, name))).toString('base64')}`),
      )
    }
    const held = await seen()
    const states = (await examined({ thorough: true })).map(({ check, state }) => [check, state])
    expect(states).toEqual([
      ['settings', 'ok'],
      ['program', expect.stringMatching(/^(ok|warning)$/)],
      ['folder', 'ok'],
      ['disk', 'ok'],
      ['database', 'ok'],
      ['keys', 'ok'],
      ['queues', 'ok'],
      ['backups', 'warning'],
      ['server', 'warning'],
      ['nextcloud', 'ok'],
    ])
    expect(await seen()).toEqual(held)
  })

  it('goes on after a setting that cannot be used, and names what is none', async () => {
    environment['AUZOLAN_PORT'] = 'many'
    const findings = await examined()
    expect(findings[0]).toMatchObject({ check: 'settings', state: 'fault' })
    expect(findings[0]!.todo.join()).toContain('AUZOLAN_PORT')
    expect(findings.find(({ check }) => check === 'disk')!.state).toBe('ok')
    expect(findings.find(({ check }) => check === 'nextcloud')!.state).toBe('skipped')
    environment['AUZOLAN_PORT'] = '8790'
    environment['AUZOLAN_PROT'] = '1'
    expect(await one('settings')).toMatchObject({ state: 'warning' })
  })

  it('never repeats a secret', async () => {
    there.secret = 'x'.repeat(64)
    expect(JSON.stringify(await examined())).not.toContain(NEXTCLOUD.secret)
  })

  describe('the folder', () => {
    it('that is not there, or none', async () => {
      expect(await one('folder', { folder: join(folder, 'nowhere') })).toMatchObject({ state: 'fault' })
      await writeFile(join(folder, 'file'), '')
      const findings = await examined({ folder: join(folder, 'file') })
      expect(findings.find(({ check }) => check === 'folder')!.says).toContain('no folder')
      expect(findings.find(({ check }) => check === 'database')!.state).toBe('skipped')
    })
    it.skipIf(process.platform === 'win32')('that everybody may open', async () => {
      await chmod(folder, 0o751)
      const found = await one('folder')
      expect(found.state).toBe('warning')
      expect(found.todo).toEqual([`chmod 750 ${folder}`])
    })
    it.skipIf(process.getuid?.() === 0)('that may not be written', async () => {
      await chmod(folder, 0o550)
      expect(await one('folder')).toMatchObject({ state: 'fault' })
      await chmod(folder, 0o750)
    })
    it.runIf(process.getuid?.() === 0)(
      'of another account, looked at by root, who may do everything',
      async () => {
        const { chown } = await import('node:fs/promises')
        await chown(folder, 12345, 12345)
        const found = await one('folder')
        expect(found.state).toBe('skipped')
        expect(found.todo.join()).toContain("sudo -u '#12345'")
      },
    )
  })

  it('the disk: below the limit of files, too small for a copy, and large enough', async () => {
    expect(await disk(folder, null)).toMatchObject({ state: 'skipped' })
    expect(await disk(folder, STORAGE_LOW_BYTES - 1)).toMatchObject({ state: 'fault' })
    expect(await disk(folder, STORAGE_LOW_BYTES)).toMatchObject({ state: 'ok' })
    // A file of a GB that takes no room.
    const size = STORAGE_LOW_BYTES * 2
    await writeFile(join(folder, 'auzolan.sqlite'), '')
    await truncate(join(folder, 'auzolan.sqlite'), size)
    expect(await disk(folder, 2 * size - 1)).toMatchObject({ state: 'warning' })
    expect(await disk(folder, 2 * size)).toMatchObject({ state: 'ok' })
  })

  describe('the database', () => {
    it('that is none, damaged, newer or older', async () => {
      await writeFile(join(folder, 'auzolan.sqlite'), 'not a database '.repeat(100))
      expect(await one('database')).toMatchObject({ state: 'fault' })
      await rm(join(folder, 'auzolan.sqlite'))
      expect(await one('database')).toMatchObject({ state: 'skipped' })
      await data()
      rows('PRAGMA wal_checkpoint(TRUNCATE)')
      rows('PRAGMA user_version = 36')
      expect(await one('database')).toMatchObject({ state: 'warning' })
      rows('PRAGMA user_version = 999')
      expect((await one('database')).says).toContain('newer version')
      const { size } = await stat(join(folder, 'auzolan.sqlite'))
      const file = await readFile(join(folder, 'auzolan.sqlite'))
      rows('PRAGMA user_version = 37')
      file.fill(0x55, Math.floor(size / 2), Math.floor(size / 2) + 40_960)
      file.writeUInt32BE(37, 60)
      for (const end of ['-wal', '-shm']) await rm(join(folder, `auzolan.sqlite${end}`), { force: true })
      await writeFile(join(folder, 'auzolan.sqlite'), file)
      const found = await one('database')
      expect(found.state).toBe('fault')
      expect(found.todo.join()).toContain('restore')
    })
  })

  it('the keys: none yet, gone, open to others, and taken for lost', async () => {
    expect((await one('keys')).says).toContain('Nothing was signed yet')
    await data()
    await chmod(join(folder, SIGNING_KEYS_FILE), 0o644)
    expect((await one('keys')).todo.join()).toContain('chmod 600')
    await rm(join(folder, SIGNING_KEYS_FILE))
    expect(await one('keys')).toMatchObject({ state: 'fault' })
    await writeFile(join(folder, 'signing-keys.lost'), '')
    expect(await one('keys')).toMatchObject({ state: 'warning' })
  })

  it('what waits for Nextcloud, longer than a maintenance; what it did not take; what was harmful', async () => {
    await data()
    const put = (at: string, aside: string | null): void =>
      rows('INSERT INTO outbox (at, kind, parcel, aside) VALUES (?, ?, ?, ?)', at, 'x', '{}', aside)
    rows('DELETE FROM outbox')
    const now = { now: () => NOW }
    put(before(2 * HOUR), null)
    expect(await one('queues', now)).toMatchObject({ state: 'ok' })
    put(before(2 * HOUR + 1), null)
    expect((await one('queues', now)).todo).toHaveLength(1)
    rows('DELETE FROM outbox')
    put(before(0), 'never')
    expect((await one('queues', now)).todo.join()).toContain('outbox')
    rows('DELETE FROM outbox')
    rows(
      'INSERT INTO quarantined (channel, epoch, seq, at, person, why, bytes) VALUES (?, 1, 1, ?, ?, ?, ?)',
      'c',
      before(0),
      'p',
      'w',
      Buffer.from('x'),
    )
    expect((await one('queues', now)).todo.join()).toContain('quarantined')
  })

  describe('[BK5] the backups', () => {
    const made = (at: string, faults = 0) => ({
      at,
      path: '/backups/a.tar',
      bytes: 1,
      sha256: '0'.repeat(64),
      encrypted: true,
      faults,
    })
    const tested = (at: string, faults = 0) => ({ at, madeAt: at, path: '/backups/a.tar', faults })
    it.each([
      ['of two days ago, tried out 35 days ago', before(2 * DAY), 0, before(35 * DAY), 0, 'ok'],
      ['older than two days', before(2 * DAY + 1), 0, before(DAY), 0, 'warning'],
      ['tried out more than 35 days ago', before(DAY), 0, before(35 * DAY + 1), 0, 'warning'],
      ['that lacks files', before(DAY), 1, before(DAY), 0, 'warning'],
      ['that was not whole when it was tried out', before(DAY), 0, before(DAY), 1, 'warning'],
      ['never tried out', before(DAY), 0, null, 0, 'warning'],
    ])('%s', async (_, madeAt, lacking, triedAt, faults, state) => {
      await data()
      await noteBackup(folder, { made: made(madeAt, lacking) })
      if (triedAt) await noteBackup(folder, { tested: tested(triedAt, faults) })
      expect((await backups(folder, NOW)).state).toBe(state)
    })
    it('are noted only where data is, for this account alone, and what is unreadable is none', async () => {
      expect(await noteBackup(folder, { made: made(before(0)) })).toBe(false)
      expect(await readdir(folder)).toEqual([])
      await data()
      expect(await noteBackup(folder, { made: made(before(0)) })).toBe(true)
      if (process.platform !== 'win32')
        expect((await stat(join(folder, BACKUP_STATE))).mode & 0o777).toBe(0o600)
      await writeFile(join(folder, BACKUP_STATE), '{"made": 3}')
      expect(await readBackupState(folder)).toEqual({ made: null, tested: null })
      await rm(join(folder, BACKUP_STATE))
      await mkdir(join(folder, `${BACKUP_STATE}.next`))
      expect(await noteBackup(folder, { made: made(before(0)) })).toBe(false)
    })
  })

  describe('Nextcloud', () => {
    const at = async (): Promise<Finding> => one('nextcloud')
    it('that is not there, is in maintenance, or is none', async () => {
      there.instead = { status: 503, headers: { 'x-nextcloud-maintenance-mode': '1' } }
      expect(await at()).toMatchObject({ state: 'warning' })
      there.instead = { status: 200, body: '<html>' }
      expect(await at()).toMatchObject({ state: 'fault' })
      there.instead = { status: 404 }
      expect((await at()).says).toContain('not enabled')
      there.close()
      const gone = await at()
      expect(gone.state).toBe('fault')
      expect(gone.says).toContain('ECONNREFUSED')
    })
    it('with another secret', async () => {
      there.secret = 'x'.repeat(64)
      const found = await at()
      expect(found.state).toBe('fault')
      expect(found.todo.join()).toContain('auzolan:setup')
    })
    it('with a clock that is too far off to get in, nearly so, and near enough', async () => {
      there.ahead = CLOCK_LEEWAY_S / 2 - 2
      expect(await at()).toMatchObject({ state: 'ok' })
      there.ahead = CLOCK_LEEWAY_S / 2 + 3
      expect((await at()).says).toContain('its clock is')
    })
  })

  it('another program at the port', async () => {
    const other = createServer((_, response) => response.end('{"hello":"world"}'))
    await new Promise<void>((resolve) =>
      other.listen(Number(environment['AUZOLAN_PORT']), '127.0.0.1', resolve),
    )
    expect((await one('server')).says).toContain('Another program')
    other.close()
  })
})

describe('the command', () => {
  let server: TestServer & { stop(): Promise<void> }
  beforeAll(async () => void (server = await startTestServer()))
  afterAll(() => server?.stop())
  const asked = (...words: string[]) =>
    runServer({ AUZOLAN_PORT: String(server.port), AUZOLAN_DATA: server.dataFolder }, 'doctor', ...words)

  it('[OP1] says how a running server is, knows of its backups, and ends with 0 where nothing is a fault', async () => {
    const to = join(server.dataFolder, '..', `backups-${server.port}`)
    const made = await runServer({}, 'backup', '--data', server.dataFolder, '--to', to, '--json')
    const { path } = JSON.parse(made.output) as { path: string }
    await runServer({ AUZOLAN_DATA: server.dataFolder }, 'verify', path)
    const { code, output } = await asked('--standalone', '--json')
    expect(code).toBe(0)
    const { ok, findings } = JSON.parse(output) as { ok: boolean; findings: Finding[] }
    expect(ok).toBe(true)
    const state = (check: string) => findings.find((finding) => finding.check === check)!
    expect(state('server')).toMatchObject({ state: 'ok' })
    expect(state('backups')).toMatchObject({ state: 'ok' })
    expect(state('nextcloud')).toMatchObject({ state: 'skipped' })
    await rm(to, { recursive: true })
  })
  it('ends with 1 where something is, and says it in words', async () => {
    const { code, output } = await asked()
    expect(code).toBe(1)
    expect(output).toMatch(/^fault +settings +AUZOLAN_NEXTCLOUD_URL is not set/m)
    expect(output).toMatch(/^1 fault, \d+ warnings?\.$/m)
  })
  it.skipIf(process.platform === 'win32')('may be read only in part', () => {
    const main = join(import.meta.dirname, '../../server/bin/auzolan-server.cjs')
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${main}" doctor --standalone --data "${server.dataFolder}" | head -1`],
      { encoding: 'utf8' },
    )
    expect(stdout).toMatch(/^(ok|warning) +settings/)
    expect(stderr).toBe('')
  })
})
