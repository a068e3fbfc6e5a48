// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Owns a throwaway Nextcloud: a copy of the tree in NEXTCLOUD_PATH with this app in it, served on a loopback port.
 *
 * The original tree, its data and its database are never written to.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, openSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '../support/free-port.ts'
import { guardedFolder } from './guard.ts'
import { hasMemoryCache, nextcloudPath, php, phpEnvironment, pluginPath } from './php.ts'

/** What a release holds; nothing else of the plugin folder may be needed to run. */
const APP_FOLDERS = ['appinfo', 'lib', 'templates', 'img', 'js', 'css', 'l10n']
/** More than one, or a request that makes the sync server call back waits for itself. */
const WORKERS = 4
const START_DEADLINE_MS = 30_000
const STOP_DEADLINE_MS = 5_000
/** Copying and installing takes 10 s on an idle machine; this is for `beforeAll`. */
export const NEXTCLOUD_START_MS = 180_000

export interface Person {
  readonly uid: string
  readonly password: string
}

export interface Nextcloud {
  /** Without trailing slash; also the `iss` of every token. */
  readonly url: string
  readonly admin: Person
  /** The copied tree; scripts that need Nextcloud's own PHP run in it. */
  readonly tree: string
  addUser(uid: string, password: string, displayName: string): Promise<Person>
  addGroup(group: string, ...uids: readonly string[]): Promise<void>
  /** Runs `occ` and gives its output. */
  occ(...args: readonly string[]): Promise<string>
  /** Two empty strings disconnect the app from its sync server. */
  setConfig(serverUrl: string, secret: string): Promise<void>
  /** nextcloud.log, at the most talkative level. */
  log(): Promise<string>
  stop(): Promise<void>
}

export interface StartOptions {
  /** Files written over the copied app, by path inside it; for example a bundle that nobody has built yet. */
  readonly appFiles?: Readonly<Record<string, string>>
}

export async function startNextcloud(options: StartOptions = {}): Promise<Nextcloud> {
  if (nextcloudPath === null) throw new Error('NEXTCLOUD_PATH is not set')
  const folder = guardedFolder('auzolan-nextcloud-')
  const home = folder.path
  let server: ChildProcess | null = null
  const discard = async () => {
    if (server !== null) await end(server)
    await folder.remove()
  }

  try {
    const tree = join(home, 'tree')
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const occ = (...args: readonly string[]) =>
      php(['occ', '--no-interaction', '--no-ansi', ...args], { cwd: tree })
    const occWithPassword = (password: string, ...args: readonly string[]) =>
      php(['occ', '--no-interaction', '--no-ansi', ...args], { cwd: tree, env: { OC_PASS: password } })

    await copyTree(nextcloudPath, tree)
    await copyApp(join(tree, 'apps/auzolan'), options.appFiles ?? {})
    const admin = await makeInstance({ home, tree, url, occ, occWithPassword })
    await disableNuisances(occ)
    await occ('app:enable', 'auzolan')
    server = startServer(home, tree, port)
    await folder.guard(server.pid!)
    await answering(server, url, home)

    return {
      url,
      admin,
      tree,
      occ,
      addUser: async (uid, password, displayName) => {
        // Fails with a TypeError in Avatar.php when the tree lacks core/fonts/NotoSans-Regular.ttf.
        await occWithPassword(
          password,
          'user:add',
          '--password-from-env',
          `--display-name=${displayName}`,
          uid,
        )
        return { uid, password }
      },
      addGroup: async (group, ...uids) => {
        await occ('group:add', group)
        for (const uid of uids) await occ('group:adduser', group, uid)
      },
      setConfig: async (serverUrl, secret) => {
        await occ('config:app:set', 'auzolan', 'server_url', `--value=${serverUrl}`)
        // Without the type, a key that the lexicon calls sensitive is silently not stored (Nextcloud 32.0.1).
        await occ('config:app:set', '--type=string', 'auzolan', 'secret', `--value=${secret}`)
      },
      log: async () => {
        const path = join(home, 'nextcloud.log')
        return existsSync(path) ? readFile(path, 'utf8') : ''
      },
      stop: discard,
    }
  } catch (error) {
    await discard()
    throw error
  }
}

interface Site {
  readonly home: string
  readonly tree: string
  readonly url: string
  occ(...args: readonly string[]): Promise<string>
  occWithPassword(password: string, ...args: readonly string[]): Promise<string>
}

/** `cp` instead of fs.cp: 25,000 files take 5 s and not 10, and the event loop stays free. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to)
  // People's files and version control are big and not needed.
  const left = ['data', '.git']
  const entries = (await readdir(from)).filter((name) => !left.includes(name)).map((name) => join(from, name))
  await promisify(execFile)('cp', ['-R', ...entries, to])
  for (const folder of ['apps/auzolan', 'custom_apps/auzolan'])
    await rm(join(to, folder), { recursive: true, force: true })
}

async function copyApp(to: string, appFiles: Readonly<Record<string, string>>): Promise<void> {
  for (const folder of APP_FOLDERS) {
    const from = join(pluginPath, folder)
    if (existsSync(from)) await cp(from, join(to, folder), { recursive: true })
  }
  for (const [path, content] of Object.entries(appFiles)) {
    const file = resolve(to, path)
    if (!file.startsWith(to + sep)) throw new Error(`appFiles: ${path} is outside the app`)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
}

/** Installs a pristine tree; takes over the database of an installed one. Either way ends with an administrator of ours. */
async function makeInstance(site: Site): Promise<Person> {
  const data = join(site.home, 'data')
  const password = randomBytes(16).toString('base64url')
  if (existsSync(join(site.tree, 'config/config.php'))) {
    await copyDatabase(site.tree, data)
    await writeConfig(site, data)
    const admin = { uid: 'auzolan-admin', password }
    await site.occWithPassword(password, 'user:add', '--password-from-env', '--group=admin', admin.uid)
    return admin
  }
  const admin = { uid: 'admin', password }
  await site.occ(
    'maintenance:install',
    '--database=sqlite',
    `--admin-user=${admin.uid}`,
    `--admin-pass=${admin.password}`,
    `--data-dir=${data}`,
  )
  await writeConfig(site, data)
  return admin
}

async function copyDatabase(tree: string, data: string): Promise<void> {
  const print = 'require $argv[1]; echo json_encode($CONFIG);'
  const config = JSON.parse(await php(['-r', print, join(tree, 'config/config.php')])) as Record<
    string,
    unknown
  >
  // The copy of a tree on MySQL or PostgreSQL would still write into the original's database.
  if (config['dbtype'] !== 'sqlite3')
    throw new Error(`Only SQLite instances can be copied, not ${String(config['dbtype'])}`)
  const source = String(config['datadirectory'])
  const database = `${String(config['dbname'] ?? 'owncloud')}.db`
  await mkdir(data)
  for (const name of ['.ncdata', '.ocdata', database, `${database}-wal`])
    if (existsSync(join(source, name))) await cp(join(source, name), join(data, name))
}

/** A second file beside config.php: Nextcloud merges `*.config.php` over it, so nothing of the original has to be edited. */
async function writeConfig(site: Site, data: string): Promise<void> {
  const config = {
    datadirectory: data,
    trusted_domains: ['127.0.0.1'],
    'overwrite.cli.url': site.url,
    overwritehost: '',
    overwriteprotocol: '',
    overwritewebroot: '',
    // A cache server of the original instance must not be shared with it.
    'memcache.local': null,
    'memcache.distributed': hasMemoryCache ? '\\OC\\Memcache\\APCu' : null,
    'memcache.locking': null,
    logfile: join(site.home, 'nextcloud.log'),
    log_type: 'file',
    loglevel: 0,
    has_internet_connection: false,
    appstoreenabled: false,
    updatechecker: false,
    // Each request with Basic authentication checks a password; at full strength that is most of its time.
    hashingTimeCost: 1,
    hashingMemoryCost: 8,
    hashingThreads: 1,
    // The example files would be copied into every home at the first login.
    skeletondirectory: '',
    templatedirectory: '',
  }
  const text = `<?php\n$CONFIG = json_decode(<<<'JSON'\n${JSON.stringify(config, null, 2)}\nJSON, true);\n`
  await writeFile(join(site.tree, 'config/zz-auzolan-test.config.php'), text)
}

/** The wizard covers the page with a dialog; the policy refuses the passwords of tests. */
async function disableNuisances(occ: Site['occ']): Promise<void> {
  await occ('app:disable', 'firstrunwizard', 'password_policy', 'survey_client')
}

const serverLog = (home: string) => join(home, 'php-server.log')

function startServer(home: string, tree: string, port: number): ChildProcess {
  const log = openSync(serverLog(home), 'a')
  const server = spawn('php', ['-S', `127.0.0.1:${port}`, '-t', tree], {
    cwd: tree,
    env: phpEnvironment({ PHP_CLI_SERVER_WORKERS: String(WORKERS) }),
    stdio: ['ignore', log, log],
    // A group of its own: the workers are forks of it and end with it.
    detached: true,
  })
  closeSync(log)
  return server
}

async function answering(server: ChildProcess, url: string, home: string): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS
  while (server.exitCode === null && Date.now() < deadline) {
    const answers = await fetch(`${url}/status.php`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (answers) return
    await sleep(100)
  }
  throw new Error(`php -S does not answer:\n${(await readFile(serverLog(home), 'utf8')).slice(-2000)}`)
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = new Promise<void>((done) => server.once('exit', () => done()))
  signal(server, 'SIGTERM')
  const ended = await Promise.race([gone.then(() => true), sleep(STOP_DEADLINE_MS, false, { ref: false })])
  if (!ended) signal(server, 'SIGKILL')
  await gone
}

function signal(server: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (server.pid === undefined) return
  try {
    process.kill(-server.pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
