/** Every copy keeps its promises, in the browser's store and in memory; and the store may vanish under it. */
import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import type { LocalCopy } from '../../plugin/src/session/copy.ts'
import { openLocalCopy } from '../../plugin/src/session/open-copy.ts'
import type { Draft } from '../../plugin/src/session/draft.ts'
import { memoryCopy } from '../../plugin/src/session/memory-copy.ts'
import { DRAFTS_MAX } from '@auzolan/shared/limits.ts'

let last = 0
const draft = (): Draft => ({
  id: `draft-${++last}`,
  at: last,
  cause: { refused: 'FORGED_AUTHOR' },
  channel: 'content',
  fields: [{ path: 'identity.title:eu', text: 'Plana' }],
  update: new Uint8Array([0, 0]),
  unfinished: false,
})
const edit = (text: string): Uint8Array => {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}
const kinds: readonly [string, (name: string) => Promise<LocalCopy>][] = [
  ['IndexedDbCopy', (name) => openLocalCopy('test', 'person', name)],
  ['MemoryCopy', async (name) => memoryCopy(name)],
]

describe.each(kinds)('%s', (_kind, open) => {
  it('remembers what waits, what is stored, and how far it reaches', async () => {
    const copy = await open(`contract-${++last}`)
    const key = await copy.addOwn('content', edit('a'))
    await copy.addEntries('content', { epoch: 1, afterSeq: 2 }, [edit('b')])
    await copy.addOwn('comments', edit('c'))
    let { marker, entries } = await copy.load('content')
    expect(marker).toEqual({ epoch: 1, afterSeq: 2 })
    expect(entries.map((e) => e.waiting)).toEqual([true, false])
    await copy.acknowledge('content', { epoch: 1, afterSeq: 3 }, [{ key, update: edit('a') }])
    ;({ marker, entries } = await copy.load('content'))
    expect(marker.afterSeq).toBe(3)
    expect(entries.map((e) => e.waiting)).toEqual([false, false])
    // Another tab that is behind does not set it back.
    await copy.addEntries('content', { epoch: 1, afterSeq: 1 }, [])
    expect((await copy.load('content')).marker.afterSeq).toBe(3)
  })

  it('[P7] puts work aside once, however many tabs share the copy', async () => {
    const copy = await open(`aside-${++last}`)
    const keys = [await copy.addOwn('content', edit('a')), await copy.addOwn('content', edit('b'))]
    await copy.putAside(keys, draft())
    await copy.putAside(keys, draft())
    expect(await copy.drafts()).toHaveLength(1)
    expect((await copy.load('content')).entries).toEqual([])
  })

  it('[P9] drops one channel and keeps the other when an epoch is over', async () => {
    const copy = await open(`epoch-${++last}`)
    await copy.addEntries('content', { epoch: 1, afterSeq: 1 }, [edit('old')])
    await copy.addEntries('comments', { epoch: 1, afterSeq: 1 }, [edit('talk')])
    const key = await copy.addOwn('content', edit('mine'))
    await copy.beginAgain('content', 1, [key], draft())
    expect(await copy.load('content')).toEqual({ marker: { epoch: 0, afterSeq: 0 }, entries: [] })
    expect((await copy.load('comments')).entries).toHaveLength(1)
    expect(await copy.drafts()).toHaveLength(1)
  })

  it('[P9] leaves alone what another tab has fetched of the new epoch', async () => {
    const copy = await open(`two-tabs-${++last}`)
    await copy.addEntries('content', { epoch: 1, afterSeq: 1 }, [edit('old')])
    const key = await copy.addOwn('content', edit('mine'))
    await copy.beginAgain('content', 1, [key], draft())
    await copy.addEntries('content', { epoch: 2, afterSeq: 3 }, [edit('new')])
    await copy.beginAgain('content', 1, [key], draft())
    const { marker, entries } = await copy.load('content')
    expect(marker).toEqual({ epoch: 2, afterSeq: 3 })
    expect(entries).toHaveLength(1)
    expect(await copy.drafts()).toHaveLength(1)
  })

  it('keeps the newest drafts, brings a thrown one back, and erases everything', async () => {
    const copy = await open(`drafts-${++last}`)
    for (let i = 0; i < DRAFTS_MAX + 1; i++) await copy.putAside([], draft())
    const drafts = await copy.drafts()
    expect(drafts).toHaveLength(DRAFTS_MAX)
    expect(drafts[0]!.at).toBeGreaterThan(drafts[1]!.at)
    await copy.throwAway(drafts[0]!.id)
    expect(await copy.drafts()).toHaveLength(DRAFTS_MAX - 1)
    await copy.keepDraft(drafts[0]!)
    expect((await copy.drafts())[0]!.id).toBe(drafts[0]!.id)
    await copy.erase()
    expect(await copy.drafts()).toEqual([])
  })
})

describe('the store of the browser', () => {
  it('puts many rows together when it is opened, and loses none', async () => {
    const copy = await openLocalCopy('test', 'person', 'squash')
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (let i = 0; i < 250; i++) doc.getText('t').insert(i, 'x')
    await copy.addEntries('content', { epoch: 1, afterSeq: 250 }, updates)
    await copy.addOwn('content', edit('mine'))
    const { entries } = await copy.load('content')
    expect(entries.map((e) => e.waiting)).toEqual([false, true])
    const read = new Y.Doc()
    Y.applyUpdate(read, entries[0]!.update)
    expect(read.getText('t').length).toBe(250)
    expect((await copy.load('content')).entries).toHaveLength(2)
  })

  it('[P11] says so when it was deleted under it, and takes the present state again', async () => {
    const copy = await openLocalCopy('test', 'person', 'deleted')
    await copy.addEntries('content', { epoch: 1, afterSeq: 5 }, [edit('a')])
    await deleteDB('auzolan/test/person/deleted')
    await expect(copy.addEntries('content', { epoch: 1, afterSeq: 6 }, [edit('b')])).rejects.toThrow(
      'deleted',
    )
    const state = edit('ab')
    await copy.rewrite('content', { epoch: 1, afterSeq: 6 }, state)
    const { marker, entries } = await copy.load('content')
    expect(marker).toEqual({ epoch: 1, afterSeq: 6 })
    expect(entries.at(-1)).toMatchObject({ update: state, waiting: false })
  })
})
