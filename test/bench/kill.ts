/** What is missing after the process was killed in the middle of people typing. */
import * as Y from 'yjs'
import { until } from '../support/server.ts'
import type { Contestant } from './contestants.ts'
import { Typist } from './deliveries.ts'
import type { Guest } from './guest.ts'
import { pause } from './pause.ts'
import { median } from './statistics.ts'

export interface KillSample {
  /** Time from the first edit to the kill. */
  readonly afterMs: number
  readonly sent: number
  /** Edits the server had acknowledged, and those of them a newcomer does not get. */
  readonly acknowledged: number
  readonly acknowledgedLost: number
  /** The same for edits that somebody else had on their screen. */
  readonly seen: number
  readonly seenLost: number
  /** Longest stretch of one person's work that somebody had been told of or had seen, and that is gone. */
  readonly worstLossMs: number
  /** Median time until an edit was acknowledged; null where nothing is. */
  readonly ackMs: number | null
}

interface Scene {
  readonly room: string
  readonly typist: Typist
  readonly writer: Guest
  readonly reader: Guest
  readonly sentAt: number[]
  readonly ackDelays: number[]
  acknowledged: number
  seen: number
}

const EDITS_PER_SECOND = 20
const NEWCOMER_WAITS_MS = 2_500

/** Several people type, each in a new room with one reader, until the process is killed; nobody comes back to resend. */
export async function killWhileTyping(
  contestant: Contestant,
  rooms: number,
  afterMs: number,
): Promise<KillSample> {
  const scenes = await Promise.all(Array.from({ length: rooms }, () => setScene(contestant)))
  let typing = true
  const begin = performance.now()
  const work = scenes.map(async (scene) => {
    for (let i = 1; typing; i++) {
      const update = scene.typist.type()
      scene.sentAt.push(performance.now())
      scene.writer.send(update)
      await pause(begin + (i * 1000) / EDITS_PER_SECOND - performance.now())
    }
  })
  await pause(afterMs)
  typing = false
  await contestant.server.end('SIGKILL')
  await Promise.all(work)
  // What the kernel still held of the server's last words counts: it has been said.
  await pause(200)
  for (const { writer, reader } of scenes) [writer, reader].forEach((guest) => guest.close())
  await contestant.server.start()
  const stored = await Promise.all(scenes.map((scene) => clockForNewcomer(contestant, scene)))
  const lost = (of: (scene: Scene) => number): number[] =>
    scenes.map((scene, i) => Math.max(of(scene) - stored[i]!, 0))
  const acknowledgedLost = lost((s) => s.acknowledged)
  const seenLost = lost((s) => s.seen)
  const delays = scenes.flatMap((s) => s.ackDelays)
  return {
    afterMs,
    sent: sum(scenes.map((s) => s.typist.clock)),
    acknowledged: sum(scenes.map((s) => s.acknowledged)),
    acknowledgedLost: sum(acknowledgedLost),
    seen: sum(scenes.map((s) => s.seen)),
    seenLost: sum(seenLost),
    worstLossMs: (Math.max(...acknowledgedLost, ...seenLost) * 1000) / EDITS_PER_SECOND,
    ackMs: delays.length > 0 ? median(delays) : null,
  }
}

async function setScene(contestant: Contestant): Promise<Scene> {
  const room = await contestant.newRoom()
  const typist = new Typist()
  const reader = await contestant.enter(room)
  await reader.synced
  const writer = await contestant.enterToWrite(room, typist.clientId)
  await writer.synced
  const scene: Scene = {
    room,
    typist,
    writer,
    reader,
    sentAt: [],
    ackDelays: [],
    acknowledged: 0,
    seen: 0,
  }
  reader.onUpdate = (update) => {
    const clock = Y.parseUpdateMeta(update).to.get(typist.clientId) ?? 0
    scene.seen = Math.max(scene.seen, clock)
  }
  writer.onAck = (count) => {
    for (; scene.acknowledged < count; scene.acknowledged++) {
      scene.ackDelays.push(performance.now() - scene.sentAt[scene.acknowledged]!)
    }
  }
  return scene
}

/** How far the text of this author reaches for somebody who comes with nothing; all that was said to be there, or after a while. */
async function clockForNewcomer(contestant: Contestant, scene: Scene): Promise<number> {
  const doc = new Y.Doc()
  const newcomer = await contestant.enter(scene.room)
  newcomer.onUpdate = (update) => Y.applyUpdate(doc, update)
  const clock = (): number => Y.getState(doc.store, scene.typist.clientId)
  const enough = Math.max(scene.acknowledged, scene.seen)
  await newcomer.synced
  await until(() => clock() >= enough, 'everything is there', NEWCOMER_WAITS_MS).catch(() => {})
  newcomer.close()
  return clock()
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
