/** What a hostile or broken client can say on a socket, and that nobody else notices. */
import { request } from 'node:http'
import { connect } from 'node:net'
import { SignJWT } from 'jose'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import { FRAME_MAX_BYTES, MALFORMED_STRIKES } from '@auzolan/shared/limits.ts'
import { newUuid } from '@auzolan/shared/ids.ts'
import { encodeClientFrame } from '@auzolan/shared/protocol/frames.ts'
import { decodePresence, encodePresence } from '@auzolan/shared/protocol/presence.ts'
import { startTestServer, until } from '../support/server.ts'
import { hello, openWire, openWriter, type Writer } from '../support/wire.ts'

const WRITER = 'kultura-cm'
const OTHER = 'gazteria-teknikaria'
const READER = 'alkatetza'
const OUTSIDER = 'ingurumen-teknikaria'

let server: Awaited<ReturnType<typeof startTestServer>>
let plan: string
beforeAll(async () => {
  server = await startTestServer()
  plan = await server.plan()
})
afterAll(() => server.stop())

/** The process is the same as before, and somebody else can still write. */
async function othersGoOn(): Promise<void> {
  const other = await openWriter(server, OTHER, plan)
  const [update] = other.edit((doc) => doc.getText('identity.title:es').insert(0, '.'))
  expect(await other.write(update!)).toBeNull()
  await other.close()
}

const typed = (root: string) => (doc: Y.Doc) => doc.getText(root).insert(0, 'x')

describe('the greeting', () => {
  it.concurrent('[W1] ends a socket that says nothing within the deadline', async () => {
    const wire = await openWire(server, plan)
    expect(await wire.farewell()).toEqual({ code: 'TICKET_MISSING', closed: 4401 })
  })

  const strangerKey = new TextEncoder().encode('k'.repeat(32))
  const forge = (claims: object, key: Uint8Array = strangerKey): Promise<string> =>
    new SignJWT({ name: 'X', groups: [], scope: 'ticket', document: plan, ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(server.url)
      .setAudience('auzolan-server')
      .setSubject(WRITER)
      .setIssuedAt()
      .setExpirationTime('60s')
      .setJti(newUuid())
      .sign(key)
  const unsigned = (): string => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const at = Math.floor(Date.now() / 1000)
    const claims = { iss: server.url, aud: 'auzolan-server', sub: WRITER, name: 'X', scope: 'ticket' }
    return `${part({ alg: 'none' })}.${part({ ...claims, document: plan, iat: at, exp: at + 60, jti: newUuid() })}.`
  }
  const spent = async (): Promise<string> => {
    const ticket = await server.ticket(WRITER, plan)
    const first = await openWire(server, plan)
    first.say(hello(ticket, [1]))
    await first.heard('welcome')
    await first.close()
    return ticket
  }

  const tickets: [string, () => string | Promise<string>, RefusalCode][] = [
    ['no ticket', () => '', 'TICKET_MISSING'],
    ['garbage', () => 'not.a.ticket', 'TICKET_INVALID'],
    ['a ticket that somebody signed themselves', () => forge({}), 'TICKET_INVALID'],
    ['a ticket that nobody signed', () => unsigned(), 'TICKET_INVALID'],
    ['a spent ticket', spent, 'TICKET_SPENT'],
    ['a token of the REST interface', () => server.token(WRITER), 'TICKET_INVALID'],
    ['a ticket for another document', () => server.ticket(WRITER, newUuid()), 'TICKET_INVALID'],
  ]
  it.each(tickets)('with %s ends in a farewell that says why', async (_what, ticket, code) => {
    const wire = await openWire(server, plan)
    wire.say(hello(await ticket(), [2]))
    expect(await wire.farewell()).toEqual({ code, closed: 4401 })
    expect(wire.frames.some((f) => f.kind === 'welcome' || f.kind === 'entries')).toBe(false)
  })

  it('[A2] answers an outsider exactly as somebody who invents a document', async () => {
    const invented = newUuid()
    const answers = []
    for (const [person, document] of [
      [OUTSIDER, plan],
      [WRITER, invented],
    ] as const) {
      const wire = await openWire(server, document)
      wire.say(hello(await server.ticket(person, document), [3]))
      answers.push({ ...(await wire.farewell()), frames: wire.frames })
    }
    expect(answers[0]).toMatchObject({ code: 'NOT_FOUND', closed: 4404 })
    expect(answers[0]).toEqual(answers[1])
  })

  it('[J5] refuses a client id that belongs to somebody else', async () => {
    const owner = await openWriter(server, WRITER, plan)
    const thief = await openWire(server, plan)
    thief.say(hello(await server.ticket(OTHER, plan), [owner.doc.clientID]))
    expect(await thief.farewell()).toEqual({ code: 'CLIENT_ID_TAKEN', closed: 4403 })
    await owner.close()
    // Nor later, when the owner is gone.
    const later = await openWire(server, plan)
    later.say(hello(await server.ticket(OTHER, plan), [owner.doc.clientID]))
    expect(await later.farewell()).toEqual({ code: 'CLIENT_ID_TAKEN', closed: 4403 })
    const again = await openWire(server, plan)
    again.say(hello(await server.ticket(WRITER, plan), [owner.doc.clientID]))
    await again.heard('welcome')
    await again.close()
  })

  it('twice on one socket is malformed, and the session goes on', async () => {
    const writer = await openWriter(server, WRITER, plan)
    writer.say(hello(await server.ticket(WRITER, plan), [4]))
    const [update] = writer.edit(typed('identity.title:eu'))
    expect(await writer.write(update!)).toBeNull()
    await writer.close()
  })

  it('sends only what is missing to somebody who has a copy', async () => {
    const writer = await openWriter(server, WRITER, plan)
    const { epoch, seq } = (await writer.heard('welcome'))[0]!.channels[0]!
    const wire = await openWire(server, plan)
    wire.say(hello(await server.ticket(OTHER, plan), [5], seq, epoch))
    await wire.heard('welcome')
    const [update] = writer.edit(typed('identity.title:eu'))
    expect(await writer.write(update!)).toBeNull()
    const entries = await wire.heard('entries')
    expect(entries.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([[seq + 1, seq + 1]])
    await Promise.all([writer.close(), wire.close()])
  })
})

describe('frames', () => {
  const malformed: [string, Uint8Array | string][] = [
    ['text', 'hello'],
    ['an empty frame', new Uint8Array()],
    ['an unknown kind of frame', new Uint8Array([99])],
    ['half a frame', encodeClientFrame(hello('x'.repeat(100), [1])).slice(0, 30)],
    ['a frame with more behind it', new Uint8Array([...encodeClientFrame({ kind: 'beat' }), 0])],
    ['noise', new Uint8Array(1000).map((_, i) => (i * 7919) % 256)],
  ]
  it.each(malformed)('[W2] %s counts as a strike, three end the session', async (_what, data) => {
    const wire = await openWire(server, plan)
    for (let i = 0; i < MALFORMED_STRIKES; i++) wire.raw(data)
    expect(await wire.farewell()).toEqual({ code: 'MALFORMED', closed: 4400 })
    await othersGoOn()
  })

  it.each(malformed)('%s twice, and an honest session goes on', async (_what, data) => {
    const writer = await openWriter(server, WRITER, plan)
    for (let i = 0; i < MALFORMED_STRIKES - 1; i++) writer.raw(data)
    const [update] = writer.edit(typed('identity.title:eu'))
    expect(await writer.write(update!)).toBeNull()
    writer.raw(data)
    expect(await writer.farewell()).toEqual({ code: 'MALFORMED', closed: 4400 })
  })

  it('[W3] above the largest size close the socket with 1009 and nothing else', async () => {
    const wire = await openWire(server, plan)
    wire.raw(new Uint8Array(FRAME_MAX_BYTES + 1))
    expect(await wire.farewell()).toEqual({ code: null, closed: 1009 })
    await othersGoOn()
  })

  it('of the largest size are taken', async () => {
    const writer = await openWriter(server, WRITER, plan)
    const frameOf = (length: number): Uint8Array => {
      const doc = new Y.Doc()
      doc.clientID = writer.doc.clientID
      doc.getText('identity.strategy-notes').insert(0, 'x'.repeat(length))
      const update = Y.encodeStateAsUpdate(doc)
      return encodeClientFrame({ kind: 'update', channel: 'content', n: 1, update })
    }
    const overhead = frameOf(1_000_000).length - 1_000_000
    const frame = frameOf(FRAME_MAX_BYTES - overhead)
    expect(frame.length).toBe(FRAME_MAX_BYTES)
    writer.raw(frame)
    // Its root is unknown: it has been read to the end.
    expect((await writer.heard('refused'))[0]).toMatchObject({ n: 1, code: 'UNKNOWN_ROOT' })
    await writer.close()
  })
})

describe('updates', () => {
  /** An update of the writer's own that nobody has seen. */
  const alone = (clientID: number, edit: (doc: Y.Doc) => void): Uint8Array => {
    const doc = new Y.Doc()
    doc.clientID = clientID
    edit(doc)
    return Y.encodeStateAsUpdate(doc)
  }
  const refused: [string, (writer: Writer, other: Writer) => Uint8Array, RefusalCode][] = [
    ['garbage', () => new Uint8Array([1, 2, 3, 4, 5]), 'MALFORMED'],
    ['nothing at all', () => new Uint8Array(), 'MALFORMED'],
    ['a root that no plan has', (w) => alone(w.doc.clientID, typed('elsewhere')), 'UNKNOWN_ROOT'],
    [
      'the root `meta`, which is the server’s',
      (w) => alone(w.doc.clientID, (doc) => doc.getMap('meta').set('schema', 99)),
      'UNKNOWN_ROOT',
    ],
    [
      'a document inside a document',
      (w) => alone(w.doc.clientID, (doc) => doc.getMap('identity.*').set('scope', new Y.Doc())),
      'MALFORMED',
    ],
    [
      'a gap before it',
      (w) => {
        const doc = new Y.Doc()
        doc.clientID = w.doc.clientID
        typed('identity.title:eu')(doc)
        const known = Y.encodeStateVector(doc)
        typed('identity.title:eu')(doc)
        return Y.encodeStateAsUpdate(doc, known)
      },
      'GAP',
    ],
    [
      'text beside text that nobody has',
      (w) => {
        const unseen = new Y.Doc()
        typed('identity.title:eu')(unseen)
        const doc = new Y.Doc()
        doc.clientID = w.doc.clientID
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(unseen))
        const known = Y.encodeStateVector(doc)
        doc.getText('identity.title:eu').insert(1, 'y')
        return Y.encodeStateAsUpdate(doc, known)
      },
      'UNKNOWN_DEPENDENCY',
    ],
    [
      'the deletion of text that nobody has',
      (w) => {
        const doc = new Y.Doc()
        doc.clientID = w.doc.clientID
        typed('identity.title:eu')(doc)
        const known = Y.encodeStateVector(doc)
        doc.getText('identity.title:eu').delete(0, 1)
        return Y.encodeStateAsUpdate(doc, known)
      },
      'UNKNOWN_DEPENDENCY',
    ],
    [
      'somebody else’s client id',
      (_w, o) => alone(o.doc.clientID, typed('identity.title:eu')),
      'FORGED_AUTHOR',
    ],
    ['a client id that is nobody’s', () => alone(4_000_000_001, typed('identity.title:eu')), 'FORGED_AUTHOR'],
  ]
  it.each(refused)('with %s are refused, and the session goes on', async (_what, make, code) => {
    const [writer, other] = [await openWriter(server, WRITER, plan), await openWriter(server, OTHER, plan)]
    expect(await writer.write(make(writer, other))).toBe(code)
    const [update] = writer.edit(typed('identity.title:eu'))
    expect(await writer.write(update!)).toBeNull()
    // The victim of a forgery can still write, and is understood.
    const before = writer.frames.length
    const [others] = other.edit((doc) => doc.getText('identity.title:eu').insert(0, 'still here '))
    expect(await other.write(others!)).toBeNull()
    await until(() => writer.frames.slice(before).some((f) => f.kind === 'entries'), 'the edit arrives')
    await Promise.all([writer.close(), other.close()])
  })

  it('that are malformed end the session at the third, as frames do', async () => {
    const writer = await openWriter(server, WRITER, plan)
    for (let n = 1; n <= MALFORMED_STRIKES; n++) {
      writer.say({ kind: 'update', channel: 'content', n, update: new Uint8Array([255, 255]) })
    }
    expect(await writer.farewell()).toEqual({ code: 'MALFORMED', closed: 4400 })
    await othersGoOn()
  })

  it('between two good ones is refused alone: the acknowledgement counts the good ones', async () => {
    const writer = await openWriter(server, WRITER, plan)
    const [first, second] = writer.edit(typed('identity.title:eu'), typed('identity.title:es'))
    const bad = alone(4_000_000_002, typed('identity.title:eu'))
    for (const [i, update] of [first!, bad, second!].entries()) {
      writer.say({ kind: 'update', channel: 'content', n: i + 1, update })
    }
    await until(() => writer.frames.some((f) => f.kind === 'ack' && f.count === 2), 'both are acknowledged')
    expect(await writer.heard('refused')).toMatchObject([{ n: 2, code: 'FORGED_AUTHOR' }])
    await writer.close()
  })

  it('[A3] of a reader are refused, and the reader goes on reading', async () => {
    const reader = await openWriter(server, READER, plan)
    const writer = await openWriter(server, WRITER, plan)
    expect((await reader.heard('welcome'))[0]!.channels[0]!.write).toBe('no')
    const [update] = reader.edit(typed('identity.title:eu'))
    expect(await reader.write(update!)).toBe('READ_ONLY')
    const before = reader.frames.length
    const [news] = writer.edit(typed('identity.title:eu'))
    expect(await writer.write(news!)).toBeNull()
    await until(() => reader.frames.slice(before).some((f) => f.kind === 'entries'), 'the edit arrives')
    await Promise.all([reader.close(), writer.close()])
  })

  it('that repeat somebody’s text with other letters change nothing, now or in a merged log', async () => {
    const owner = await openWriter(server, OTHER, plan)
    for (const update of owner.edit(typed('identity.title:eu'), typed('identity.title:eu'))) {
      expect(await owner.write(update)).toBeNull()
    }
    const thief = await openWriter(server, WRITER, plan)
    const text = thief.doc.getText('identity.title:eu').toString()
    await thief.write(alone(owner.doc.clientID, (doc) => doc.getText('identity.title:eu').insert(0, 'ZZ')))
    const cold = await openWriter(server, OTHER, plan)
    expect(cold.doc.getText('identity.title:eu').toString()).toBe(text)
    const merged = new Y.Doc()
    const log = (await cold.heard('entries')).flatMap((f) => [...f.updates])
    Y.applyUpdate(merged, Y.mergeUpdates(log))
    expect(merged.getText('identity.title:eu').toString()).toBe(text)
    await Promise.all([owner.close(), thief.close(), cold.close()])
  })
})

describe('presence', () => {
  it('[R5] under an id that is not one’s own is dropped', async () => {
    const [writer, other] = [await openWriter(server, WRITER, plan), await openWriter(server, OTHER, plan)]
    const show = (clientId: number, state: { [key: string]: string }): void =>
      writer.say({
        kind: 'presence',
        channel: 'content',
        states: encodePresence([{ clientId, clock: 1, state }]),
      })
    show(other.doc.clientID, { field: 'forged' })
    show(4_000_000_003, { field: 'invented' })
    show(writer.doc.clientID, { field: 'own' })
    const shown = (await other.heard('presence')).flatMap((f) => decodePresence(f.states))
    expect(shown).toMatchObject([
      { clientId: writer.doc.clientID, state: { field: 'own', user: { id: WRITER } } },
    ])
    await Promise.all([writer.close(), other.close()])
  })

  it('that is too large or no presence at all is dropped, and the session goes on', async () => {
    const [writer, other] = [await openWriter(server, WRITER, plan), await openWriter(server, OTHER, plan)]
    const say = (states: Uint8Array): void => writer.say({ kind: 'presence', channel: 'content', states })
    const own = (state: { [key: string]: string }): Uint8Array =>
      encodePresence([{ clientId: writer.doc.clientID, clock: 1, state }])
    say(own({ field: 'x'.repeat(5000) }))
    say(new Uint8Array([200, 1, 2]))
    say(own({ field: 'small' }))
    const shown = (await other.heard('presence')).flatMap((f) => decodePresence(f.states))
    expect(shown).toMatchObject([{ state: { field: 'small' } }])
    await Promise.all([writer.close(), other.close()])
  })

  it('disappears for the others when its socket is gone', async () => {
    const [writer, other] = [await openWriter(server, WRITER, plan), await openWriter(server, OTHER, plan)]
    const states = encodePresence([{ clientId: writer.doc.clientID, clock: 1, state: { field: 'x' } }])
    writer.say({ kind: 'presence', channel: 'content', states })
    await other.heard('presence')
    await writer.close()
    const shown = (await other.heard('presence', 2)).flatMap((f) => decodePresence(f.states))
    expect(shown.at(-1)).toEqual({ clientId: writer.doc.clientID, clock: 2, state: null })
    await other.close()
  })
})

describe('the upgrade', () => {
  /** Status of the answer; 101 is the only one that opens a socket. */
  const upgrade = (path: string, headers: Record<string, string> = {}): Promise<number | 'closed'> =>
    new Promise((resolve) => {
      const asked = request({
        host: '127.0.0.1',
        port: server.port,
        path,
        headers: {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': Buffer.from('0123456789abcdef').toString('base64'),
          'sec-websocket-protocol': 'auzolan.v1',
          ...headers,
        },
      })
      asked.on('upgrade', (_response, socket) => {
        socket.destroy()
        resolve(101)
      })
      asked.on('response', (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      asked.on('error', () => resolve('closed'))
      asked.end()
    })

  it('of a document opens a socket, with and without the prefix of the proxy', async () => {
    expect(await upgrade(`/sync/${plan}`)).toBe(101)
    expect(await upgrade(`/auzolan/sync/${plan}`)).toBe(101)
    expect(await upgrade(`/sync/${plan}/content`)).toBe(101)
  })

  const wrong = [
    '/',
    '/sync',
    '/sync/',
    '/sync/not-an-id',
    '/sync/PLAN/comments',
    '/sync/PLAN/content/more',
    '/sync/PLAN/',
    '/api/v1/documents',
    '//',
    '//[',
    '/sync/%',
    'http://[/',
    '/auzolan',
  ]
  it.each(wrong)('of %s is refused with 404, and the process stays up', async (path) => {
    expect(await upgrade(path.replace('PLAN', plan))).toBe(404)
    await othersGoOn()
  })

  it('that is refused and then torn away does not end the process', async () => {
    for (let i = 0; i < 20; i++) {
      await new Promise<void>((resolve) => {
        const socket = connect(server.port, '127.0.0.1', () => {
          const head = `GET /elsewhere HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: Upgrade\r\n`
          socket.write(`${head}Upgrade: websocket\r\n\r\n${'x'.repeat(100_000)}`)
          setImmediate(() => {
            socket.resetAndDestroy()
            resolve()
          })
        })
        socket.on('error', () => {})
      })
    }
    await othersGoOn()
  })

  const strangers: [string, Record<string, string>][] = [
    ['a foreign name', { host: 'evil.example' }],
    ['a foreign name at our port', { host: 'evil.example:PORT' }],
    ['another port', { host: '127.0.0.1:1' }],
    ['the page of another site', { origin: 'https://evil.example' }],
    ['a page without origin', { origin: 'null' }],
    ['a site that begins like ours', { origin: 'http://127.0.0.1.evil.example:80' }],
  ]
  it.each(strangers)('[A4] for %s is refused by the demo', async (_what, headers) => {
    const filled = Object.fromEntries(
      Object.entries(headers).map(([k, v]) => [k, v.replace('PORT', String(server.port))]),
    )
    expect(await upgrade(`/sync/${plan}`, filled)).toBe('closed')
    const page = await new Promise<number>((resolve) => {
      request(
        { host: '127.0.0.1', port: server.port, path: '/standalone/people', headers: filled },
        (response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        },
      ).end()
    })
    expect(page).toBe(403)
  })

  it('never repeats a ticket in its answer', async () => {
    const ticket = Buffer.from(await server.ticket(WRITER, plan)).toString('base64url')
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/sync/${plan}/content`, [
      `ticket.${ticket}`,
      'auzolan.y',
    ])
    await new Promise((resolve) => socket.once('open', resolve))
    expect(socket.protocol).toBe('auzolan.y')
    socket.terminate()
    expect(server.output()).not.toContain(ticket)
  })
})
