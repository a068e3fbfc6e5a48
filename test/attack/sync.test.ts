/** Attacks on the sync server that are repelled: races for what is given once, forged headers, depth, paths. */
import { request } from 'node:http'
import { SignJWT } from 'jose'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { keyFromNextcloud } from '@auzolan/server/src/access/keys.ts'
import { Guest, Guests } from '@auzolan/server/src/gateway/guest.ts'
import { TokenBucket } from '@auzolan/server/src/token-bucket.ts'
import { admit, type Head } from '@auzolan/server/src/rooms/admission.ts'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { COMMENT_EVENT_MAX_BYTES, DEFAULT_CAPACITY } from '@auzolan/shared/limits.ts'
import { encodeYjsMessage } from '@auzolan/shared/protocol/yjs.ts'
import { COMMENTS_ROOT } from '@auzolan/shared/schema/comments.ts'
import { NEXTCLOUD, sign } from '../support/nextcloud-host.ts'
import { startTestServer, until } from '../support/server.ts'
import { hello, openWire, openWriter } from '../support/wire.ts'

const WRITER = 'kultura-cm'
const OTHER = 'gazteria-teknikaria'

let server: Awaited<ReturnType<typeof startTestServer>>
let plan: string
beforeAll(async () => {
  server = await startTestServer()
  plan = await server.plan()
})
afterAll(() => server.stop())

describe('what is given once', () => {
  it('[A1] a ticket said on ten sockets at once opens one', async () => {
    const ticket = await server.ticket(WRITER, plan)
    const wires = await Promise.all(Array.from({ length: 10 }, () => openWire(server, plan)))
    wires.forEach((wire, i) => wire.say(hello(ticket, [100 + i])))
    const ends = await Promise.allSettled(wires.map((wire) => wire.heard('welcome')))
    expect(ends.filter((e) => e.status === 'fulfilled')).toHaveLength(1)
    await Promise.all(wires.map((wire) => wire.close()))
  })

  it('[J5] a client id that two people want at the same time goes to one of them', async () => {
    for (let id = 200; id < 210; id++) {
      const wires = await Promise.all([openWire(server, plan), openWire(server, plan)])
      const tickets = await Promise.all([server.ticket(WRITER, plan), server.ticket(OTHER, plan)])
      wires.forEach((wire, i) => wire.say(hello(tickets[i]!, [id])))
      const ends = await Promise.allSettled(wires.map((wire) => wire.heard('welcome')))
      expect(ends.map((e) => e.status).sort()).toEqual(['fulfilled', 'rejected'])
      await Promise.all(wires.map((wire) => wire.close()))
    }
  })

  it('[J5] letters under one id from two sockets of one person: the first stay, everybody reads the same', async () => {
    const first = await openWriter(server, WRITER, plan)
    const second = await openWire(server, plan)
    second.say(hello(await server.ticket(WRITER, plan), [first.doc.clientID]))
    await second.heard('welcome')
    const twin = new Y.Doc()
    twin.clientID = first.doc.clientID
    twin.getText('identity.title:eu').insert(0, 'BESTEA')
    const [update] = first.edit((doc) => doc.getText('identity.title:eu').insert(0, 'LEHENA'))
    expect(await first.write(update!)).toBeNull()
    second.say({ kind: 'update', channel: 'content', n: 1, update: Y.encodeStateAsUpdate(twin) })
    await second.heard('ack')
    const reader = await openWriter(server, OTHER, plan)
    const title = reader.doc.getText('identity.title:eu').toString()
    expect(title).toContain('LEHENA')
    expect(title).not.toContain('BESTEA')
    await Promise.all([first.close(), second.close(), reader.close()])
  })
})

describe('bytes', () => {
  /** An update whose one value is a list in a list in a list… */
  const nested = (client: number, depth: number): Uint8Array =>
    encoding.encode((e) => {
      for (const number of [1, 1, client, 0, 8 | 32, 1]) encoding.writeVarUint(e, number)
      encoding.writeVarString(e, 'identity.*')
      encoding.writeVarString(e, 'from')
      encoding.writeVarUint(e, 1)
      for (let i = 0; i < depth; i++) encoding.writeUint8Array(e, new Uint8Array([117, 1]))
      encoding.writeUint8(e, 126)
      encoding.writeVarUint(e, 0)
    })
  const bombs: [string, (client: number) => Uint8Array][] = [
    ['a value 400,000 levels deep', (client) => nested(client, 400_000)],
    ['a count nobody could send', () => new Uint8Array([1, 255, 255, 255, 255, 255, 255, 255, 15, 1, 0])],
    ['a list of deletions nobody could send', () => new Uint8Array([0, 1, 1, 255, 255, 255, 255, 127])],
  ]
  it.each(bombs)('%s is refused, at once, and the session goes on', async (_what, make) => {
    const writer = await openWriter(server, WRITER, plan)
    expect(await writer.write(make(writer.doc.clientID))).toBe('MALFORMED')
    const [update] = writer.edit((doc) => doc.getText('identity.title:es').insert(0, '.'))
    expect(await writer.write(update!)).toBeNull()
    await writer.close()
  })
})

describe('paths of the demo', () => {
  const ways = ['/standalone/', '/apps/auzolan/js/', '/index.php/apps/auzolan/css/', '/auzolan/standalone/']
  const climbs = [
    '../host.ts',
    '..%2f..%2fmain.ts',
    '..%5c..%5cmain.ts',
    '%2e%2e/%2e%2e/main.ts',
    '....//host.ts',
  ]
  it.each(ways.flatMap((way) => climbs.map((climb) => way + climb)))('%s gives no source', async (path) => {
    // Not `fetch`, which would tidy the path up.
    const body = await new Promise<string>((resolve, reject) => {
      const asked = request({ port: server.port, host: '127.0.0.1', path }, (answer) => {
        let text = ''
        answer.on('data', (data: Buffer) => (text += data.toString()))
        answer.on('end', () => resolve(text))
      })
      asked.once('error', reject)
      asked.end()
    })
    expect(body).not.toMatch(/import .* from|export (const|function)/)
  })
})

describe('tokens', () => {
  let nextcloud: Awaited<ReturnType<typeof startTestServer>>
  beforeAll(async () => {
    nextcloud = await startTestServer(NEXTCLOUD)
  })
  afterAll(() => nextcloud.stop())

  const claims = { name: 'X', groups: [], scope: 'api' }
  const withHeader = (header: { alg: string; [name: string]: unknown }, more: object = {}): Promise<string> =>
    new SignJWT({ ...claims, ...more })
      .setProtectedHeader(header)
      .setIssuer(NEXTCLOUD.url)
      .setAudience('auzolan-server')
      .setSubject('ane')
      .setIssuedAt()
      .setExpirationTime('60s')
      .setJti(newUuid())
      .sign(keyFromNextcloud(NEXTCLOUD.secret))
  const status = async (token: string): Promise<number> =>
    (await fetch(`${nextcloud.url}/api/v1/documents`, { headers: { authorization: `Bearer ${token}` } }))
      .status

  it('[A1] of the right key are taken, whatever key they point at', async () => {
    expect(await status(await sign({ person: 'ane' }))).toBe(200)
    expect(
      await status(await withHeader({ alg: 'HS256', kid: '../../etc/passwd', jku: 'http://127.0.0.1:1' })),
    ).toBe(200)
  })

  const bad: [string, () => Promise<string>][] = [
    ['another algorithm with the right key', () => withHeader({ alg: 'HS512' })],
    ['a scope that is two', () => withHeader({ alg: 'HS256' }, { scope: ['api', 'ticket'] })],
    ['an audience that only contains ours', () => sign({ person: 'ane', audience: 'auzolan-server ' })],
    ['an issuer with a slash behind', () => sign({ person: 'ane', issuer: `${NEXTCLOUD.url}/` })],
    ['a birth two minutes from now', () => sign({ person: 'ane', issued: 120, expires: 400 })],
    [
      'a birth an hour ago and an end in a year',
      () => sign({ person: 'ane', issued: -3600, expires: 31_536_000 }),
    ],
    ['a name for the next segment', async () => `${await sign({ person: 'ane' })}.x`],
  ]
  it.each(bad)('[A1] with %s are refused', async (_what, token) => {
    expect(await status(await token())).toBe(401)
  })
})

describe('numbers, depth and names', () => {
  const piece = (client: number, root: string, write: (e: encoding.Encoder) => void): Uint8Array =>
    encoding.encode((e) => {
      for (const number of [1, 1, client, 0]) encoding.writeVarUint(e, number)
      const kind = root === COMMENTS_ROOT || root.endsWith('*') ? 8 : 1
      encoding.writeUint8(e, kind)
      encoding.writeVarUint(e, 1)
      encoding.writeVarString(e, root)
      write(e)
      encoding.writeVarUint(e, 0)
    })
  const deep = (levels: number) => (e: encoding.Encoder) => {
    encoding.writeVarUint(e, 1)
    for (let i = 0; i < levels; i++) encoding.writeUint8Array(e, new Uint8Array([117, 1]))
    encoding.writeUint8(e, 126)
  }
  const said = { id: 'a', thread: 'a', kind: 'comment', body: 'x'.repeat(COMMENT_EVENT_MAX_BYTES * 2) }
  const head = (root: string): Head => ({
    clocks: new Map(),
    owners: new Map([[7, 'ane' as PersonId]]),
    rules: { roots: new Set([root]), appendOnly: root === COMMENTS_ROOT },
  })
  const attacks: [string, string, (e: encoding.Encoder) => void, string][] = [
    [
      'a length beyond exact numbers',
      'identity.title:eu',
      (e) => encoding.writeVarUint(e, Number.MAX_SAFE_INTEGER),
      'MALFORMED',
    ],
    ['a value too deep for small stacks', 'identity.*', deep(5_000), 'MALFORMED'],
    [
      'a comment that is all prototype',
      COMMENTS_ROOT,
      (e) => {
        encoding.writeVarUint(e, 1)
        encoding.writeUint8Array(e, new Uint8Array([118, 1]))
        encoding.writeVarString(e, '__proto__')
        encoding.writeAny(e, said)
      },
      'INVALID_INPUT',
    ],
  ]
  it.each(attacks)('%s is refused', (_what, root, write, code) => {
    expect(admit(piece(7, root, write), head(root), 'ane' as PersonId)).toMatchObject({ refused: code })
  })
  it('something behind the update is refused, the update alone is taken', () => {
    const honest = piece(7, 'identity.title:eu', (e) => encoding.writeVarString(e, 'kaixo'))
    honest[4] = 4
    const verdict = (update: Uint8Array) =>
      admit(update, head('identity.title:eu'), 'ane' as PersonId) as { refused?: string }
    expect(verdict(honest).refused).toBeUndefined()
    expect(verdict(new Uint8Array([...honest, 0])).refused).toBe('MALFORMED')
  })
  it('documents inside a document are refused before one of them is made', () => {
    const piecesOfDoc = 20_000
    const update = encoding.encode((e) => {
      for (const number of [1, piecesOfDoc, 7, 0]) encoding.writeVarUint(e, number)
      for (let i = 0; i < piecesOfDoc; i++) {
        encoding.writeUint8(e, 9)
        encoding.writeVarUint(e, 1)
        encoding.writeVarString(e, 'identity.*')
        encoding.writeVarString(e, 'guid')
        encoding.writeAny(e, {})
      }
      encoding.writeVarUint(e, 0)
    })
    // A document takes part in nothing before somebody listens; making one is seen by its random client id.
    const random = vi.spyOn(crypto, 'getRandomValues')
    const verdict = admit(update, head('identity.*'), 'ane' as PersonId)
    const made = random.mock.calls.length
    random.mockRestore()
    expect(verdict).toMatchObject({
      refused: 'MALFORMED',
      detail: expect.stringContaining('inside') as string,
    })
    expect(made).toBe(0)
  })
  it('a value of honest depth is taken', () => {
    expect(admit(piece(7, 'identity.*', deep(4)), head('identity.*'), 'ane' as PersonId)).toMatchObject({
      clocks: new Map([[7, 1]]),
    })
  })
})

describe('a guest by HTTP', () => {
  it('[W8] who has waited twenty thousand times can still be woken', async () => {
    const guest = new Guest(new TokenBucket(1, 1, () => 0))
    const { signal } = new AbortController()
    for (let i = 0; i < 20_000; i++) {
      let news = false
      const waits = guest.until(() => news, 60_000, signal)
      news = true
      guest.wake()
      expect(await waits).toBe(true)
    }
  })
})

describe('one person, many sessions by HTTP', () => {
  it('[W6] have one ration, and it ends with the last of them', () => {
    const guests = new Guests(DEFAULT_CAPACITY, () => {})
    const [ane, jon] = ['ane', 'jon'] as PersonId[] as [PersonId, PersonId]
    const [here, there] = [newUuid(), newUuid()] as DocumentId[] as [DocumentId, DocumentId]
    const { bucket } = guests.of(ane, here, 'one')
    expect(guests.of(ane, here, 'one')).toBe(guests.of(ane, here, 'one'))
    expect(guests.of(ane, here, 'two').bucket).toBe(bucket)
    expect(guests.of(jon, here, 'one').bucket).not.toBe(bucket)
    expect(guests.of(ane, there, 'one').bucket).not.toBe(bucket)
    expect(guests.count).toBe(4)
    guests.close()
    expect(guests.count).toBe(0)
  })
})

describe('one person, many sockets', () => {
  it('does not take the places of other readers', async () => {
    const few = await startTestServer(null, { AUZOLAN_SESSIONS_PER_DOCUMENT: '4' })
    const here = await few.plan()
    const knock = async (person: string, id: number) => {
      const wire = await openWire(few, here)
      wire.say(hello(await few.ticket(person, here), [id]))
      return wire
    }
    const in1 = await openWriter(few, OTHER, here)
    const in2 = await openWriter(few, OTHER, here)
    const third = await knock(OTHER, 303)
    expect(await third.farewell()).toMatchObject({ code: 'CROWDED', closed: 1013 })
    const other = await openWriter(few, WRITER, here)
    await Promise.all([in1, in2, other].map((writer) => writer.close()))
    await few.stop()
  })

  it('does not take the places of other writers', async () => {
    const few = await startTestServer(null, { AUZOLAN_WRITERS_PER_DOCUMENT: '2' })
    const here = await few.plan()
    const type = (doc: Y.Doc): void => doc.getText('identity.title:eu').insert(0, '.')
    const many = await Promise.all([1, 2, 3].map(() => openWriter(few, WRITER, here)))
    for (const writer of many) expect(await writer.write(writer.edit(type)[0]!)).toBeNull()
    const other = await openWriter(few, OTHER, here)
    expect(await other.write(other.edit(type)[0]!)).toBeNull()
    await Promise.all([...many, other].map((writer) => writer.close()))
    await few.stop()
  })

  it('[W7] a stock client that asks for the text and does not take it is sent away', async () => {
    const big = await openWriter(server, WRITER, plan)
    for (let i = 0; i < 8; i++) {
      const [update] = big.edit((doc) => doc.getText('identity.title:es').insert(0, 'luzea '.repeat(33_000)))
      expect(await big.write(update!)).toBeNull()
    }
    const pass = `ticket.${Buffer.from(await server.ticket(OTHER, plan)).toString('base64url')}`
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/sync/${plan}/content`, ['auzolan.y', pass])
    let closed = false
    socket.on('error', () => {}).on('close', () => (closed = true))
    await new Promise((resolve) => socket.once('message', resolve))
    socket.pause()
    const ask = encodeYjsMessage({ kind: 'step1', stateVector: new Uint8Array([0]) })
    for (let i = 0; i < 60; i++) socket.send(ask)
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    socket.resume()
    await until(() => closed, 'the server ends the connection')
    await big.close()
  })
})
