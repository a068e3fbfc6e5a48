/** A full disk: people are asked to try again, the process lives, and nothing that was acknowledged is lost. */
import { execFileSync } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, temporaryFolder, until } from '../support/server.ts'
import { hello, openWire, openWriter } from '../support/wire.ts'

const TITLE = 'identity.title:eu'
let folder: string
let mounted = false
beforeAll(async () => {
  folder = await temporaryFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder], { stdio: 'ignore' })
    mounted = true
  } catch {
    // Not root, or no mounts here.
  }
})
afterAll(async () => {
  if (mounted) execFileSync('umount', ['-l', folder])
  await rm(folder, { recursive: true, force: true })
})

describe('a full disk', () => {
  it('[R6] sends people away with TRY_AGAIN; after room is made the same edits go through', async (context) => {
    if (!mounted) context.skip('a small disk can only be mounted by root')
    const server = await startTestServer(null, { AUZOLAN_DATA: folder })
    const ready = async (): Promise<number> => (await fetch(`${server.url}/readyz`)).status
    const plan = await server.plan()
    const writer = await openWriter(server, 'kultura-cm', plan)
    const letters = (text: string): Uint8Array => writer.edit((doc) => doc.getText(TITLE).insert(0, text))[0]!
    expect(await writer.write(letters('SAFE '))).toBeNull()
    expect(await ready()).toBe(200)

    const ballast = join(folder, 'ballast')
    await writeFile(ballast, new Uint8Array(32 * 1024 * 1024)).catch(() => {})
    // A page of the log of SQLite may still have been free.
    const kept: Uint8Array[] = []
    for (let n = 0; writer.closed() === null && n < 200; n++) {
      const update = letters('x'.repeat(20_000))
      kept.push(update)
      // Answered, or the socket is closed.
      writer.say({ kind: 'update', channel: 'content', n: n + 2, update })
      await until(
        () => writer.closed() !== null || writer.frames.some((f) => f.kind === 'ack' && f.count >= n + 2),
        'the update is answered',
      )
    }
    expect(await writer.farewell()).toEqual({ code: 'TRY_AGAIN', closed: 1013 })
    await until(async () => (await ready()) === 503, 'the server says that it is not ready')
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)

    await rm(ballast)
    await until(async () => (await ready()) === 200, 'the server is ready again')
    const again = await openWire(server, plan)
    again.say(hello(await server.ticket('kultura-cm', plan), [writer.doc.clientID]))
    await again.heard('welcome')
    kept.forEach((update, i) => again.say({ kind: 'update', channel: 'content', n: i + 1, update }))
    await until(
      () => again.frames.some((f) => f.kind === 'ack' && f.count === kept.length),
      'the same edits are on disk',
    )
    await again.close()
    await server.kill()
    await server.start()
    const late = await openWriter(server, 'komunikazio-arduraduna', plan)
    expect(late.doc.getText(TITLE).toString()).toBe(writer.doc.getText(TITLE).toString())
    expect(kept.length).toBeGreaterThan(0)
    await late.close()
    await server.stop()
  })
})
