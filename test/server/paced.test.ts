/** Work that may wait takes a share of the time, in order, and never twice in the line. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Paced } from '@auzolan/server/src/paced.ts'
import { Together } from '@auzolan/server/src/together.ts'
import { until } from '../support/server.ts'

/** Work without end, in pieces of four milliseconds. Returns what ends it. */
function keepBusy(): () => void {
  let busy = true
  const work = (): void => {
    const end = performance.now() + 4
    while (performance.now() < end);
    if (busy) setImmediate(work)
  }
  work()
  return () => void (busy = false)
}

describe('paced work', () => {
  const order: string[] = []
  const work = (name: string) => async () => {
    order.push(`${name} begins`)
    await sleep(20)
    order.push(`${name} ends`)
  }
  /** How long three pieces of 20 ms take, all pauses in it. */
  async function three(times: number): Promise<number> {
    order.length = 0
    const paced = new Paced<string>(times)
    const began = performance.now()
    for (const name of ['a', 'b', 'c']) paced.add(name, work(name))
    await until(() => order.length === 6, 'all three are done')
    return performance.now() - began
  }

  it('is done one after the other, and hardly rests while nothing else is to be done', async () => {
    // Pauses of twenty seconds, were anybody busy.
    expect(await three(1_000)).toBeLessThan(20_000)
    expect(order).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]))
  })

  it('rests in between while the process is busy', async () => {
    const rest = keepBusy()
    const ms = await three(60)
    rest()
    // Two pauses of sixty times twenty milliseconds; shorter where others take the processor.
    expect(ms).toBeGreaterThan(600)
  })

  it('rests for five seconds at most, however long the work took and whoever is busy', async () => {
    const rest = keepBusy()
    const paced = new Paced<string>(1_000)
    const at: number[] = []
    for (const name of ['a', 'b'])
      paced.add(name, async () => {
        at.push(performance.now())
        await sleep(20)
      })
    await until(() => at.length === 2, 'the second is done')
    rest()
    expect(at[1]! - at[0]!).toBeGreaterThan(4_500)
    expect(at[1]! - at[0]!).toBeLessThan(15_000)
  }, 30_000)

  it('does not rest before what has waited for ten seconds: the line is longer than pauses allow', async () => {
    const rest = keepBusy()
    const paced = new Paced<number>(1_000)
    const at: number[] = []
    // With pauses of five seconds all of it would take fifty.
    for (let n = 0; n < 10; n++)
      paced.add(n, async () => {
        at.push(performance.now())
        await sleep(20)
      })
    await until(() => at.length === 10, 'all are done')
    rest()
    expect(at[9]! - at[0]!).toBeGreaterThan(9_000)
    expect(at[9]! - at[0]!).toBeLessThan(25_000)
  }, 60_000)

  it('stands in the line once, and again as soon as it is being done', async () => {
    const paced = new Paced<string>(0)
    let done = 0
    const work = async (): Promise<void> => {
      done += 1
      if (done === 1) paced.add('a', work)
      await sleep(5)
    }
    paced.add('first', () => sleep(10))
    paced.add('a', work)
    paced.add('a', work)
    expect(paced.has('a')).toBe(true)
    await until(() => done === 2, 'it was done twice')
    await sleep(50)
    expect(done).toBe(2)
  })

  it('is not begun any more once it is closed', async () => {
    const paced = new Paced<string>(0)
    let done = 0
    paced.add('a', () => sleep(20))
    paced.add('b', async () => void (done += 1))
    paced.close()
    paced.add('c', async () => void (done += 1))
    await sleep(60)
    expect(done).toBe(0)
  })
})

describe('what is asked together', () => {
  it('is done at once, and everybody has an answer of their own', async () => {
    const rounds: number[][] = []
    const together = new Together<number, number>(async (asked) => {
      rounds.push([...asked])
      await sleep(5)
      return asked.map((n) => n * 2)
    })
    const answers = await Promise.all([1, 2, 3, 4].map((n) => together.ask(n)))
    expect(answers).toEqual([2, 4, 6, 8])
    // The first does not wait for company.
    expect(rounds).toEqual([[1], [2, 3, 4]])
  })

  it('fails together, and the next goes on', async () => {
    let fails = true
    const together = new Together<number, number>(async (asked) => {
      if (fails) throw new Error('no disk')
      return asked
    })
    const first = await Promise.allSettled([together.ask(1), together.ask(2)])
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    fails = false
    expect(await together.ask(3)).toBe(3)
  })

  it('never asks for more at once than a statement takes', async () => {
    const sizes: number[] = []
    const together = new Together<number, number>(async (asked) => {
      sizes.push(asked.length)
      return asked
    })
    await Promise.all(Array.from({ length: 1_102 }, (_, n) => together.ask(n)))
    expect(sizes).toEqual([1, 500, 500, 101])
  })
})
