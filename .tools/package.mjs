// `npm run package`: the app for Nextcloud and the server, each one archive. Made from a list of what belongs in, never
// from what happens to lie around; twice from the same tree gives the same bytes, so that a signature can be checked.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { create } from 'tar'

/** What of `plugin/` goes to an administration; Nextcloud's signature covers every file, so there is nothing else. */
const APP = ['appinfo', 'css', 'img', 'js', 'l10n', 'lib', 'templates', 'CHANGELOG.md']
/** What of `plugin/` the app is made of, and stays here. */
const SOURCES = ['src', 'package.json', 'vite.config.ts', 'icons-apart.ts', 'first-load.json', 'node_modules']
/** What of others is in it, for whoever has to answer for that. */
const SBOM = 'sbom.cdx.json'
/** Left by the build for itself. */
const BUILD_ONLY = ['.built-from', 'manifest.json']
/** 1980 is the earliest a zip can say, and one date is as good as another. */
const MADE_AT = new Date('1980-01-01T00:00:00Z')

/** @returns the paths of what was made, relative to the root */
export async function packageAll(root, into = join(root, 'dist')) {
  mkdirSync(into, { recursive: true })
  const work = mkdtempSync(join(tmpdir(), 'auzolan-package-'))
  try {
    return [await packageApp(root, work, into), await packageServer(root, work, into)]
  } finally {
    rmSync(work, { recursive: true })
  }
}

async function packageApp(root, work, into) {
  const plugin = join(root, 'plugin')
  const unknown = readdirSync(plugin).filter((name) => ![...APP, ...SOURCES].includes(name))
  if (unknown.length > 0)
    throw new Error(
      `plugin/ holds what is neither app nor source: ${unknown.join(', ')}. Take it out, or say so in .tools/package.mjs.`,
    )
  const { version } = JSON.parse(readFileSync(join(plugin, 'package.json'), 'utf8'))
  const inInfo = /<version>(.*)<\/version>/.exec(readFileSync(join(plugin, 'appinfo/info.xml'), 'utf8'))?.[1]
  if (inInfo !== version) throw new Error(`info.xml says version ${inInfo}, package.json ${version}`)
  const app = join(work, 'auzolan')
  for (const name of APP)
    cpSync(join(plugin, name), join(app, name), {
      recursive: true,
      filter: (path) => !BUILD_ONLY.includes(path.split('/').at(-1)),
    })
  mkdirSync(join(app, 'LICENSES'))
  cpSync(join(root, 'LICENSE'), join(app, 'LICENSES/AGPL-3.0-or-later.txt'))
  writeFileSync(join(app, SBOM), billOfMaterials(root, '@auzolan/plugin', 'auzolan', inApp(app)))
  return pack(work, 'auzolan', join(into, `auzolan-${version}.tar.gz`))
}

/** The server with all it runs on but Node itself; for this kind of computer, because of the SQLite driver. */
async function packageServer(root, work, into) {
  const { version } = JSON.parse(readFileSync(join(root, 'server/package.json'), 'utf8'))
  const name = `auzolan-server-${version}-${process.platform}-${process.arch}`
  const server = join(work, name)
  for (const folder of ['server/bin', 'server/src', 'server/deploy', 'shared/src', 'shared/l10n'])
    cpSync(join(root, folder), join(server, folder), { recursive: true })
  for (const file of [
    'server/package.json',
    'shared/package.json',
    'LICENSE',
    'docs/OPERATIONS.md',
    'docs/nextcloud.md',
    'docs/img/ratios.svg',
    'docs/performance.md',
    'docs/scaling.md',
    'docs/SECURITY.md',
  ])
    cpSync(join(root, file), join(server, file))
  mkdirSync(join(server, 'bin'))
  writeFileSync(
    join(server, 'bin/auzolan-server'),
    "#!/usr/bin/env node\nrequire('../server/bin/auzolan-server.cjs')\n",
    {
      mode: 0o755,
    },
  )
  // Beside the code, where it stands in the tree: TypeScript is not run from inside `node_modules`.
  mkdirSync(join(server, 'node_modules/@auzolan'), { recursive: true })
  writeFileSync(
    join(server, 'package.json'),
    `${JSON.stringify({ name: 'auzolan-server', version, private: true, license: 'AGPL-3.0-or-later' }, null, 2)}\n`,
  )
  for (const place of productionPackages(root)) {
    const path = relative(root, place)
    if (path === '' || path.startsWith('node_modules/@auzolan/')) continue
    cpSync(place, join(server, path), {
      recursive: true,
      // What stands inside is on the list itself, if it belongs in.
      filter: (from) =>
        !/^\/node_modules(\/|$)/.test(from.slice(place.length)) && !isSourceOfDriver(path, from),
    })
  }
  writeFileSync(
    join(server, SBOM),
    billOfMaterials(root, '@auzolan/server', 'auzolan-server', inServer(root)),
  )
  symlinkSync('../../shared', join(server, 'node_modules/@auzolan/shared'))
  return pack(work, name, join(into, `${name}.tar.gz`))
}

/** The driver is compiled already; its C sources are ten times as large as everything else. */
const isSourceOfDriver = (path, from) =>
  path === 'node_modules/better-sqlite3' &&
  /\/better-sqlite3\/(deps|src|build\/(?!Release$|Release\/better_sqlite3\.node$))/.test(from)

/** Folders of what the server needs when it runs, as npm knows it. */
function productionPackages(root) {
  const places = askNpm(root, ['ls', '--workspace', '@auzolan/server', '--omit=dev', '--all', '--parseable'])
    .split('\n')
    .filter((line) => line.startsWith(root.replace(/\/$/, '')) && existsSync(line))
  if (places.length < 10) throw new Error(`npm does not say what the server needs: ${places.join(', ')}`)
  return places
}

/** Name and version of everything of others that the server brings. */
const inServer = (root) =>
  productionPackages(root)
    .map((place) => JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')))
    .filter(({ name }) => name !== 'auzolan')
    .map(({ name, version }) => `${name}@${version}`)
/** The build has written down what it took in. */
const inApp = (app) =>
  [...readFileSync(join(app, 'js/LICENSES.md'), 'utf8').matchAll(/^## (\S+) - (\S+) \(/gm)].map(
    ([, name, version]) => `${name}@${version}`,
  )

/**
 * What others wrote and is in it, as CycloneDX; without the moment and the number that npm makes up each time. npm lists all,
 * and what belongs in is picked: left to omit what only development needs, it also leaves out what both need.
 */
function billOfMaterials(root, workspace, name, packages) {
  const words = ['sbom', '--sbom-format=cyclonedx', '--include=dev', '--workspace', workspace]
  const bill = JSON.parse(askNpm(root, words))
  const wanted = new Set(packages)
  bill.components = bill.components.filter((one) => wanted.has(one['bom-ref']))
  const listed = new Set(bill.components.map((one) => one['bom-ref']))
  const lacking = [...wanted].filter((one) => !listed.has(one))
  if (lacking.length > 0) throw new Error(`npm does not list what ${workspace} needs: ${lacking.join(', ')}`)
  bill.dependencies = bill.dependencies
    .filter(({ ref }) => listed.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => listed.has(one)) }))
  delete bill.serialNumber
  bill.metadata.timestamp = MADE_AT.toISOString()
  // npm calls it after the folder it was made in.
  bill.metadata.component.name = name
  return `${JSON.stringify(bill, null, 1)}\n`
}

function askNpm(root, words) {
  const npm = process.env.npm_execpath
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }
  const { stdout, error } = npm
    ? spawnSync(process.execPath, [npm, ...words], options)
    : spawnSync('npm', words, options)
  if (error) throw new Error(`npm ${words[0]}: ${error.message}`)
  return stdout ?? ''
}

/** Same bytes from the same files, whoever makes it and when. */
async function pack(folder, name, file) {
  const entries = readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
    // Node walks into what a link points at; the link alone belongs in.
    .filter((entry) => !entry.isDirectory() && !entry.parentPath.includes('node_modules/@auzolan/shared'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
  await create(
    {
      file,
      cwd: folder,
      gzip: { level: 9, portable: true },
      portable: true,
      mtime: MADE_AT,
      onWriteEntry: (entry) => {
        // Whoever unpacks it reads and runs; the umask of whoever made it is nobody's business.
        if (entry.stat && entry.type === 'File')
          entry.stat.mode = entry.stat.mode & 0o100 ? 0o100755 : 0o100644
      },
    },
    entries,
  )
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex')
  writeFileSync(`${file}.sha256`, `${sha256}  ${file.split('/').at(-1)}\n`)
  return file
}
