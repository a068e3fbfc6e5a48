/** The only thread of the server where Yjs documents exist. */
import { createHash } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { readSaid } from '@auzolan/shared/comments/said.ts'
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import { typeNamed, titleIn } from '@auzolan/shared/types/facts.ts'
import { toolSaidIn } from '@auzolan/shared/find/tool-said.ts'
import { channelNameOf, type ChannelId } from '@auzolan/shared/ids.ts'
import { WORKER_IDLE_MS } from '@auzolan/shared/limits.ts'
import { EMPTY_UPDATE } from '@auzolan/shared/protocol/yjs.ts'
import { COMMENTS_ROOT } from '@auzolan/shared/schema/comments.ts'
import { passagesOf } from '@auzolan/shared/find/find.ts'
import { readDocument, writeDocument } from '@auzolan/shared/schema/json.ts'
import { restrictedOf, textOf, withoutRestricted } from '@auzolan/shared/schema/restricted.ts'
import { completeRecords, readMeta } from '@auzolan/shared/schema/shapes.ts'
import { typeIn } from '@auzolan/shared/schema/channels.ts'
import { CALENDAR } from '@auzolan/shared/schema/calendar.ts'
import { Followed, clocksOf, docOf, sift } from './followed.ts'
import type { FollowOutcome, LogText, Named, Packed, Task, TaskAnswer, TaskResult } from './tasks.ts'

/** Texts kept between two looks, and their bytes as updates; the one that was looked at longest ago makes room. As a document each is ten to twenty times as large. */
const FOLLOWED_MAX = 64
const FOLLOWED_MAX_BYTES = 2 * 1024 * 1024
const followed = new Map<ChannelId, Kept>()
interface Kept {
  readonly text: Followed
  readonly lookedAt: number
  /** No record lacks anything. */
  readonly complete: boolean
}

function perform(task: Task): TaskResult {
  switch (task.op) {
    case 'birth': {
      const doc = new Y.Doc()
      const type = task.type === 'calendar' ? CALENDAR : typeOfDocument(task.type).content
      writeDocument(type, doc, task.languages, task.template)
      return {
        op: 'birth',
        update: Y.encodeStateAsUpdate(doc),
        clocks: clocksOf(doc),
        named: task.type === 'calendar' ? { title: {}, tool: null } : nameOf(doc),
      }
    }
    case 'follow':
      return { op: 'follow', outcome: follow(task) }
    case 'compact': {
      const found = followed.get(task.channel)?.text
      if (found?.epoch !== task.epoch) return { op: 'compact', packed: null }
      return { op: 'compact', packed: { seq: found.seq, ...pack(found.doc) } }
    }
    case 'forget':
      forget(task.channel)
      return { op: 'forget' }
    case 'repair': {
      forget(task.channel)
      const text = new Followed(task.channel, 0, 0, baseOf(task))
      const sifted = sift(text, task.entries, task.known, task.maxMs)
      return { op: 'repair', packed: pack(text.doc), ...sifted }
    }
    case 'erase': {
      forget(task.channel)
      const doc = wholeOf(task)
      const events = doc.getArray<{ readonly id?: unknown }>(COMMENTS_ROOT)
      doc.transact(() => {
        for (let i = events.length - 1; i >= 0; i--)
          if (task.events.includes(String(events.get(i)?.id))) events.delete(i)
      })
      return { op: 'erase', packed: pack(doc) }
    }
    case 'canonical': {
      const doc = wholeOf(task)
      const type = typeIn(task.channel, doc)
      if (!type) throw new Error('comments are no text')
      const all = readDocument(type, doc)
      // The calendar is the team's as a whole.
      const json = type === CALENDAR ? canonicalJson(all as Json) : textOf(type, all)
      const restricted = canonicalJson(restrictedOf(type, all) as Json)
      return { op: 'canonical', json, restricted, sha256: createHash('sha256').update(json).digest('hex') }
    }
    case 'whole': {
      const doc = wholeOf(task)
      const type = typeIn(task.channel, doc)
      if (!type) throw new Error('comments are no text')
      return { op: 'whole', json: canonicalJson(readDocument(type, doc) as Json) }
    }
    case 'retell': {
      const doc = new Y.Doc()
      for (const { client, event } of task.said) {
        doc.clientID = client
        doc.getArray(COMMENTS_ROOT).push([event])
      }
      return { op: 'retell', packed: pack(doc) }
    }
    case 'said':
      return { op: 'said', said: readSaid(wholeOf(task)) }
    case 'passages': {
      const doc = wholeOf(task)
      const type = typeIn(task.channel, doc)
      if (!type) throw new Error('comments are no text')
      const all = readDocument(type, doc)
      const nameless = (): string => ''
      const open = passagesOf(type, withoutRestricted(type, all), nameless)
      return { op: 'passages', open, restricted: passagesOf(type, restrictedOf(type, all), nameless) }
    }
  }
}

function follow(task: Extract<Task, { op: 'follow' }>): FollowOutcome {
  const { channel, epoch, after, entries } = task
  if (after === 0) {
    forget(channel)
    const text = new Followed(channel, epoch, task.snapshot?.seq ?? 0, baseOf(task))
    followed.set(channel, { text, lookedAt: 0, complete: false })
  }
  const known = followed.get(channel)
  const text = known?.text
  if (!text || text.epoch !== epoch || (after > 0 && text.seq !== after)) return { kind: 'unknown' }
  const harmful = text.take(entries)
  if (harmful) return { kind: 'harmful', ...harmful }
  const touches = entries.length > 0 ? text.touches : []
  const type = typeIn(channel, text.doc)
  // Only a record that came can lack something where nothing lacked: a page of before a new field makes such ones.
  const came = touches.some(({ paths }) => paths.some((path) => path.split('/').length === 2))
  const lacking = type && (!known.complete || came) ? completeRecords(type, text.doc) : null
  followed.delete(channel)
  followed.set(channel, { text, lookedAt: performance.now(), complete: lacking === null })
  let bytes = [...followed.values()].reduce((sum, kept) => sum + kept.text.bytes, 0)
  for (const [oldest, { text: kept, lookedAt }] of followed) {
    const crowded = followed.size > FOLLOWED_MAX || bytes > FOLLOWED_MAX_BYTES
    const old = lookedAt < performance.now() - WORKER_IDLE_MS
    if (oldest === channel || !(crowded || old)) break
    bytes -= kept.bytes
    forget(oldest)
  }
  const named = channelNameOf(channel) === 'content' ? nameOf(text.doc) : null
  return { kind: 'sound', seq: text.seq, named, touches, lacking }
}

function nameOf(doc: Y.Doc): Named {
  const type = typeOfDocument(typeNamed(readMeta(doc).type) ?? 'plan')
  const json = readDocument(type.content, doc)
  return { title: titleIn(type, json), tool: toolSaidIn(json) }
}

function forget(channel: ChannelId): void {
  followed.get(channel)?.text.destroy()
  followed.delete(channel)
}

const baseOf = ({ snapshot }: LogText): Uint8Array => (snapshot ? gunzipSync(snapshot.gzip) : EMPTY_UPDATE)
const wholeOf = (text: LogText): Y.Doc => docOf(baseOf(text), ...text.entries.map((e) => e.update))

function pack(doc: Y.Doc): Packed {
  const update = Y.encodeStateAsUpdate(doc)
  return { gzip: new Uint8Array(gzipSync(update)), bytes: update.length, clocks: clocksOf(doc) }
}

parentPort!.on('message', ({ id, task }: { id: number; task: Task }) => {
  let answer: TaskAnswer
  try {
    answer = { id, result: perform(task) }
  } catch (error) {
    answer = { id, error: error instanceof Error ? error.message : String(error) }
  }
  parentPort!.postMessage(answer)
})
