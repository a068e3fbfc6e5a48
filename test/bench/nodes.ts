/**
 * What one, two and three nodes on one PostgreSQL carry: durable edits a second, and the processor that nodes and database use for it.
 * Run by itself: `node test/bench/nodes.ts [seconds] [documents] [writers a document]`. Everybody writes as fast as they are acknowledged, over
 * the wire of our own client; once with all writers of a document at one node, and once (the worst there is) each at another than the one beside them.
 */
import { NEXTCLOUD, sign } from '../support/nextcloud-host.ts'
import { startOwnPostgres } from '../support/own-postgres.ts'
import { planOverRest } from '../support/plan-over-rest.ts'
import { startTestServer } from '../support/server.ts'
import { openWriter, type Writer } from '../support/wire.ts'
import { useOf } from './processes.ts'

const [SECONDS = 10, DOCUMENTS = 12, WRITERS = 3] = process.argv.slice(2).map(Number)
const GROUPS = ['Kultura']
const TITLE = 'identity.title:eu'
/** Updates a writer has under way. */
const IN_FLIGHT = 4

const ticket = (person: string, document: string): Promise<string> =>
  sign({ person, groups: GROUPS, scope: 'ticket', document })

async function writeOn(writer: Writer, until: number, latencies: number[]): Promise<void> {
  let [n, acknowledged] = [0, 0]
  const began: number[] = []
  while (performance.now() < until) {
    while (n - acknowledged < IN_FLIGHT) {
      const [update] = writer.edit((doc) => doc.getText(TITLE).insert(0, 'a'))
      began[n] = performance.now()
      writer.say({ kind: 'update', channel: 'content', n: ++n, update: update! })
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
    const ack = writer.frames.findLast((f) => f.kind === 'ack')
    for (const now = performance.now(); ack && acknowledged < ack.count; acknowledged++)
      latencies.push(now - began[acknowledged]!)
    // Nothing of what was heard is kept: a hundred writers of a minute hear a great deal.
    writer.frames.splice(0, Math.max(0, writer.frames.length - 5))
    if (writer.closed() !== null) throw new Error(`sent away: ${writer.closed()}`)
  }
}

async function measure(count: number, apart: boolean): Promise<void> {
  const postgres = await startOwnPostgres({ max_connections: '200' })
  const nodes = await Promise.all(
    Array.from({ length: count }, () =>
      startTestServer(NEXTCLOUD, {
        AUZOLAN_DATABASE_URL: postgres.url,
        AUZOLAN_UPDATES_PER_SECOND: '100000',
        AUZOLAN_UPDATES_BURST: '100000',
      }),
    ),
  )
  try {
    const writers: Writer[] = []
    for (let d = 0; d < DOCUMENTS; d++) {
      const token = await sign({ person: 'ane', groups: GROUPS })
      const plan = await planOverRest(nodes[0]!.url, token, 'Kultura', { eu: `Plana ${d}` })
      for (let w = 0; w < WRITERS; w++) {
        const { port } = nodes[(apart ? d + w : d) % count]!
        writers.push(await openWriter({ port, ticket }, `p${d}-${w}`, plan))
      }
    }
    const latencies: number[] = []
    const cpu = (): [number, number] => [
      nodes.reduce((sum, node) => sum + useOf(node.pid()!).cpuSeconds, 0),
      useOf(postgres.pid()!).cpuSeconds,
    ]
    const [nodesBefore, postgresBefore] = cpu()
    const until = performance.now() + SECONDS * 1_000
    await Promise.all(writers.map((writer) => writeOn(writer, until, latencies)))
    const [nodesAfter, postgresAfter] = cpu()
    latencies.sort((a, b) => a - b)
    const at = (share: number): string => (latencies[Math.floor(latencies.length * share)] ?? NaN).toFixed(0)
    console.log(
      `${count} node(s), writers of a document ${apart ? 'apart' : 'together'}: ${(latencies.length / SECONDS).toFixed(0)} durable edits/s; acknowledged after ${at(0.5)} ms (half), ` +
        `${at(0.99)} ms (99 %); processor of nodes ${((nodesAfter - nodesBefore) / SECONDS).toFixed(2)}, of PostgreSQL ${((postgresAfter - postgresBefore) / SECONDS).toFixed(2)} cores`,
    )
    for (const writer of writers) await writer.close()
  } finally {
    for (const node of nodes) await node.stop()
    await postgres.remove()
  }
}

console.log(`${DOCUMENTS} documents, ${WRITERS} writers in each, ${SECONDS} s`)
for (const count of [1, 2, 3]) await measure(count, false)
for (const count of [2, 3]) await measure(count, true)
