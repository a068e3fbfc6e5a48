/** Installs the servers beside which ours is measured: outside the workspace, when somebody asks for the benchmark. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('./peers/', import.meta.url))

export function ensurePeers(): void {
  const stamp = `${FOLDER}node_modules/.bench-lock`
  const want = createHash('sha256')
    .update(readFileSync(`${FOLDER}package-lock.json`))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return
  console.log('Installing the peers (once)…')
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env['npm_execpath']
  const options = { cwd: FOLDER, stdio: 'inherit', shell: !npm && process.platform === 'win32' } as const
  const result = npm ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, options)
  if (result.status !== 0) throw new Error('the peers could not be installed; what npm said is above')
  writeFileSync(stamp, want)
}
