/** Waiting for the next round: not woken by edits, awake for everything else, and never shorter than it was asked for. */
import { describe, expect, it } from 'vitest'
import { Awaited } from '@auzolan/server/src/awaited.ts'
import { nap } from '@auzolan/server/src/rooms/nap.ts'

/** Turns of the event loop while something is waited for. */
async function turnsDuring(work: () => Promise<void>): Promise<number> {
  let [turns, over] = [0, false]
  const count = (): void => {
    turns += 1
    if (!over) setTimeout(count, 0)
  }
  setTimeout(count, 0)
  await work()
  over = true
  return turns
}

describe('nap', () => {
  it('lasts at least as long as it was asked for, whoever waits', async () => {
    for (const quiet of [true, false]) {
      const began = performance.now()
      await nap(40, () => quiet)
      expect(performance.now() - began).toBeGreaterThanOrEqual(39)
    }
  })

  it('sleeps while only edits come, and is heard in between', async () => {
    const asleep = await turnsDuring(() => nap(60, () => true))
    // 60 ms in naps of 12 ms or less: something else gets its turn after each.
    expect(asleep).toBeGreaterThanOrEqual(4)
    expect(asleep).toBeLessThan(20)
  })

  it('does not sleep while somebody waits for an answer', async () => {
    expect(await turnsDuring(() => nap(60, () => false))).toBeGreaterThan(20)
  })

  it('wakes up for good when somebody comes in the middle', async () => {
    const awaited = new Awaited()
    setTimeout(() => awaited.begin(), 0)
    expect(await turnsDuring(() => nap(80, () => awaited.isNothing))).toBeGreaterThan(20)
  })
})

describe('Awaited', () => {
  it('counts what is under way, each once', () => {
    const awaited = new Awaited()
    expect(awaited.isNothing).toBe(true)
    const [first, second] = [awaited.begin(), awaited.begin()]
    first()
    first()
    expect(awaited.isNothing).toBe(false)
    second()
    expect(awaited.isNothing).toBe(true)
  })

  it('does not count whoever waits for edits of others, until they have them', async () => {
    const awaited = new Awaited()
    const end = awaited.begin()
    const edits = Promise.withResolvers<string>()
    const waiting = awaited.forEdits(edits.promise)
    expect(awaited.isNothing).toBe(true)
    edits.resolve('news')
    expect(await waiting).toBe('news')
    expect(awaited.isNothing).toBe(false)
    end()
    await expect(awaited.forEdits(Promise.reject(new Error('gone')))).rejects.toThrow('gone')
    expect(awaited.isNothing).toBe(true)
  })
})
