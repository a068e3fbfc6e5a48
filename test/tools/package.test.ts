/** What an administration gets: two archives that hold what belongs in and nothing else, the same whoever makes them. */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NEXTCLOUD } from '../support/nextcloud-host.ts'
import { freePort } from '../support/free-port.ts'
import { temporaryFolder, until } from '../support/server.ts'

const root = join(import.meta.dirname, '../..')
const { packageAll } = (await import(new URL('../../.tools/package.mjs', import.meta.url).href)) as {
  packageAll(root: string, into: string): Promise<string[]>
}
let into: string
let app: string
let server: string
beforeAll(async () => {
  into = await temporaryFolder()
  ;[app, server] = (await packageAll(root, into)) as [string, string]
}, 240_000)
afterAll(() => rm(into, { recursive: true, force: true }))

const list = (file: string): string[] =>
  spawnSync('tar', ['tzf', file], { encoding: 'utf8' }).stdout.trim().split('\n')
const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

describe('the app for Nextcloud', () => {
  it('has one folder with its name, the licence, both forms of the words, and no source', () => {
    const files = list(app)
    expect(files.every((file) => file.startsWith('auzolan/'))).toBe(true)
    for (const wanted of [
      'appinfo/info.xml',
      'LICENSES/AGPL-3.0-or-later.txt',
      'CHANGELOG.md',
      'img/app.svg',
      'img/app-dark.svg',
      'js/auzolan-main.mjs',
      'js/LICENSES.md',
      'l10n/eu.js',
      'l10n/eu.json',
      'lib/AppInfo/Application.php',
      'sbom.cdx.json',
    ])
      expect(files).toContain(`auzolan/${wanted}`)
    expect(
      files.filter((file) => /\.(ts|vue)$|package\.json|manifest\.json|\/\.|node_modules/.test(file)),
    ).toEqual([])
  })

  it('is not made when something strange lies in its folder', async () => {
    const stray = join(root, 'plugin/stray.sql')
    writeFileSync(stray, 'secret')
    try {
      await expect(packageAll(root, into)).rejects.toThrow('stray.sql')
    } finally {
      rmSync(stray)
    }
  })
})

describe('both archives', () => {
  it('are the same when they are made again, and say so in a file beside them', async () => {
    const before = [sha256(app), sha256(server)]
    await packageAll(root, into)
    expect([sha256(app), sha256(server)]).toEqual(before)
    for (const file of [app, server]) expect(readFileSync(`${file}.sha256`, 'utf8')).toContain(sha256(file))
  }, 240_000)
})

describe('[OP3] what others wrote', () => {
  interface Bill {
    readonly bomFormat: string
    readonly components: readonly {
      readonly name: string
      readonly version: string
      readonly licenses?: readonly (
        | { readonly license: { readonly id?: string; readonly name?: string } }
        | { readonly expression: string }
      )[]
    }[]
  }
  const bill = (file: string, inside: string): Bill =>
    JSON.parse(spawnSync('tar', ['xzOf', file, inside], { encoding: 'utf8', maxBuffer: 1e8 }).stdout) as Bill
  it('is listed in each archive: every package the server brings, with its version', () => {
    const files = list(server)
    const top = files[0]!.split('/')[0]!
    const { bomFormat, components } = bill(server, `${top}/sbom.cdx.json`)
    expect(bomFormat).toBe('CycloneDX')
    const listed = new Set(components.map(({ name }) => name))
    const brought = files
      .map((file) => /node_modules\/((?:@[^/]+\/)?[^/@]+)\/package\.json$/.exec(file)?.[1])
      .filter((name) => name !== undefined)
    expect(brought.length).toBeGreaterThan(30)
    expect(brought.filter((name) => !listed.has(name))).toEqual([])
    expect(components.find(({ name }) => name === 'yjs')!.version).toMatch(/^13\./)
    expect(components.some(({ name }) => /^(vitest|eslint|typescript)$/.test(name))).toBe(false)
    const taken = spawnSync('tar', ['xzOf', app, 'auzolan/js/LICENSES.md'], { encoding: 'utf8' }).stdout
    expect(bill(app, 'auzolan/sbom.cdx.json').components.length).toBe(taken.match(/^## /gm)!.length)
  })
  /** Permissive ones, and those of copyleft that may be given on with GPL and AGPL in version 3. One that is not here is to be read first. */
  const COMPATIBLE = [
    ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'Apache-2.0', 'CC0-1.0'],
    ...['PSF-2.0', 'MPL-2.0', 'LGPL-3.0-or-later', 'GPL-3.0-or-later', 'AGPL-3.0-or-later'],
  ]
  it('[OP5] has a licence that goes together with ours, all of it', () => {
    const top = list(server)[0]!.split('/')[0]!
    for (const { components } of [bill(app, 'auzolan/sbom.cdx.json'), bill(server, `${top}/sbom.cdx.json`)]) {
      expect(components.length).toBeGreaterThan(30)
      const others = components.filter(({ licenses = [] }) => {
        const all = licenses.map((one) =>
          'license' in one ? (one.license.id ?? one.license.name ?? '') : one.expression,
        )
        // Of several that one may choose from, one is enough.
        const goes = all.every((one) =>
          one
            .replace(/[()]/g, '')
            .split(' OR ')
            .some((id) => COMPATIBLE.includes(id)),
        )
        return all.length === 0 || !goes
      })
      expect(others.map(({ name, licenses }) => `${name} ${JSON.stringify(licenses)}`)).toEqual([])
    }
  })
})

describe('the server', () => {
  it('runs from its archive alone', async () => {
    const folder = await temporaryFolder()
    expect(spawnSync('tar', ['xzf', server, '-C', folder]).status).toBe(0)
    const [name] = await readdir(folder)
    const port = await freePort()
    const child = spawn(process.execPath, ['bin/auzolan-server'], {
      cwd: join(folder, name!),
      env: {
        PATH: process.env['PATH'],
        AUZOLAN_PORT: String(port),
        AUZOLAN_LISTEN: '127.0.0.1',
        AUZOLAN_DATA: join(folder, 'data'),
        AUZOLAN_NEXTCLOUD_URL: NEXTCLOUD.url,
        AUZOLAN_SECRET: NEXTCLOUD.secret,
      },
    })
    let output = ''
    child.stderr.on('data', (data: Buffer) => (output += data.toString()))
    try {
      await until(async () => {
        const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
        if (child.exitCode !== null) throw new Error(output)
        return answer?.ok === true
      }, 'the server takes edits')
    } finally {
      child.kill('SIGTERM')
      await until(() => child.exitCode !== null, 'it ends')
      await rm(folder, { recursive: true, force: true })
    }
    expect(child.exitCode).toBe(0)
  })
})
