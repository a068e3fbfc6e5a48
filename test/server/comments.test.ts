/** Comments are added, never changed: what the channel takes, and what it does not, whoever sends it. */
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '@auzolan/shared/codes.ts'
import type { PersonId } from '@auzolan/shared/ids.ts'
import { COMMENT_EVENT_MAX_BYTES } from '@auzolan/shared/limits.ts'
import { COMMENTS_ROOT, parseCommentEvent } from '@auzolan/shared/schema/comments.ts'
import { admit, type Head } from '@auzolan/server/src/rooms/admission.ts'

const ANE = 'ane' as PersonId
const comment = (more: object = {}): object => ({
  id: 'c1',
  thread: 'c1',
  kind: 'comment',
  body: 'Ondo',
  ...more,
})

/** What the channel answers to a change, made after a first comment that it has. */
function answer(change: (doc: Y.Doc, events: Y.Array<unknown>) => void): string {
  const doc = new Y.Doc()
  const events = doc.getArray(COMMENTS_ROOT)
  events.push([comment()])
  const head: Head = {
    clocks: new Map([[doc.clientID, 1]]),
    owners: new Map([[doc.clientID, ANE]]),
    rules: { roots: new Set([COMMENTS_ROOT]), appendOnly: true },
  }
  const known = Y.encodeStateVector(doc)
  change(doc, events)
  const answer = admit(Y.encodeStateAsUpdate(doc, known), head, ANE)
  return isRefusal(answer) ? answer.refused : 'admitted'
}

describe('[C1] the comments channel', () => {
  it('takes events, one or many', () => {
    expect(answer((_doc, events) => events.push([comment({ id: 'c2', kind: 'reply' })]))).toBe('admitted')
    expect(answer((_doc, events) => events.insert(0, [comment({ id: 'a' }), comment({ id: 'b' })]))).toBe(
      'admitted',
    )
  })
  const refused: [string, string, (doc: Y.Doc, events: Y.Array<unknown>) => void][] = [
    ['a deletion', 'NOT_APPENDED', (_doc, events) => events.delete(0)],
    [
      'a key under the root',
      'NOT_APPENDED',
      (doc) => {
        const other = new Y.Doc()
        other.clientID = doc.clientID
        other.getArray(COMMENTS_ROOT).push([comment()])
        other.getMap('x').set('k', comment())
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
      },
    ],
    ['a type inside', 'NOT_APPENDED', (_doc, events) => events.push([new Y.Map()])],
    ['a text', 'NOT_APPENDED', (_doc, events) => events.push([new Y.Text('x')])],
    ['bytes', 'NOT_APPENDED', (_doc, events) => events.push([new Uint8Array(3)])],
    ['another root', 'UNKNOWN_ROOT', (doc) => doc.getArray('more').push([comment()])],
    ['a value that is no event', 'INVALID_INPUT', (_doc, events) => events.push(['hello'])],
    [
      'an event with more in it',
      'INVALID_INPUT',
      (_doc, events) => events.push([comment({ author: 'jon' })]),
    ],
  ]
  it.each(refused)('refuses %s: %s', (_what, code, change) => expect(answer(change)).toBe(code))
})

describe('a comment event', () => {
  const whole = (more: object): boolean => parseCommentEvent(comment(more)) !== null
  it('may have an anchor and may ask for a change', () => {
    expect(
      whole({ anchor: { path: 'identity.title', position: 'AAA', quote: 'Plana' }, mustFix: true }),
    ).toBe(true)
  })
  it.each([
    [{ id: '' }],
    [{ id: 'x'.repeat(65) }],
    [{ thread: 7 }],
    [{ kind: 'delete' }],
    [{ body: null }],
    [{ anchor: 'here' }],
    [{ anchor: { path: 'a', more: 1 } }],
    [{ mustFix: 'yes' }],
  ])('with %j is none', (more) => expect(whole(more)).toBe(false))
  it('has a size it may have, and not a byte more', () => {
    const around = new TextEncoder().encode(JSON.stringify(comment({ body: '' }))).length
    expect(whole({ body: 'x'.repeat(COMMENT_EVENT_MAX_BYTES - around) })).toBe(true)
    expect(whole({ body: 'x'.repeat(COMMENT_EVENT_MAX_BYTES - around + 1) })).toBe(false)
  })
})
