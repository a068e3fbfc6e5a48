/** Reading and writing by HTTP: the same as on a socket, each exchange for itself. */
import { gunzipSync, gzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type ChannelName } from '@auzolan/shared/ids.ts'
import { EXCHANGE_BODY_MAX_BYTES, SESSION_NAME_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import {
  EXCHANGE_TYPE,
  decodeExchangeAnswer,
  encodeExchange,
  type ExchangeRequest,
} from '@auzolan/shared/protocol/exchange.ts'
import type { ServerFrame } from '@auzolan/shared/protocol/frames.ts'
import { decodePresence, encodePresence, type PresenceState } from '@auzolan/shared/protocol/presence.ts'
import { startTestServer, until } from '../support/server.ts'
import { openWriter } from '../support/wire.ts'

const WRITER = 'kultura-cm'
const OTHER = 'gazteria-teknikaria'
const READER = 'alkatetza'
const OUTSIDER = 'ingurumen-teknikaria'
const TITLE = 'identity.title:eu'

let server: Awaited<ReturnType<typeof startTestServer>>
let plan: string
beforeAll(async () => {
  server = await startTestServer()
  plan = await server.plan()
})
afterAll(() => server.stop())

/** A client that comes by HTTP, with a document of its own. */
function client(person: string, channel: ChannelName = 'content') {
  const doc = new Y.Doc()
  const session = newUuid()
  let known = { epoch: 0, afterSeq: 0 }
  let n = 0
  let waiting: Uint8Array[] = []
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') waiting.push(update)
  })
  const ask = async (more: Partial<ExchangeRequest> = {}): Promise<ServerFrame[]> => {
    const presence = encodePresence([{ clientId: doc.clientID, clock: 1, state: { section: 'planning' } }])
    const updates = waiting.map((update) => ({ channel, n: ++n, update }))
    waiting = []
    const body = encodeExchange({
      session,
      build: 'test',
      waitMs: 0,
      channels: [{ channel, ...known, clientIds: [doc.clientID], presence }],
      updates,
      ...more,
    })
    const { status, frames } = await post(person, plan, body)
    if (!frames) throw new Error(`answered ${status}`)
    for (const frame of frames) {
      if (frame.kind === 'welcome') known = { ...known, epoch: frame.channels[0]!.epoch }
      if (frame.kind === 'snapshot') Y.applyUpdate(doc, gunzipSync(frame.gzip), 'server')
      if (frame.kind === 'entries') frame.updates.forEach((u) => Y.applyUpdate(doc, u, 'server'))
      if (frame.kind === 'entries' || frame.kind === 'snapshot') known = { ...known, afterSeq: frame.toSeq }
    }
    return frames
  }
  return { doc, ask }
}

async function post(
  person: string | null,
  document: string,
  body: Uint8Array<ArrayBuffer>,
  at: Pick<typeof server, 'url' | 'token'> = server,
): Promise<{ status: number; code: string | null; frames: ServerFrame[] | null }> {
  const response = await fetch(`${at.url}/api/v1/documents/${document}/exchange`, {
    method: 'POST',
    headers: {
      'content-type': EXCHANGE_TYPE,
      ...(person === null ? {} : { authorization: `Bearer ${await at.token(person)}` }),
    },
    body,
  })
  if (!response.ok) {
    const { code } = (await response.json()) as { code: string }
    return { status: response.status, code, frames: null }
  }
  return {
    status: 200,
    code: null,
    frames: decodeExchangeAnswer(new Uint8Array(await response.arrayBuffer())),
  }
}
const kinds = (frames: readonly ServerFrame[]): string[] => frames.map((f) => f.kind)
const nothing = (): Uint8Array<ArrayBuffer> =>
  encodeExchange({
    session: newUuid(),
    build: 'test',
    waitMs: 0,
    channels: [{ channel: 'content', epoch: 0, afterSeq: 0, clientIds: [], presence: new Uint8Array() }],
    updates: [],
  })

describe('[W8] an exchange', () => {
  it('gives the text, takes edits, and says that they are on the disk', async () => {
    const ane = client(WRITER)
    await ane.ask()
    expect(ane.doc.getText(TITLE).toString()).toContain('Haranberriko')
    ane.doc.getText(TITLE).insert(0, 'HTTP ')
    ane.doc.getText(TITLE).insert(0, 'BY ')
    const frames = await ane.ask()
    expect(frames.find((f) => f.kind === 'ack')).toMatchObject({ count: 2 })
    const jon = client(OTHER)
    await jon.ask()
    expect(jon.doc.getText(TITLE).toString()).toMatch(/^BY HTTP /)
  })

  it('[R4] that is sent again changes nothing', async () => {
    const ane = client(WRITER)
    await ane.ask()
    let update: Uint8Array = new Uint8Array()
    ane.doc.once('update', (u: Uint8Array) => void (update = u))
    ane.doc.getText(TITLE).insert(0, 'once ')
    await ane.ask()
    const again = await ane.ask({ updates: [{ channel: 'content', n: 9, update }] })
    expect(again.find((f) => f.kind === 'ack')).toMatchObject({ count: 1 })
    const jon = client(OTHER)
    await jon.ask()
    expect(jon.doc.getText(TITLE).toString().match(/once/g)).toHaveLength(1)
  })

  it('meets those who come by socket, in text and in presence', async () => {
    const socket = await openWriter(server, OTHER, plan)
    const ane = client(WRITER)
    await ane.ask()
    ane.doc.getText(TITLE).insert(0, 'meet ')
    await ane.ask()
    const entries = await socket.heard('entries', 2)
    expect(entries.length).toBeGreaterThan(1)
    // Guests of the tests before may still be shown, so the first presence need not be this one's.
    const shown = (): PresenceState[] =>
      socket.frames.flatMap((f) => (f.kind === 'presence' ? decodePresence(f.states) : []))
    await until(() => shown().some((s) => s.clientId === ane.doc.clientID), 'the guest is shown')
    const seen = shown()
    expect(seen.find((s) => s.clientId === ane.doc.clientID)?.state).toMatchObject({
      section: 'planning',
      user: { id: WRITER },
    })
    socket.say({
      kind: 'presence',
      channel: 'content',
      states: encodePresence([{ clientId: socket.doc.clientID, clock: 1, state: { section: 'profiles' } }]),
    })
    const news = await ane.ask({ waitMs: 2_000 })
    const others = news.flatMap((f) => (f.kind === 'presence' ? decodePresence(f.states) : []))
    expect(others.map((s) => s.clientId)).toContain(socket.doc.clientID)
    await socket.close()
  })

  it('waits for news, and answers when there is some', async () => {
    const ane = client(WRITER)
    await ane.ask()
    const began = performance.now()
    const asked = ane.ask({ waitMs: 20_000 })
    const jon = client(OTHER)
    await jon.ask()
    jon.doc.getText(TITLE).insert(0, 'news ')
    await jon.ask()
    // The other's arrival is news too.
    if (!kinds(await asked).includes('entries')) await ane.ask({ waitMs: 20_000 })
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(ane.doc.getText(TITLE).toString()).toMatch(/^news /)
  })

  it('says what it refuses, and takes nothing that was sent behind it', async () => {
    const ane = client(WRITER)
    await ane.ask()
    ane.doc.getText('no-such-root').insert(0, 'x')
    ane.doc.getText(TITLE).insert(0, 'behind ')
    const frames = await ane.ask()
    expect(frames.filter((f) => f.kind === 'refused').map((f) => f.code)).toEqual([
      'UNKNOWN_ROOT',
      'UNKNOWN_ROOT',
    ])
    expect(kinds(frames)).not.toContain('ack')
  })

  it('[A3] of a reader gives the text and takes nothing', async () => {
    const reader = client(READER)
    const [welcome] = await reader.ask()
    expect(welcome).toMatchObject({ kind: 'welcome', channels: [{ write: 'no' }] })
    reader.doc.getText(TITLE).insert(0, 'x')
    expect((await reader.ask()).find((f) => f.kind === 'refused')).toMatchObject({ code: 'READ_ONLY' })
  })

  it('[C1] carries comments', async () => {
    const ane = client(READER, 'comments')
    await ane.ask()
    ane.doc.getArray('events').push([{ id: 'h1', thread: 'h1', kind: 'comment', body: 'Ondo' }])
    expect(kinds(await ane.ask())).toContain('ack')
  })

  it('[A2] of an outsider is answered as one about an invented document', async () => {
    const [real, invented] = [await post(OUTSIDER, plan, nothing()), await post(WRITER, newUuid(), nothing())]
    expect(real).toEqual({ status: 404, code: 'NOT_FOUND', frames: null })
    expect(invented).toEqual(real)
  })

  it('without a token, or with something that is no exchange, is refused', async () => {
    expect(await post(null, plan, nothing())).toMatchObject({ status: 401, code: 'TICKET_MISSING' })
    expect(await post(WRITER, plan, new Uint8Array([1, 2, 3]))).toMatchObject({ status: 400 })
    expect(await post(WRITER, plan, new Uint8Array(EXCHANGE_BODY_MAX_BYTES + 1))).toMatchObject({
      status: 413,
    })
  })

  it('[W3] of a few kilobytes that become millions is refused before they do', async () => {
    const response = await fetch(`${server.url}/api/v1/documents/${plan}/exchange`, {
      method: 'POST',
      headers: {
        'content-type': EXCHANGE_TYPE,
        'content-encoding': 'gzip',
        authorization: `Bearer ${await server.token(WRITER)}`,
      },
      body: gzipSync(new Uint8Array(200 * 1024 * 1024)),
    })
    expect(response.status).toBe(413)
  })

  it('of a session with a long name is no exchange', async () => {
    const named = (length: number): Uint8Array<ArrayBuffer> =>
      encodeExchange({ session: 'x'.repeat(length), build: 'test', waitMs: 0, channels: [], updates: [] })
    expect(await post(READER, plan, named(SESSION_NAME_MAX_CHARACTERS))).toMatchObject({ status: 200 })
    expect(await post(READER, plan, named(SESSION_NAME_MAX_CHARACTERS + 1))).toMatchObject({
      status: 400,
      code: 'MALFORMED',
    })
  })

  it('[W6] of somebody who asks without waiting for answers is told to come back', async () => {
    // Ten at once, then one a second: of forty, whoever would wait for more than five seconds is sent away.
    const slow = await startTestServer(null, {
      AUZOLAN_UPDATES_PER_SECOND: '1',
      AUZOLAN_UPDATES_BURST: '10',
    })
    const here = await slow.plan()
    const all = await Promise.all(Array.from({ length: 40 }, () => post(READER, here, nothing(), slow)))
    const late = all.filter((answer) => answer.code === 'CROWDED')
    expect(late.length).toBeGreaterThan(0)
    expect(late.every((answer) => answer.status === 503)).toBe(true)
    // Others notice nothing.
    expect(await post(WRITER, here, nothing(), slow)).toMatchObject({ status: 200 })
    await slow.stop()
  })

  it('[P8] for which there is no place is refused as a whole, and goes in later', async () => {
    const few = await startTestServer(null, { AUZOLAN_WRITERS_PER_DOCUMENT: '1' })
    const here = await few.plan()
    const first = await openWriter(few, OTHER, here)
    expect(await first.write(first.edit((doc) => doc.getText(TITLE).insert(0, 'x'))[0]!)).toBeNull()
    const doc = new Y.Doc()
    doc.getText(TITLE).insert(0, 'waits ')
    const body = encodeExchange({
      session: newUuid(),
      build: 'test',
      waitMs: 0,
      channels: [
        { channel: 'content', epoch: 0, afterSeq: 0, clientIds: [doc.clientID], presence: new Uint8Array() },
      ],
      updates: [{ channel: 'content', n: 1, update: Y.encodeStateAsUpdate(doc) }],
    })
    expect(await post(WRITER, here, body, few)).toMatchObject({ status: 503, code: 'CROWDED' })
    await first.close()
    await until(async () => {
      const { frames } = await post(WRITER, here, body, few)
      return frames !== null && kinds(frames).includes('ack')
    }, 'the place is free')
    await few.stop()
  })

  it('goes on after the server was killed, with nothing lost and nothing doubled', async () => {
    const ane = client(WRITER)
    await ane.ask()
    ane.doc.getText(TITLE).insert(0, 'first ')
    await ane.ask()
    await server.kill()
    await server.start()
    ane.doc.getText(TITLE).insert(0, 'second ')
    await ane.ask()
    const jon = client(OTHER)
    await jon.ask()
    expect(jon.doc.getText(TITLE).toString()).toMatch(/^second first /)
  })
})
