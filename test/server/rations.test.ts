/** How much one person may change by REST, on both sides of each limit. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { PersonId } from '@auzolan/shared/ids.ts'
import { REST_RATIONS, REST_WAIT_MAX_MS } from '@auzolan/shared/limits.ts'
import { Rations, usedBy } from '@auzolan/server/src/gateway/rations.ts'
import { startHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] }))
afterEach(() => void vi.useRealTimers())
const [ane, jon] = ['ane', 'jon'] as PersonId[]

const { perSecond, burst } = REST_RATIONS.changes

it.each(Object.entries(REST_RATIONS))(
  '[AT8] %s: a burst, then as fast as they are given out',
  async (_used, ration) => {
    const rations = new Rations(ration)
    for (let i = 0; i < ration.burst; i++) expect(await rations.wait(ane!)).toBeNull()
    const waiting = Math.floor((ration.perSecond * REST_WAIT_MAX_MS) / 1000)
    for (let i = 0; i <= waiting; i++) void rations.wait(ane!)
    expect(await rations.wait(ane!)).toMatchObject({ refused: 'TRY_AGAIN' })
    await vi.advanceTimersByTimeAsync(2_000 / ration.perSecond + 2 * REST_WAIT_MAX_MS)
    expect(await rations.wait(ane!)).toBeNull()
  },
)

it('lets a burst through at once, then lets people wait, then says to come later; others notice nothing', async () => {
  const rations = new Rations(REST_RATIONS.changes)
  for (let i = 0; i < burst; i++) expect(await rations.wait(ane!)).toBeNull()
  const waiting = (perSecond * REST_WAIT_MAX_MS) / 1000
  const done: unknown[] = []
  for (let i = 0; i < waiting; i++) void rations.wait(ane!).then((refused) => done.push(refused))
  await vi.advanceTimersByTimeAsync(0)
  expect(done).toEqual([])
  expect(await rations.wait(ane!)).toMatchObject({ refused: 'TRY_AGAIN' })
  expect(await rations.wait(jon!)).toBeNull()
  await vi.advanceTimersByTimeAsync(REST_WAIT_MAX_MS)
  expect(done).toEqual(Array(waiting).fill(null))
  await vi.advanceTimersByTimeAsync(1_000 / perSecond)
  expect(await rations.wait(ane!)).toBeNull()
})

it.each([
  ['GET', '/documents', ['reads']],
  ['GET', '/search', ['reads']],
  ['PUT', '/organisation', ['changes']],
  ['POST', '/documents/a/decisions', ['changes']],
  ['POST', '/documents', ['changes', 'births']],
  ['POST', '/teams', ['changes', 'births']],
  ['POST', '/documents/a/duplicate', ['changes', 'births']],
  ['POST', '/documents/a/template', ['changes', 'births']],
  ['PUT', '/documents/a/files/b', ['changes']],
  ['GET', '/documents/a/versions/1/approval', ['changes']],
  ['GET', '/documents/a/audit', ['changes', 'exports']],
  ['GET', '/audit', ['changes', 'exports']],
])('[AT8] %s %s uses up %j', (method, path, used) => expect(usedBy(method, path)).toEqual(used))

describe('[AT8] asked over and over, a server', () => {
  let house: Reviewed
  beforeAll(async () => {
    vi.useRealTimers()
    house = await startReviewed()
  })
  afterAll(() => house.stop())
  beforeEach(() => void vi.useRealTimers())
  const often = async (who: Who, n: number, method: string, path: string, body?: () => object) => {
    const answers = await Promise.all(
      Array.from({ length: n }, () => house.call(who, method, path, body?.())),
    )
    return answers.filter(({ status }) => status === 503).length
  }
  it('makes no more documents of one person, and those of others', async () => {
    const body = () => ({ type: 'plan', title: { eu: 'Asko', es: 'Muchos' }, team: { kind: 'person' } })
    const { burst: most } = REST_RATIONS.births
    expect(await often('jon', most, 'POST', '/documents', body)).toBe(0)
    expect(await often('jon', 5, 'POST', '/documents', body)).toBe(5)
    expect(await often('miren', 1, 'POST', '/documents', body)).toBe(0)
  })
  it('makes as many as was set', async () => {
    const set = await startHere({ AUZOLAN_BIRTHS_AT_ONCE: '3' })
    onTestFinished(() => set.stop())
    const headers = {
      authorization: `Bearer ${await sign({ person: 'jon', groups: [] })}`,
      'content-type': 'application/json',
    }
    const body = JSON.stringify({ type: 'plan', title: { eu: 'Asko' }, team: { kind: 'person' } })
    const made: number[] = []
    for (let n = 0; n < 4; n++)
      made.push((await fetch(`${set.url}/api/v1/documents`, { method: 'POST', headers, body })).status)
    expect(made).toEqual([201, 201, 201, 503])
  })
  it('exports the audit so often and no more often; what else is read goes on', async () => {
    const { burst: most } = REST_RATIONS.exports
    expect(await often('root', most, 'GET', '/audit')).toBe(0)
    expect(await often('root', 5, 'GET', '/audit')).toBe(5)
    expect(await often('root', 50, 'GET', '/organisation')).toBe(0)
  })
})
