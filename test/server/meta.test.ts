/** The server's own words in a document, on replicas that have them: what nobody else may touch, and what reads safely. */
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { Compaction } from '@auzolan/server/src/compaction/compaction.ts'
import { admit, type Head } from '@auzolan/server/src/rooms/admission.ts'
import { HARANBERRI_PLAN } from '@auzolan/server/src/standalone/sample-plan.ts'
import { checkPlan, readPlan } from '@auzolan/shared/checks/run.ts'
import { isRefusal } from '@auzolan/shared/codes.ts'
import type { PersonId } from '@auzolan/shared/ids.ts'
import { withoutBrokenCaret } from '@auzolan/shared/protocol/presence.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { META_CLIENT, rootsOf } from '@auzolan/shared/schema/shapes.ts'

const ANE = 'ane' as PersonId
const compaction = new Compaction()
const { entry } = await compaction.birth('plan', ['eu', 'es'], HARANBERRI_PLAN)
await compaction.close()

/** A replica of the plan as a page has it, with the update that a change of it sends. */
function changed(change: (doc: Y.Doc) => void): { update: Uint8Array; head: Head; doc: Y.Doc } {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, entry.update)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  change(doc)
  const head: Head = {
    clocks: entry.clocks,
    owners: new Map([[doc.clientID, ANE]]),
    rules: { roots: new Set(rootsOf(PLAN, ['eu', 'es']).keys()), appendOnly: false },
  }
  return { update: Y.mergeUpdates(updates), head, doc }
}

describe('[R3] meta, on a replica that has it', () => {
  it('was written under the reserved id, in the birth', () => {
    expect([...entry.clocks.keys()]).toContain(META_CLIENT)
  })

  it.each([
    ['set', (doc: Y.Doc) => doc.getMap('meta').set('schema', 99)],
    ['given other languages', (doc: Y.Doc) => doc.getMap('meta').set('languages', ['__proto__'])],
    ['deleted', (doc: Y.Doc) => doc.getMap('meta').delete('type')],
    ['added to', (doc: Y.Doc) => doc.getMap('meta').set('new', true)],
  ])('cannot be %s', (_what, change) => {
    const { update, head } = changed(change)
    expect(admit(update, head, ANE)).toMatchObject({ refused: 'UNKNOWN_ROOT' })
  })

  it('does not stand in the way of an honest edit', () => {
    const { update, head } = changed((doc) => doc.getText('identity.title:eu').insert(3, 'x'))
    expect(isRefusal(admit(update, head, ANE))).toBe(false)
  })
})

describe('[P6] what somebody’s broken client wrote', () => {
  it.each([
    ['numbers for dates', (doc: Y.Doc) => doc.getMap('identity.*').set('from', 5)],
    ['an object for a choice', (doc: Y.Doc) => doc.getMap('identity.*').set('sponsorBody', { toString: 1 })],
    ['a text for a person', (doc: Y.Doc) => doc.getMap('planning.*').set('responsible', 'Ane')],
    [
      'an infinite number',
      (doc: Y.Doc) => (doc.getMap('indicators').get('i1') as Y.Map<unknown>).set('target', Infinity),
    ],
    [
      'lists ten thousand deep',
      (doc: Y.Doc) => {
        let at: Y.XmlFragment = doc.getXmlFragment('planning.whoAnswer:eu')
        doc.transact(() => {
          for (let i = 0; i < 10_000; i++) {
            const inner = new Y.XmlElement('bulletList')
            at.insert(0, [inner])
            at = inner
          }
        })
      },
    ],
  ])('(%s) reads as nothing, and the checks go on', (_what, change) => {
    const { doc } = changed(change)
    const report = checkPlan(readPlan(doc), { languages: ['eu', 'es'], today: '2026-11-23', inForce: false })
    expect(report.outcomes.length).toBeGreaterThan(20)
  })
})

describe('[R5] a caret that no editor could place', () => {
  const place = { type: null, tname: 'planning.whoAnswer:eu', item: null, assoc: 0 }
  it.each([
    { anchor: {}, head: {} },
    { anchor: place, head: { item: { client: 'x', clock: 1 } } },
    'here',
    [1],
  ])('is taken out of the presence: %j', (cursor) => {
    expect(withoutBrokenCaret({ section: 'planning', cursor })).toEqual({ section: 'planning', cursor: null })
  })

  it.each([{ anchor: place, head: place }, { anchor: { item: { client: 1, clock: 2 } }, head: place }, null])(
    'is not one that can be placed: %j',
    (cursor) => {
      expect(withoutBrokenCaret({ cursor })).toEqual({ cursor })
    },
  )
})
