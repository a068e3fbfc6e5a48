/** Work that may wait takes a share of the time, in order, and never twice in the line. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Paced } from '@auzolan/server/src/paced.ts'
import { Together } from '@auzolan/server/src/together.ts'
import { until } from '../support/server.ts'

describe('paced work', () => {
  it('is done one after the other, and rests in between', async () => {
    const paced = new Paced<string>(4)
    const said: [string, number][] = []
    const work = (name: string) => async () => {
      said.push([`${name} begins`, performance.now()])
      await sleep(20)
      said.push([`${name} ends`, performance.now()])
    }
    for (const name of ['a', 'b', 'c']) paced.add(name, work(name))
    await until(() => said.length === 6, 'all three are done')
    expect(said.map(([what]) => what)).toEqual(
      ['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    )
    // The pause is so many times what the work took, whatever that was.
    const [begin, end, next] = said.map(([, at]) => at) as [number, number, number]
    expect(next - end).toBeGreaterThan((end - begin) * 3.5)
  })

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

  it('rests less the longer the line is, so that it ends', async () => {
    const paced = new Paced<number>(1_000)
    let done = 0
    for (let n = 0; n < 5_000; n++) paced.add(n, async () => void (done += 1))
    await until(() => done > 4_000, 'most of a long line is done')
    paced.close()
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
