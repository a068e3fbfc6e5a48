// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns a temporary folder and the server in it, so that neither outlives the tests, however these end. */
import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PID_FILE = 'server.pid'

/**
 * Waits for the end of its stdin, which comes even when the test worker is killed: a handler of ours inside the
 * worker never ran at Ctrl+C. The second removal is for a copy that was still being written.
 */
const WATCH = `
  trap '' INT TERM HUP
  cat >/dev/null
  [ -f "$1/${PID_FILE}" ] && kill -s KILL -- "-$(cat "$1/${PID_FILE}")"
  rm -rf "$1"; sleep 10; rm -rf "$1"
`

export interface GuardedFolder {
  readonly path: string
  /** The leader of a process group that has to end with the tests. */
  guard(pid: number): Promise<void>
  remove(): Promise<void>
}

export function guardedFolder(prefix: string): GuardedFolder {
  const path = mkdtempSync(join(tmpdir(), prefix))
  const watch = spawn('sh', ['-c', WATCH, 'sh', path], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watch.unref()
  const stdin = watch.stdin as Socket
  stdin.unref()
  return {
    path,
    guard: (pid) => writeFile(join(path, PID_FILE), String(pid)),
    remove: async () => {
      await rm(path, { recursive: true, force: true })
      stdin.destroy()
    },
  }
}
