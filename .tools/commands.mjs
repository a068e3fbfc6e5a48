// The project's commands, under Node 24: start, build, test, test:long, check, package, bench, format.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, rmSync, statSync, writeFileSync, readFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBrowser } from './browser.mjs'
import { ensureServices } from './services.mjs'
import { writeWords } from './words.mjs'
import { checkBundle } from './bundle.mjs'
import { packageAll } from './package.mjs'
import { writeVerifyPage } from './verify.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const [command, ...rest] = process.argv.slice(2)

const COMMANDS = {
  async start() {
    await build()
    await run('node', ['server/bin/auzolan-server.cjs', '--standalone'], {
      AUZOLAN_LOG_LEVEL: process.env.AUZOLAN_LOG_LEVEL ?? 'warn',
    })
  },
  build,
  async test() {
    await build()
    const browser = ensureBrowser()
    ensureServices()
    await run('vitest', ['run', '--config', 'test/vitest.config.ts', ...rest], {
      AUZOLAN_TEST_BROWSER: browser,
    })
  },
  /** The same with many seeds, and with proofs that take their time. */
  async 'test:long'() {
    process.env.AUZOLAN_LONG = '1'
    await COMMANDS.test()
  },
  async check() {
    await run('prettier', ['--check', '.'])
    await run('eslint', ['--config', '.tools/eslint.config.mjs', '.'])
    await run('vue-tsc', ['--noEmit', '-p', '.'])
    await run('depcruise', [
      '--config',
      '.tools/import-direction.cjs',
      'shared/src',
      'server/src',
      'plugin/src',
      'test',
    ])
    await COMMANDS.test()
  },
  async package() {
    await build()
    for (const file of await packageAll(root)) console.log(file)
  },
  async bench() {
    await run('node', ['test/bench/run.ts', ...rest])
  },
  async format() {
    await run('prettier', ['--write', '.'])
  },
}

async function build() {
  writeWords()
  await buildApp()
  await writeVerifyPage(root)
}

/** Builds the app's pages, unless nothing they are made of has changed. */
async function buildApp() {
  const stamp = join(root, 'plugin/js/.built-from')
  const now = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return
  for (const folder of ['js', 'css']) rmSync(join(root, 'plugin', folder), { recursive: true, force: true })
  await run('vite', ['build', '--config', 'plugin/vite.config.ts', '--logLevel', 'error', 'plugin'])
  checkBundle(root)
  writeFileSync(stamp, now)
}

function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  for (const file of ['vite.config.ts', 'icons-apart.ts', 'first-load.json'])
    hash.update(readFileSync(join(root, 'plugin', file)))
  hash.update(readFileSync(join(root, 'shared/l10n/components.json')))
  for (const folder of ['plugin/src', 'shared/src']) {
    for (const entry of readdirSync(join(root, folder), { recursive: true }).sort()) {
      const path = join(root, folder, entry)
      if (statSync(path).isFile()) hash.update(entry).update(readFileSync(path))
    }
  }
  return hash.digest('hex')
}

function run(tool, args, environment = {}) {
  const path = tool === 'node' ? process.execPath : toolPath(tool)
  return new Promise((resolve) => {
    const child = spawn(process.execPath, tool === 'node' ? args : [path, ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    child.on('exit', (code, signal) => {
      if (code === 0) resolve()
      else process.exit(signal ? 1 : code)
    })
  })
}

/** The script behind a package's command; run with our own Node instead of whatever "node" means outside. */
function toolPath(tool) {
  const packages = {
    vitest: 'vitest',
    vite: 'vite',
    prettier: 'prettier',
    eslint: 'eslint',
    'vue-tsc': 'vue-tsc',
    depcruise: 'dependency-cruiser',
  }
  const folder = join(root, 'node_modules', packages[tool])
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[tool])
}

const chosen = COMMANDS[command]
if (!chosen) {
  console.error(`Commands: ${Object.keys(COMMANDS).join(', ')}`)
  process.exit(1)
}
await chosen()
