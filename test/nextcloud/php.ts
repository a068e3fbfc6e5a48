// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns how the tests call PHP, and what of the PHP world this machine offers them. */
import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const pluginPath = fileURLToPath(new URL('../../plugin', import.meta.url))

export const hasPhp = spawnSync('php', ['--version']).status === 0

/** Nextcloud remembers the nonces of signed calls in a memory cache; without one it cannot. */
export const hasMemoryCache =
  hasPhp && spawnSync('php', ['-r', "exit(extension_loaded('apcu') ? 0 : 1);"]).status === 0

/** The Nextcloud tree to test with. It is only read: every test works on a copy. */
export const nextcloudPath = treeFromEnvironment()

function treeFromEnvironment(): string | null {
  const path = process.env['NEXTCLOUD_PATH']
  if (path === undefined || path === '') return null
  // A wrong path must not look like "nothing to test".
  if (!existsSync(join(path, 'occ')))
    throw new Error(`NEXTCLOUD_PATH=${path} holds no Nextcloud (no "occ" there)`)
  return path
}

/** The folder of the `OCP\` classes of one Nextcloud version: a tree's `lib/public`, or a checkout of nextcloud-deps/ocp. */
export const ocpPath =
  process.env['OCP_PATH'] ?? (nextcloudPath === null ? null : join(nextcloudPath, 'lib/public'))

export interface PhpOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** What PHP wrote to stdout; a non-zero exit becomes an error that quotes all output. */
export async function php(args: readonly string[], options: PhpOptions = {}): Promise<string> {
  try {
    const { stdout } = await run('php', [...args], {
      cwd: options.cwd,
      env: phpEnvironment(options.env),
      maxBuffer: 64 * 1024 * 1024,
    })
    return stdout
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`php ${args.join(' ')} failed:\n${stdout}${stderr}`.slice(0, 4000), { cause: error })
  }
}

/** Few variables only: NC_* and NEXTCLOUD_CONFIG_DIR of the developer would reconfigure the instance under test. */
export function phpEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'PHPRC', 'PHP_INI_SCAN_DIR']
  const environment: NodeJS.ProcessEnv = {}
  for (const name of kept) if (process.env[name] !== undefined) environment[name] = process.env[name]
  return { ...environment, ...more }
}
