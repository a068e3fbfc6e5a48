// What the tests need of the machine is installed where that can be done without asking: on Debian, as root.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** @param what is said on the terminal, because it takes a while */
export function installOnDebian(what, ...packages) {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return
  console.log(`Installing ${what} (once)…`)
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ])
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
}
