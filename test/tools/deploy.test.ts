/** What an administration runs it with: units of systemd, a compose file and alerts that fit the program they come with. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, temporaryFolder, type TestServer } from '../support/server.ts'

const root = join(import.meta.dirname, '../..')
const deploy = (name: string): string => readFileSync(join(root, 'server/deploy', name), 'utf8')
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0

let folder: string
beforeAll(async () => void (folder = await temporaryFolder()))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The unit with programs and files that are on this machine, too. */
function here(name: string): string {
  const text = deploy(name)
    .replace('/usr/bin/node', process.execPath)
    .replace('/opt/auzolan/bin/auzolan-server', join(root, 'server/bin/auzolan-server.cjs'))
    .replace(/^(Documentation|User|Group)=.*$/gm, '')
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('[OP4] the units of systemd', () => {
  const units = ['auzolan.service', 'auzolan-backup.service', 'auzolan-backup.timer'] as const
  it.runIf(hasSystemd)('are understood, every line of them', () => {
    const { stdout, stderr, status } = spawnSync(
      'systemd-analyze',
      ['verify', '--man=no', ...units.map(here)],
      {
        encoding: 'utf8',
      },
    )
    const ours = `${stdout}${stderr}`
      .split('\n')
      .filter((line) => line.includes(folder) || line.includes('auzolan'))
    expect(ours).toEqual([])
    expect(status).toBe(0)
  })
  it.runIf(hasSystemd).each([
    ['auzolan.service', 15],
    ['auzolan-backup.service', 10],
  ])('%s may do little: its exposure by systemd’s own count is at most a tenth of %i', (name, tenths) => {
    const { stdout, status } = spawnSync(
      'systemd-analyze',
      ['security', '--offline=true', `--threshold=${tenths}`, join(root, 'server/deploy', name)],
      { encoding: 'utf8' },
    )
    expect(status, stdout.split('\n').slice(-3).join('\n')).toBe(0)
  })
  it.each(units.slice(0, 2))('%s has no secret in its words, and runs as an account of its own', (name) => {
    const text = deploy(name)
    expect(text).toMatch(/^User=auzolan$/m)
    expect(text).not.toMatch(/^(Environment|ExecStart)=.*(SECRET|TOKEN)/m)
  })
})

describe('the compose file', () => {
  interface Compose {
    readonly services: {
      readonly auzolan: {
        readonly command: readonly string[]
        readonly ports: readonly string[]
        readonly read_only: boolean
        readonly volumes: readonly string[]
        readonly environment: { readonly [name: string]: string }
        readonly healthcheck: { readonly test: readonly string[] }
      }
    }
  }
  const { auzolan } = (load(deploy('compose.yaml')) as Compose).services
  it('starts what is in the archive, for this machine alone, and writes to its volume only', () => {
    expect(auzolan.command.at(-1)).toBe('/opt/auzolan/bin/auzolan-server')
    expect(auzolan.ports.every((port) => port.startsWith('127.0.0.1:'))).toBe(true)
    expect(auzolan.read_only).toBe(true)
    expect(auzolan.volumes).toContain(`data:${auzolan.environment['AUZOLAN_DATA']}`)
    expect(JSON.stringify(auzolan.environment)).not.toMatch(/SECRET|TOKEN/)
  })
  it('asks for its health in a way that works', async () => {
    const server = await startTestServer()
    const [, , , code] = auzolan.healthcheck.test
    const asked = (port: number) =>
      spawnSync(process.execPath, ['-e', code!.replace('8790', String(port))], { encoding: 'utf8' }).status
    expect(asked(server.port)).toBe(0)
    await server.stop()
    expect(asked(server.port)).toBe(1)
  })
})

describe('the command as the service runs it', () => {
  it('has the settings of the service, as they are written, and its folder', () => {
    const settings = join(folder, 'auzolan.env')
    writeFileSync(settings, '# made by hand\nAUZOLAN_LISTEN="127.0.0.1"\nAUZOLAN_TEST=a $(b) c\n\nnothing\n')
    const path = join(folder, 'auzolan')
    writeFileSync(
      path,
      deploy('auzolan')
        .replace('/etc/auzolan/auzolan.env', settings)
        .replace('runuser -u auzolan -- /usr/bin/node /opt/auzolan/bin/auzolan-server', process.execPath),
    )
    const words = ['-p', 'JSON.stringify([process.env, process.argv.slice(1)])', 'a b', 'c']
    const { AUZOLAN_DATA: _, ...environment } = process.env
    const { stdout } = spawnSync('sh', [path, ...words], { encoding: 'utf8', env: environment })
    const [found, given] = JSON.parse(stdout) as [NodeJS.ProcessEnv, string[]]
    expect(found).toMatchObject({
      AUZOLAN_LISTEN: '127.0.0.1',
      AUZOLAN_TEST: 'a $(b) c',
      AUZOLAN_DATA: '/var/lib/auzolan',
    })
    expect(given).toEqual(['a b', 'c'])
  })
})

describe('the alerts', () => {
  it('are rules that Prometheus takes: what they say has a name', () => {
    const { groups } = load(deploy('alerts.yaml')) as {
      groups: { rules: { annotations: object; labels: object }[] }[]
    }
    for (const { annotations, labels } of groups.flatMap(({ rules }) => rules))
      for (const [name, text] of Object.entries({ ...annotations, ...labels }))
        expect([name, typeof text]).toEqual([expect.stringMatching(/^[a-zA-Z_]\w*$/), 'string'])
  })
  let server: TestServer & { stop(): Promise<void> }
  const token = 'm'.repeat(32)
  beforeAll(async () => void (server = await startTestServer(null, { AUZOLAN_METRICS_TOKEN: token })))
  afterAll(() => server?.stop())
  it('look at figures that there are', async () => {
    const rules = (
      load(deploy('alerts.yaml')) as { groups: { rules: { alert: string; expr: string }[] }[] }
    ).groups.flatMap(({ rules }) => rules)
    const answer = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
    const known = await answer.text()
    expect(rules.length).toBeGreaterThan(3)
    for (const { alert, expr } of rules) {
      const names = expr.match(/\b(auzolan|nodejs)_\w+/g) ?? []
      expect(
        names.filter((name) => !known.includes(`${name}{`) && !known.includes(`\n${name} `)),
        alert,
      ).toEqual([])
    }
  })
})
