/** The thread for texts: when it is there, and when it begins anew. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Compaction } from '@auzolan/server/src/compaction/compaction.ts'
import { channelId, newUuid, type DocumentId } from '@auzolan/shared/ids.ts'
import { WORKER_TASK_MAX_MS } from '@auzolan/shared/limits.ts'

const channel = channelId(newUuid() as DocumentId, 'content')
let compaction: Compaction
afterEach(() => compaction.close())

/** Reads a text, so that the thread knows one. */
async function read(): Promise<void> {
  const { entry } = await compaction.birth('plan', ['eu'], {})
  const text = { channel, snapshot: null, entries: [{ seq: 1, person: entry.person, update: entry.update }] }
  expect((await compaction.follow({ ...text, epoch: 1, after: 0 })).kind).toBe('sound')
}
const known = async () =>
  (await compaction.follow({ channel, snapshot: null, entries: [], epoch: 1, after: 1 })).kind !== 'unknown'
const patient = { timeout: 20_000 }

describe('the thread for texts', () => {
  it('comes when it is needed, and ends when it has nothing to do', async () => {
    compaction = new Compaction(WORKER_TASK_MAX_MS, 300)
    expect(compaction.running).toBe(false)
    await read()
    expect(compaction.running).toBe(true)
    await vi.waitUntil(() => !compaction.running, patient)
  })

  it('kept ready, gives what it knows back by beginning anew', async () => {
    compaction = new Compaction(WORKER_TASK_MAX_MS, 300)
    compaction.keepReady()
    expect(compaction.running).toBe(true)
    await read()
    expect(await known()).toBe(true)
    await vi.waitUntil(async () => {
      await new Promise((resolve) => setTimeout(resolve, 600))
      expect(compaction.running).toBe(true)
      return !(await known())
    }, patient)
  })

  it('does not begin once it is closed', async () => {
    compaction = new Compaction(WORKER_TASK_MAX_MS, 50)
    compaction.keepReady()
    await read()
    await compaction.close()
    await vi.waitUntil(() => !compaction.running, patient)
    compaction.keepReady()
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(compaction.running).toBe(false)
    await expect(compaction.birth('plan', ['eu'], {})).rejects.toThrow('closed')
  })
})
