/** What a list of comment events says: threads, whoever writes what, in whatever order it arrives. */
import fc from 'fast-check'
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { mustFixFindings, threadOfPath } from '@auzolan/shared/checks/must-fix.ts'
import { readSaid, newEventId, type Said } from '@auzolan/shared/comments/said.ts'
import { threadsOf, type Commenter, type Thread } from '@auzolan/shared/comments/threads.ts'
import type { Role } from '@auzolan/shared/grants.ts'
import { COMMENT_MENTIONS_MAX } from '@auzolan/shared/limits.ts'
import { COMMENTS_ROOT, parseCommentEvent, type CommentEvent } from '@auzolan/shared/schema/comments.ts'

const PEOPLE: readonly [number, string, Role][] = [
  [1, 'ane', 'coordinator'],
  [2, 'jon', 'editor'],
  [3, 'miren', 'reader'],
  [4, 'mayor', 'director'],
]
const commenters = new Map<number, Commenter>(
  PEOPLE.map(([client, id, role]) => [client, { id, name: id, roles: [role] }]),
)
const [ANE, JON, MIREN, MAYOR, NOBODY] = [1, 2, 3, 4, 9] as const

const event = (id: string, more: Partial<CommentEvent> = {}): CommentEvent => ({
  id,
  thread: id,
  kind: 'comment',
  body: id,
  ...more,
})
const says = (client: number, name: string, more: Partial<CommentEvent> = {}): Said => ({
  client,
  event: event(`${client}.${name}`, more),
})
const thread = (...said: Said[]): Thread | undefined => threadsOf(said, commenters)[0]
const about = (kind: CommentEvent['kind'], of: string, more: Partial<CommentEvent> = {}) =>
  ({ kind, thread: '3.a', of, ...more }) as const
const BEGUN = says(MIREN, 'a', { body: 'Zergatik?', anchor: { path: 'identity.title:eu', quote: 'Plana' } })

describe('[TK1] a thread', () => {
  it('is what was said and answered, by the owners of the client ids', () => {
    const found = thread(BEGUN, says(JON, 'b', about('reply', '', { body: 'Horrela.' })))
    expect(found).toMatchObject({
      id: '3.a',
      path: 'identity.title:eu',
      quote: 'Plana',
      open: true,
      first: { by: { id: 'miren' }, body: 'Zergatik?', edited: false },
      replies: [{ by: { id: 'jon' }, body: 'Horrela.' }],
    })
  })
  it('is there also when an answer comes before it', () => {
    expect(thread(says(JON, 'b', about('reply', 'x')), BEGUN)?.replies).toHaveLength(1)
  })
  it('of somebody not known yet has no name', () => {
    expect(thread(says(NOBODY, 'a'))?.first.by).toEqual({ id: '', name: '', roles: [] })
  })

  const changes: [string, Said, Partial<Thread> | undefined | object][] = [
    [
      'edited by its author',
      says(MIREN, 'e', about('edit', '3.a', { body: 'Noiz?' })),
      { first: { body: 'Noiz?', edited: true } },
    ],
    [
      'edited by somebody else',
      says(ANE, 'e', about('edit', '3.a', { body: 'Noiz?' })),
      { first: { body: 'Zergatik?', edited: false } },
    ],
    [
      'edited by nobody known',
      says(NOBODY, 'e', about('edit', '3.a', { body: 'Noiz?' })),
      { first: { body: 'Zergatik?' } },
    ],
    [
      'resolved by its author',
      says(MIREN, 'e', about('resolve', '')),
      { open: false, resolvedBy: { id: 'miren' } },
    ],
    ['resolved by an editor', says(JON, 'e', about('resolve', '')), { open: false }],
    ['resolved by a director', says(MAYOR, 'e', about('resolve', '')), { open: false }],
    ['resolved by nobody known', says(NOBODY, 'e', about('resolve', '')), { open: true }],
    ['hidden by an editor', says(JON, 'e', about('hide', '3.a')), { first: { hidden: false } }],
    ['hidden by its author', says(MIREN, 'e', about('hide', '3.a')), undefined],
    ['hidden by a coordinator', says(ANE, 'e', about('hide', '3.a')), undefined],
  ]
  it.each(changes)('%s', (_what, change, expected) => {
    if (expected) expect(thread(BEGUN, change)).toMatchObject(expected)
    else expect(thread(BEGUN, change)).toBeUndefined()
  })
  it('that is hidden stays in sight as long as somebody has answered', () => {
    const answered = [BEGUN, says(JON, 'b', about('reply', '')), says(MIREN, 'h', about('hide', '3.a'))]
    expect(thread(...answered)).toMatchObject({ first: { hidden: true }, replies: [{ by: { id: 'jon' } }] })
    expect(thread(...answered, says(JON, 'h', about('hide', '2.b')))).toBeUndefined()
  })
  it.each([
    ['its author', MIREN, MIREN, true],
    ['a coordinator', ANE, ANE, true],
    ['its author, of what a coordinator has hidden,', ANE, MIREN, false],
    ['a coordinator, of what its author has hidden,', MIREN, ANE, false],
    ['nobody known', NOBODY, NOBODY, true],
  ])('[TK7] that is hidden comes back by %s: %#', (_who, hides, shows, back) => {
    const steps = [says(hides, 'h', about('hide', '3.a')), says(shows, 's', about('show', '3.a'))]
    expect(thread(BEGUN, ...steps)?.first.hidden).toBe(back ? false : undefined)
    expect(thread(BEGUN, ...steps.reverse())?.first.hidden).toBe(hides === NOBODY ? false : undefined)
  })
  it('is opened again', () => {
    const [closed, again] = [says(JON, 'r', about('resolve', '')), says(MIREN, 'o', about('reopen', ''))]
    expect(thread(BEGUN, closed, again)).toMatchObject({ open: true, resolvedBy: null })
    expect(thread(BEGUN, again, closed)).toMatchObject({ open: false })
  })
  it('said twice was said once', () => {
    expect(threadsOf([BEGUN, BEGUN], commenters)).toHaveLength(1)
  })
})

describe('[TK1] nobody takes the place of what somebody else has said', () => {
  it('the id of an event begins with the client id it was written under', () => {
    const doc = new Y.Doc()
    doc.clientID = JON
    doc.getArray(COMMENTS_ROOT).push([event(`${MIREN}.a`), event(`${JON}.b`), 'nothing', event('c')])
    expect(readSaid(doc).map((one) => one.event.id)).toEqual(['2.b'])
    expect(newEventId(JON).startsWith('2.')).toBe(true)
  })
  it('a client id that begins like another is another', () => {
    const doc = new Y.Doc()
    doc.clientID = 21
    doc.getArray(COMMENTS_ROOT).push([event('2.a')])
    expect(readSaid(doc)).toEqual([])
  })
})

describe('[TK4] what must be dealt with', () => {
  const marked = (client: number) => says(client, 'm', { mustFix: true, anchor: { path: 'who.departments' } })
  it.each([
    ['a director', MAYOR, 1],
    ['a coordinator', ANE, 1],
    ['an editor', JON, 0],
    ['a reader', MIREN, 0],
  ])('is marked by %s: %#', (_who, client, findings) => {
    expect(mustFixFindings(threadsOf([marked(client)], commenters))).toHaveLength(findings)
  })
  it.each([
    ['its author', MAYOR, true],
    ['a coordinator', ANE, true],
    ['an editor', JON, false],
    ['a reader', MIREN, false],
  ])('is resolved by %s: %#', (_who, client, resolves) => {
    const resolve = says(client, 'r', { kind: 'resolve', thread: '4.m' })
    expect(mustFixFindings(threadsOf([marked(MAYOR), resolve], commenters))).toHaveLength(resolves ? 0 : 1)
  })
  it('leads to its thread, and says who wants what', () => {
    const [finding] = mustFixFindings(threadsOf([marked(MAYOR)], commenters))
    expect(finding).toMatchObject({ check: 'G1', severity: 'block', gate: 'review', section: 'who' })
    expect(threadOfPath(finding!.path)).toBe('4.m')
    expect(threadOfPath('identity.title')).toBeNull()
  })
})

describe('[TK5] a suggestion', () => {
  const suggested = says(MIREN, 'a', {
    kind: 'suggest',
    text: 'Plan berria',
    anchor: { path: 'identity.title:eu', quote: 'Plana' },
  })
  const answered = (client: number, kind: 'accept' | 'reject') => says(client, kind, { kind, thread: '3.a' })
  it('says what stood there and what should', () => {
    expect(thread(suggested)).toMatchObject({
      open: true,
      suggestion: { before: 'Plana', after: 'Plan berria', state: 'open', by: null },
    })
  })
  it.each([
    ['accepted', 'an editor', JON, 'accept', 'accepted'],
    ['accepted', 'a director', MAYOR, 'accept', 'open'],
    ['accepted', 'its author', MIREN, 'accept', 'open'],
    ['rejected', 'a coordinator', ANE, 'reject', 'rejected'],
    ['rejected', 'a director', MAYOR, 'reject', 'open'],
  ] as const)('%s by %s: %#', (_what, _who, client, kind, state) => {
    const found = thread(suggested, answered(client, kind))
    expect(found?.suggestion?.state).toBe(state)
    expect(found?.open).toBe(state === 'open')
  })
  it('that one accepts and another rejects was accepted, in either order: the text says so', () => {
    const both = [answered(JON, 'accept'), answered(ANE, 'reject')] as const
    expect(thread(suggested, both[0], both[1])?.suggestion?.state).toBe('accepted')
    expect(thread(suggested, both[1], both[0])?.suggestion?.state).toBe('accepted')
  })
})

describe('a list of events', () => {
  it('reads the same for everybody, in whatever order and pieces it arrives', () => {
    const kinds = fc.constantFrom<CommentEvent['kind']>(
      'comment',
      'reply',
      'edit',
      'resolve',
      'reopen',
      'hide',
      'show',
    )
    const act = fc.record({
      client: fc.constantFrom(1, 2, 3, 4),
      kind: kinds,
      at: fc.nat(),
      hears: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), fc.array(fc.nat(), { maxLength: 60 }), (acts, order) => {
        const updates: Uint8Array[] = []
        const docs = new Map<number, Y.Doc>()
        for (const [i, { client, kind, at, hears }] of acts.entries()) {
          const doc = docs.get(client) ?? new Y.Doc()
          doc.clientID = client
          docs.set(client, doc)
          if (hears) updates.forEach((update) => Y.applyUpdate(doc, update))
          const known = readSaid(doc)
          const on = known[at % Math.max(1, known.length)]?.event
          if (kind !== 'comment' && !on) continue
          const before = Y.encodeStateVector(doc)
          doc
            .getArray(COMMENTS_ROOT)
            .push([
              kind === 'comment'
                ? event(`${client}.${i}`)
                : event(`${client}.${i}`, { kind, thread: on!.thread, of: on!.id }),
            ])
          updates.push(Y.encodeStateAsUpdate(doc, before))
        }
        const one = new Y.Doc()
        updates.forEach((update) => Y.applyUpdate(one, update))
        const other = new Y.Doc()
        for (const n of order) if (updates.length > 0) Y.applyUpdate(other, updates[n % updates.length]!)
        updates.toReversed().forEach((update) => Y.applyUpdate(other, update))
        const threads = threadsOf(readSaid(one), commenters)
        expect(threadsOf(readSaid(other), commenters)).toEqual(threads)
        // What is not of its author was never edited by anybody else.
        for (const { first, replies } of threads)
          for (const remark of [first, ...replies]) if (!remark.edited) expect(remark.body).toBe(remark.id)
      }),
    )
  })
  it('[TK3] names no more people than may be told', () => {
    const naming = (count: number) =>
      parseCommentEvent(event('1.a', { mentions: Array.from({ length: count }, (_, i) => `p${i}`) }))
    expect(naming(COMMENT_MENTIONS_MAX)).not.toBeNull()
    expect(naming(COMMENT_MENTIONS_MAX + 1)).toBeNull()
  })
})
