/** What Node makes of the program is kept in the data folder, for this account alone; a server that cannot keep it starts all the same. */
import { spawn } from 'node:child_process'
import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { COMPILED } from '@auzolan/server/src/compiled.ts'
import { kindOfFile } from '@auzolan/server/src/kept/kinds.ts'
import { freePort } from '../support/free-port.ts'
import { temporaryFolder, until } from '../support/server.ts'

const MAIN = join(import.meta.dirname, '../../server/src/main.ts')
let parent: string
beforeAll(async () => void (parent = await temporaryFolder()))
afterAll(() => rm(parent, { recursive: true, force: true }))

/** Starts the program as it is started, until it answers, and ends it. */
async function startOnce(folder: string): Promise<void> {
  const port = await freePort()
  const child = spawn(process.execPath, [MAIN, '--standalone'], {
    env: { PATH: process.env['PATH'], AUZOLAN_PORT: String(port), AUZOLAN_DATA: folder },
    stdio: 'ignore',
  })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  try {
    await until(
      () =>
        fetch(`http://127.0.0.1:${port}/healthz`).then(
          (r) => r.ok,
          () => false,
        ),
      'it answers',
    )
  } finally {
    child.kill('SIGTERM')
    await gone
  }
}

it('is kept, for this account alone, and is among what we say we keep', async () => {
  const folder = join(parent, 'data')
  await startOnce(folder)
  const compiled = join(folder, COMPILED)
  expect((await readdir(compiled, { recursive: true })).length).toBeGreaterThan(100)
  expect((await stat(compiled)).mode & 0o777).toBe(0o700)
  // As without it: readable for whoever looks after it.
  expect((await stat(folder)).mode & 0o777 & ~0o750).toBe(0)
  expect(kindOfFile(COMPILED)).not.toBeNull()
}, 60_000)

it('is not needed: what is in its place, or broken in it, is passed over', async () => {
  const folder = join(parent, 'again')
  await startOnce(folder)
  const names = await readdir(join(folder, COMPILED), { recursive: true, withFileTypes: true })
  for (const entry of names)
    if (entry.isFile()) await writeFile(join(entry.parentPath, entry.name), 'not what was kept')
  await startOnce(folder)
  await rm(join(folder, COMPILED), { recursive: true })
  await writeFile(join(folder, COMPILED), 'a file')
  await startOnce(folder)
}, 120_000)
