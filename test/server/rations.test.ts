/** How much one person may change by REST, on both sides of each limit. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { PersonId } from '@auzolan/shared/ids.ts'
import { REST_WRITES_BURST, REST_WRITES_PER_SECOND, REST_WRITE_WAIT_MAX_MS } from '@auzolan/shared/limits.ts'
import { Rations } from '@auzolan/server/src/gateway/rations.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] }))
afterEach(() => void vi.useRealTimers())
const [ane, jon] = ['ane', 'jon'] as PersonId[]

it('lets a burst through at once, then lets people wait, then says to come later; others notice nothing', async () => {
  const rations = new Rations()
  for (let i = 0; i < REST_WRITES_BURST; i++) expect(await rations.wait(ane!)).toBeNull()
  const waiting = (REST_WRITES_PER_SECOND * REST_WRITE_WAIT_MAX_MS) / 1000
  const done: unknown[] = []
  for (let i = 0; i < waiting; i++) void rations.wait(ane!).then((refused) => done.push(refused))
  await vi.advanceTimersByTimeAsync(0)
  expect(done).toEqual([])
  expect(await rations.wait(ane!)).toMatchObject({ refused: 'TRY_AGAIN' })
  expect(await rations.wait(jon!)).toBeNull()
  await vi.advanceTimersByTimeAsync(REST_WRITE_WAIT_MAX_MS)
  expect(done).toEqual(Array(waiting).fill(null))
  await vi.advanceTimersByTimeAsync(1_000 / REST_WRITES_PER_SECOND)
  expect(await rations.wait(ane!)).toBeNull()
})
