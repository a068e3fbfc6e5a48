/** Frames, presence and ids: what one side writes the other reads, and nothing else passes or throws. */
import fc from 'fast-check'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { REFUSAL_CODES, closeCodeOf, isRefusal, refusal } from '@auzolan/shared/codes.ts'
import { ROLES, grant, type Role, type Visibility, type Work } from '@auzolan/shared/grants.ts'
import {
  CHANNELS,
  channelId,
  documentOf,
  newUuid,
  parseChannelName,
  parseDocumentId,
  type ChannelName,
  type DocumentId,
} from '@auzolan/shared/ids.ts'
import { CLIENT_IDS_PER_HELLO_MAX } from '@auzolan/shared/limits.ts'
import {
  decodeClientFrame,
  decodeServerFrame,
  encodeClientFrame,
  encodeServerFrame,
  EPOCH_CAUSES,
  WRITE_STATES,
  type ClientFrame,
  type ServerFrame,
} from '@auzolan/shared/protocol/frames.ts'
import { decodePresence, encodePresence } from '@auzolan/shared/protocol/presence.ts'
import { decodeYjsMessage, encodeYjsMessage, type YjsMessage } from '@auzolan/shared/protocol/yjs.ts'

const number = fc.oneof(fc.nat(), fc.maxSafeNat())
const bytes = fc.uint8Array({ maxLength: 300 })
const channel = fc.constantFrom(...CHANNELS)
const write = fc.constantFrom(...WRITE_STATES)
const code = fc.constantFrom(...REFUSAL_CODES)
const kind = <K extends string>(k: K): fc.Arbitrary<K> => fc.constant(k)
const text = fc.string({ unit: 'grapheme', maxLength: 60 })

const clientFrame: fc.Arbitrary<ClientFrame> = fc.oneof(
  fc.record({
    kind: kind('hello'),
    ticket: text,
    build: text,
    channels: fc
      .array(
        fc.record({
          channel,
          epoch: number,
          afterSeq: number,
          clientIds: fc.array(number, { maxLength: CLIENT_IDS_PER_HELLO_MAX }),
        }),
        { maxLength: 2 },
      )
      .filter((list) => new Set(list.map((c) => c.channel)).size === list.length),
  }),
  fc.record({ kind: kind('renew'), ticket: text }),
  fc.record({ kind: kind('update'), channel, n: number, update: bytes }),
  fc.record({ kind: kind('presence'), channel, states: bytes }),
  fc.record({ kind: kind('beat') }),
)
const serverFrame: fc.Arbitrary<ServerFrame> = fc.oneof(
  fc.record({
    kind: kind('welcome'),
    channels: fc.array(
      fc.record({ channel, epoch: number, epochCause: fc.constantFrom(...EPOCH_CAUSES), seq: number, write }),
      { maxLength: 2 },
    ),
  }),
  fc.record({
    kind: kind('entries'),
    channel,
    fromSeq: number,
    toSeq: number,
    updates: fc.array(bytes, { maxLength: 20 }),
  }),
  fc.record({ kind: kind('ack'), channel, count: number, seq: number }),
  fc.record({ kind: kind('refused'), channel, n: number, code }),
  fc.record({ kind: kind('presence'), channel, states: bytes }),
  fc.record({ kind: kind('grants'), channels: fc.array(fc.record({ channel, write }), { maxLength: 2 }) }),
  fc.record({ kind: kind('renewSoon'), withinMs: number }),
  fc.record({ kind: kind('snapshot'), channel, toSeq: number, gzip: bytes }),
  fc.record({ kind: kind('bye'), code, retryAfterMs: number }),
  fc.record({ kind: kind('beat') }),
)
const yjsMessage: fc.Arbitrary<YjsMessage> = fc.oneof(
  fc.record({ kind: kind('step1'), stateVector: bytes }),
  fc.record({ kind: kind('step2'), update: bytes }),
  fc.record({ kind: kind('update'), update: bytes }),
  fc.record({ kind: kind('awareness'), states: bytes }),
  fc.record({ kind: kind('queryAwareness') }),
)

interface Codec {
  readonly value: fc.Arbitrary<object>
  readonly encode: (value: never) => Uint8Array
  readonly decode: (bytes: Uint8Array) => object | null
}
const codecs: [string, Codec][] = [
  ['a frame of the client', { value: clientFrame, encode: encodeClientFrame, decode: decodeClientFrame }],
  ['a frame of the server', { value: serverFrame, encode: encodeServerFrame, decode: decodeServerFrame }],
  ['a message of a stock client', { value: yjsMessage, encode: encodeYjsMessage, decode: decodeYjsMessage }],
]

describe.each(codecs)('%s', (_what, { value, encode, decode }) => {
  it('comes out as it went in', () => {
    fc.assert(fc.property(value, (frame) => void expect(decode(encode(frame as never))).toEqual(frame)))
  })

  it('cut short or with more behind it is none', () => {
    fc.assert(
      fc.property(value, fc.nat(1000), bytes, (frame, cut, more) => {
        const whole = encode(frame as never)
        expect(decode(whole.slice(0, cut % whole.length))).toBeNull()
        if (more.length > 0) expect(decode(new Uint8Array([...whole, ...more]))).toBeNull()
      }),
    )
  })

  it('with any bytes changed is none or another one, and never throws', () => {
    fc.assert(
      fc.property(
        value,
        fc.array(fc.tuple(fc.nat(1000), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        (frame, changes) => {
          const changed = encode(frame as never).slice()
          for (const [at, byte] of changes) changed[at % changed.length] = byte
          const read = decode(changed)
          if (read !== null) expect(decode(encode(read as never))).toEqual(read)
        },
      ),
    )
  })

  it('of noise is none or a whole one, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (noise) => {
        const read = decode(noise)
        if (read !== null) expect(decode(encode(read as never))).toEqual(read)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps no memory of the packet it came in', () => {
    const packet = encode({ kind: 'presence', channel: 'content', states: new Uint8Array(8) } as never)
    const large = new Uint8Array(100_000)
    large.set(packet, 50)
    const read = decode(large.subarray(50, 50 + packet.length)) as { states?: Uint8Array } | null
    if (read?.states) expect(read.states.buffer.byteLength).toBeLessThan(1000)
  })
})

describe('a greeting', () => {
  const hello = (clientIds: number[], channels = 1): ClientFrame => ({
    kind: 'hello',
    ticket: 't',
    build: 'b',
    channels: Array.from({ length: channels }, () => ({
      channel: 'content',
      epoch: 1,
      afterSeq: 2,
      clientIds,
    })),
  })
  const ids = (count: number): number[] => Array.from({ length: count }, (_, i) => i)
  it(`may name ${CLIENT_IDS_PER_HELLO_MAX} client ids and no more`, () => {
    expect(decodeClientFrame(encodeClientFrame(hello(ids(CLIENT_IDS_PER_HELLO_MAX))))).not.toBeNull()
    expect(decodeClientFrame(encodeClientFrame(hello(ids(CLIENT_IDS_PER_HELLO_MAX + 1))))).toBeNull()
  })
  it('may name each channel once', () => {
    const both = hello([], 2)
    const [one] = both.kind === 'hello' ? both.channels : []
    const named = (...names: ChannelName[]): ClientFrame => ({
      ...(both as Extract<ClientFrame, { kind: 'hello' }>),
      channels: names.map((channel) => ({ ...one!, channel })),
    })
    expect(decodeClientFrame(encodeClientFrame(named(...CHANNELS)))).not.toBeNull()
    expect(decodeClientFrame(encodeClientFrame(named('content', 'content')))).toBeNull()
  })
  it('for a channel that does not exist is none', () => {
    const frame = encodeClientFrame({
      kind: 'presence',
      channel: 'secrets' as 'content',
      states: new Uint8Array(),
    })
    expect(decodeClientFrame(frame)).toBeNull()
  })
})

describe('presence', () => {
  const state = fc.option(fc.dictionary(text, fc.jsonValue() as fc.Arbitrary<never>), { nil: null })
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ clientId: number, clock: number, state })), (states) => {
        const plain = JSON.parse(JSON.stringify(states)) as unknown
        expect(JSON.parse(JSON.stringify(decodePresence(encodePresence(states))))).toEqual(plain)
      }),
    )
  })

  it('is what y-protocols speaks, both ways', () => {
    const from = new Awareness(new Y.Doc())
    const to = new Awareness(new Y.Doc())
    from.setLocalState({ user: { name: 'Ane' }, cursor: [1, 2] })
    const read = decodePresence(encodeAwarenessUpdate(from, [from.clientID]))
    expect(read).toMatchObject([
      { clientId: from.clientID, state: { user: { name: 'Ane' }, cursor: [1, 2] } },
    ])
    applyAwarenessUpdate(to, encodePresence(read), 'test')
    expect(to.getStates().get(from.clientID)).toEqual(from.getLocalState())
    from.destroy()
    to.destroy()
  })

  it.each(['"text"', '1', '[]', 'true'])('that is %s and no object counts as gone', (json) => {
    const whole = encodePresence([{ clientId: 1, clock: 1, state: {} }])
    const encoded = new Uint8Array([...whole.slice(0, 3), json.length, ...new TextEncoder().encode(json)])
    expect(decodePresence(encoded)).toEqual([{ clientId: 1, clock: 1, state: null }])
  })

  it('that cannot be read throws, and nothing hangs', () => {
    for (const bad of [[], [1], [1, 1, 1, 1, 120], [255, 255, 255, 127]]) {
      expect(() => decodePresence(new Uint8Array(bad))).toThrow()
    }
  })
})

describe('grants', () => {
  const writers: readonly Role[] = ['editor', 'coordinator']
  const table = ROLES.flatMap((role) =>
    (['team', 'organisation', 'public'] as Visibility[]).flatMap((visibility) =>
      (['draft', 'in_review', 'changes_requested'] as Work[]).flatMap((work) =>
        [false, true].map((archived) => ({ role, visibility, work, archived })),
      ),
    ),
  )
  it.each(table)(
    '$role of a $visibility document in $work, archived: $archived',
    ({ role, visibility, work, archived }) => {
      const standing = { visibility, work, archived, commenting: 'members' as const }
      const may = writers.includes(role) && !archived
      const writes = !may ? 'no' : work === 'in_review' ? 'locked' : 'yes'
      const comments = archived ? 'no' : 'yes'
      expect(grant({ roles: [role], ...standing }, 'comments')).toEqual({ read: true, write: comments })
      expect(grant({ roles: [], ...standing }, 'comments').write).toBe('no')
      // [TK2] Where readers may comment, so may everybody who can read it.
      const open = grant({ roles: [], ...standing, commenting: 'readers' }, 'comments')
      expect(open.write).toBe(archived || visibility === 'team' ? 'no' : 'yes')
      expect(grant({ roles: [role], ...standing }, 'content')).toEqual({ read: true, write: writes })
      // A second role takes nothing away, and nobody without a role ever writes.
      expect(grant({ roles: ['reader', role], ...standing }, 'content').write).toBe(writes)
      expect(grant({ roles: [], ...standing }, 'content')).toEqual({
        read: visibility !== 'team',
        write: 'no',
      })
    },
  )
})

describe('ids', () => {
  it('are random, different and well-formed', () => {
    const ids = Array.from({ length: 1000 }, newUuid)
    expect(new Set(ids).size).toBe(1000)
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(parseDocumentId(id)).toBe(id)
    }
  })
  it.each([
    '',
    'x',
    newUuid().toUpperCase().replace(/\d/g, 'A'),
    `${newUuid()} `,
    `${newUuid()}/content`,
    `\n${newUuid()}`,
    `${newUuid()}\n`,
  ])('%j is no document', (id) => expect(parseDocumentId(id)).toBeNull())
  it.each(['', 'Content', 'content ', '__proto__', 'constructor'])('%j is no channel', (name) => {
    expect(parseChannelName(name)).toBeNull()
  })
  it('of a channel begins with that of its document', () => {
    const id = newUuid() as DocumentId
    expect(channelId(id, 'content')).toBe(`${id}/content`)
    expect(documentOf(channelId(id, 'content'))).toBe(id)
  })
})

describe('refusals', () => {
  it('are told from everything else', () => {
    expect(isRefusal(refusal('GAP', ''))).toBe(true)
    for (const other of [null, undefined, 'GAP', {}, [], new Map()]) expect(isRefusal(other)).toBe(false)
  })
  const healing = ['RESTART', 'TRY_AGAIN', 'TOO_SLOW', 'LOCKED', 'DOCUMENT_FULL', 'STORAGE_FULL', 'CROWDED']
  it.each(REFUSAL_CODES)('[W5] %s closes with a code that stock clients understand', (refused) => {
    const closed = closeCodeOf(refused)
    // 4400–4499 end a stock client for good: what heals by itself must stay outside.
    if (healing.includes(refused)) expect(closed >= 4400 && closed < 4500).toBe(false)
    else expect(closed === 1009 || (closed >= 4400 && closed < 4500)).toBe(true)
  })
})
