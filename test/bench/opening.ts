/** Opening a text that was written in 259,778 edits (B4 of the automerge paper), by somebody who has nothing, after a restart. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import * as Y from 'yjs'
import type { Contestant } from './contestants.ts'
import { ROOT } from './deliveries.ts'
import type { Guest } from './guest.ts'
import { inTime, pause } from './pause.ts'
import { dice } from './statistics.ts'

const PUT_TOGETHER_MS = 20_000

export interface OpeningSample {
  /** Until there is a ticket, where one is asked for. */
  readonly ticketMs: number
  /** From the first word to the server, with a ticket, until the whole text is in a document. */
  readonly ms: number
  readonly bytes: number
}

export interface Written {
  readonly updates: readonly Uint8Array[]
  readonly text: string
}

/** Somebody who types, goes back, and takes something out now and then: where there is no file. */
export function makeTrace(edits: number): Written {
  const roll = dice(2026)
  let at = 0
  return written(edits, (text) => {
    if (roll() < 0.02) at = Math.floor(roll() * text.length)
    if (roll() < 0.3 && at > 0) text.delete(--at, 1)
    else text.insert(at++, LETTERS[Math.floor(roll() * LETTERS.length)]!)
  })
}
const LETTERS = 'eatirnkozudghbslpmfx '

/** @param file `{"txns": [{"patches": [[position, deleted, inserted], …]}, …]}`, gzip; the format of the paper's trace */
export function readTrace(file: string, edits = Infinity): Written {
  const { txns } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as {
    txns: { patches: [number, number, string][] }[]
  }
  let n = 0
  return written(Math.min(edits, txns.length), (text) => {
    for (const [at, deleted, inserted] of txns[n++]!.patches) {
      if (deleted > 0) text.delete(at, deleted)
      if (inserted !== '') text.insert(at, inserted)
    }
  })
}

function written(edits: number, type: (text: Y.Text) => void): Written {
  const doc = new Y.Doc()
  const text = doc.getText(ROOT)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let n = 0; n < edits; n++) doc.transact(() => type(text))
  return { updates, text: text.toString() }
}

/** Types it all into a room, as fast as the server takes it; whole for others before its author leaves. */
export async function writeTrace(contestant: Contestant, { updates, text }: Written): Promise<string> {
  const room = await contestant.newRoom()
  const doc = new Y.Doc()
  const watcher = await contestant.enter(room)
  watcher.onUpdate = (update) => Y.applyUpdate(doc, update)
  const author = await contestant.enter(room)
  await Promise.all([author.synced, watcher.synced])
  const here = doc.getText(ROOT)
  for (const [n, update] of updates.entries()) {
    author.send(update)
    if (n % 500 === 499) await pause(0)
  }
  while (here.length !== text.length || here.toString() !== text) await pause(100)
  author.close()
  watcher.close()
  // A server may put a log together somewhat later.
  await pause(PUT_TOGETHER_MS)
  await contestant.server.quiet()
  return room
}

export async function openAfterRestart(
  { server, ticket }: Contestant,
  enter: (room: string, ticket?: string) => Promise<Guest>,
  room: string,
  { text }: Written,
): Promise<OpeningSample> {
  await server.end('SIGTERM')
  await server.start()
  const doc = new Y.Doc()
  const here = doc.getText(ROOT)
  const ticketFrom = performance.now()
  const shown = await ticket?.(room)
  const begin = performance.now()
  const guest = await enter(room, shown)
  const whole = inTime('the text is whole', 60_000)
  guest.onUpdate = (update) => {
    Y.applyUpdate(doc, update)
    // It may be as long on its way there, and read something else.
    if (here.length === text.length && here.toString() === text) whole.done()
  }
  await whole.promise
  const ms = performance.now() - begin
  const bytes = guest.received()
  guest.close()
  return { ticketMs: begin - ticketFrom, ms, bytes }
}
