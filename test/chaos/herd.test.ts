/** A herd: everybody is dropped at the same moment, and everybody comes back with the client's own patience. */
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { ServerFrame } from '@auzolan/shared/protocol/frames.ts'
import { Connection } from '../../plugin/src/session/connection.ts'
import { NEXTCLOUD, sign } from '../support/nextcloud-host.ts'
import { planOverRest } from '../support/plan-over-rest.ts'
import { LONG } from '../support/random.ts'
import { startTestServer, until } from '../support/server.ts'

const SESSIONS = LONG ? 2_000 : 60
const DOCUMENTS = LONG ? 40 : 4
/** What the server promises (W9). */
const BACK_WITHIN_MS = 60_000
const AT_ONCE = 50
const GROUPS = ['Kultura']
const TITLE = 'identity.title:eu'

type Server = Awaited<ReturnType<typeof startTestServer>>
let server: Server | null = null
const herd: Sheep[] = []
afterEach(async () => {
  for (const sheep of herd.splice(0)) sheep.connection.close()
  await server?.stop()
})

/** A page as the server sees it: the plugin's own connection, a document, and an outbox. */
class Sheep {
  readonly document: string
  readonly doc = new Y.Doc()
  readonly connection: Connection
  readonly outbox: Uint8Array[] = []
  /** Of the outbox, by this connection. */
  #sent = 0
  #counted = 0
  #n = 0
  #reach = { epoch: 0, seq: 0 }

  constructor(of: Server, person: string, document: string) {
    this.document = document
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'log') return
      this.outbox.push(update)
      this.#send()
    })
    this.connection = new Connection({
      url: `${of.url.replace('http', 'ws')}/sync/${document}`,
      build: 'test',
      fetchTicket: () => sign({ person, groups: GROUPS, scope: 'ticket', document }),
      exchange: {
        url: `${of.url}/api/v1/documents/${document}/exchange`,
        session: person,
        apiToken: () => sign({ person, groups: GROUPS, expires: 200 }),
        waitMs: 25_000,
        presence: () => new Uint8Array(),
        settled: () => Promise.resolve(),
      },
      greeting: () => [
        {
          channel: 'content',
          epoch: this.#reach.epoch,
          afterSeq: this.#reach.seq,
          clientIds: [this.doc.clientID],
        },
      ],
      onFrame: (frame) => this.#take(frame),
      onChange: () => {},
    })
  }

  get isBack(): boolean {
    return this.connection.state.kind === 'online'
  }
  get text(): string {
    return this.doc.getText(TITLE).toString()
  }
  type(letters: string): void {
    this.doc.getText(TITLE).insert(0, letters)
  }

  #take(frame: ServerFrame): void {
    switch (frame.kind) {
      case 'welcome':
        this.#reach = { epoch: frame.channels[0]!.epoch, seq: this.#reach.seq }
        this.#sent = this.#counted = 0
        // The connection is told of its welcome before it takes frames to send.
        queueMicrotask(() => this.#send())
        return
      case 'snapshot':
        Y.applyUpdate(this.doc, gunzipSync(frame.gzip), 'log')
        this.#reach.seq = frame.toSeq
        return
      case 'entries':
        for (const update of frame.updates) Y.applyUpdate(this.doc, update, 'log')
        this.#reach.seq = frame.toSeq
        return
      case 'ack': {
        const news = frame.count - this.#counted
        this.#counted = frame.count
        this.#sent -= news
        this.outbox.splice(0, news)
        this.#reach.seq = Math.max(this.#reach.seq, frame.seq)
        return
      }
      case 'refused':
        throw new Error(`refused: ${frame.code}`)
      default:
    }
  }
  #send(): void {
    if (!this.isBack) return
    for (const update of this.outbox.slice(this.#sent)) {
      this.#sent += 1
      this.connection.send({ kind: 'update', channel: 'content', n: ++this.#n, update })
    }
  }
}

async function newPlan(of: Server): Promise<string> {
  return planOverRest(of.url, await sign({ person: 'ane', groups: GROUPS }), 'Kultura', { eu: '' })
}

const KILLED = ['killed', async (of: Server) => void (await of.kill())] as const
const STOPPED = ['asked to stop', async (of: Server) => void (await of.terminate())] as const

describe('everybody dropped at once', () => {
  it.each(LONG ? [KILLED, STOPPED] : [KILLED])(
    '[W9] by a server that is %s: all are back in a minute and know what was acknowledged',
    async (_, drop) => {
      const far = (server = await startTestServer(NEXTCLOUD))
      const plans: string[] = []
      for (let i = 0; i < DOCUMENTS; i++) plans.push(await newPlan(far))
      for (let i = 0; i < SESSIONS; i++) {
        const sheep = new Sheep(far, `person${i}`, plans[i % DOCUMENTS]!)
        herd.push(sheep)
        sheep.connection.connect()
        if (i % AT_ONCE === AT_ONCE - 1) await until(() => herd.every((s) => s.isBack), 'these are in')
      }
      await until(() => herd.every((s) => s.isBack), 'everybody is in')
      herd.forEach((sheep, i) => sheep.type(`[${i} before]`))
      await until(() => herd.every((s) => s.outbox.length === 0), 'the first words are acknowledged', 60_000)
      // On their way at that very moment: acknowledged or not, they must arrive.
      herd.forEach((sheep, i) => sheep.type(`[${i} meanwhile]`))

      const dropped = performance.now()
      await drop(far)
      await until(() => herd.every((s) => !s.isBack), 'everybody has noticed')
      herd.forEach((sheep, i) => sheep.type(`[${i} offline]`))
      await far.start()
      await until(
        () => herd.every((s) => s.isBack),
        'everybody is back',
        BACK_WITHIN_MS - (performance.now() - dropped),
      )
      await until(() => herd.every((s) => s.outbox.length === 0), 'everything is acknowledged', 60_000)
      const texts = new Map(plans.map((plan) => [plan, herd.find((s) => s.document === plan)!]))
      await until(
        () => herd.every((s) => s.text === texts.get(s.document)!.text),
        'everybody reads the same',
        60_000,
      )
      for (const [i, sheep] of herd.entries())
        for (const when of ['before', 'meanwhile', 'offline'])
          expect(sheep.text.split(`[${i} ${when}]`)).toHaveLength(2)
    },
    400_000,
  )
})
