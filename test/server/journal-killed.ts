/** What every journal holds when the process that writes is killed at any moment. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { Journal } from '@auzolan/server/src/journal/journal.ts'
import { newChannel } from './journal.ts'

/** @param path of a file, or the address of a database: where the appender writes. @param open opens the same */
export async function holdsWhatWasAcknowledged(path: string, open: () => Promise<Journal>): Promise<void> {
  const channels = [newChannel(), newChannel()]
  let random = 20261123
  const next = (): number => (random = (random * 1103515245 + 12345) % 2 ** 31) / 2 ** 31
  for (let round = 0; round < 5; round++) {
    const acknowledged = await appendUntilKilled(path, channels, 20 + Math.floor(next() * 300))
    const journal = await open()
    for (const [i, channel] of channels.entries()) {
      const head = (await journal.open(channel))!
      const { entries } = await journal.read(channel, 0, { entries: 1e6, bytes: 1e9 })
      expect(head.seq).toBeGreaterThanOrEqual(acknowledged[i]!)
      expect(entries.map((e) => e.seq)).toEqual(Array.from({ length: head.seq }, (_, k) => k + 1))
      for (const { seq, update } of entries.slice(1)) {
        expect(new DataView(update.buffer, update.byteOffset).getFloat64(0)).toBe(seq)
      }
      expect(head.clocks.get(1)).toBe(head.seq)
    }
    await journal.close()
  }
}

/** Runs the appender, kills it some time after its first word, and returns how far it said it had come. */
async function appendUntilKilled(
  path: string,
  channels: readonly string[],
  afterMs: number,
): Promise<number[]> {
  const script = fileURLToPath(new URL('./appender.ts', import.meta.url))
  const child = spawn(process.execPath, [script, path, ...channels], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let complained = ''
  const spoke = new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString()
      resolve()
    })
  })
  child.stderr.on('data', (data: Buffer) => (complained += data.toString()))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await Promise.race([spoke, ended])
  await new Promise((resolve) => setTimeout(resolve, afterMs))
  child.kill('SIGKILL')
  await ended
  if (said === '') throw new Error(`the appender said nothing: ${complained}`)
  // The last line may be cut short.
  return said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1)!.split(' ').map(Number)
}
