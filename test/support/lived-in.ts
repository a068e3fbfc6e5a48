/** A server process over a furnished house, and everything that people do there: every route, sockets, the exchange, what Nextcloud says. */
import { rm } from 'node:fs/promises'
import type * as Y from 'yjs'
import { WebSocket } from 'ws'
import { newEventId } from '@auzolan/shared/comments/said.ts'
import { newUuid } from '@auzolan/shared/ids.ts'
import { COMMENTS_ROOT } from '@auzolan/shared/schema/comments.ts'
import { furnish, PEOPLE, type House, type Letter } from './furnished.ts'
import { GOOD_CALLS, callOf, type Route } from './good-calls.ts'
import { NEXTCLOUD, sign, type Signing } from './nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from './nextcloud-server.ts'
import { startReviewed } from './reviewed.ts'
import { startTestServer, temporaryFolder, until, type TestServer } from './server.ts'
import { openWriter } from './wire.ts'

/** As people have it in their browser; nothing is to go there. */
export const PUBLIC_URL = 'https://cloud.haranberri.example'

export interface Answer {
  readonly route: string
  readonly status: number
  readonly headers: Headers
  readonly text: string
}
export interface LivedIn {
  readonly server: TestServer & { stop(): Promise<void> }
  readonly nextcloud: NextcloudServer
  readonly house: House
  readonly folder: string
  /** Every token and ticket that was shown to the server. */
  readonly shown: string[]
  sign(what: Omit<Signing, 'issuer'>): Promise<string>
  /** Does all of it, and gives what was answered. */
  live(): Promise<Answer[]>
  stop(): Promise<void>
}

/** @param under see `startTestServer` */
export async function startLivedIn(
  environment: NodeJS.ProcessEnv = {},
  under: readonly string[] = [],
): Promise<LivedIn> {
  const folder = await temporaryFolder()
  const before = await startReviewed({ AUZOLAN_DATA: folder })
  const house = await furnish(before)
  const { users } = before.nextcloud
  await before.stop()
  const nextcloud = await startNextcloud()
  nextcloud.users = users
  const server = await startTestServer(
    { url: PUBLIC_URL, secret: NEXTCLOUD.secret },
    { AUZOLAN_DATA: folder, AUZOLAN_NEXTCLOUD_INTERNAL_URL: nextcloud.url, ...environment },
    under,
  )
  const shown: string[] = []
  const signed = async (what: Omit<Signing, 'issuer'>): Promise<string> => {
    const token = await sign({ ...what, issuer: PUBLIC_URL })
    shown.push(token)
    return token
  }
  const ticket = (person: string, document: string): Promise<string> =>
    signed({ person, scope: 'ticket', document })
  const reached = { port: server.port, ticket }

  async function call(route: Route, who: Letter, token: string): Promise<Answer> {
    const plan = house.plans[who === 'D' ? 'in review' : who === 'L' ? 'published' : 'draft']
    const { method, path, headers, body } = callOf(route, house, plan, who)
    const response = await fetch(`${server.url}/auzolan/api/v1${path}`, {
      method,
      headers: { ...headers, authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body }),
    })
    return {
      route: route.route,
      status: response.status,
      headers: response.headers,
      text: await response.text(),
    }
  }
  async function write(channel: 'content' | 'comments' | 'calendar', step: (doc: Y.Doc) => void) {
    const writer = await openWriter(reached, 'edurne', house.plans.changes.id, channel)
    for (const update of writer.edit(step)) {
      const refused = await writer.write(update)
      if (refused) throw new Error(`${channel}: ${refused}`)
    }
    await writer.close()
  }
  async function stock(): Promise<void> {
    const { id } = house.plans.changes
    const pass = Buffer.from(await ticket('edurne', id)).toString('base64url')
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/auzolan/sync/${id}/content`, [
      'auzolan.y',
      `ticket.${pass}`,
    ])
    await new Promise((resolve, reject) => socket.once('message', resolve).once('error', reject))
    socket.close()
  }
  async function fromNextcloud(what: string, content: object): Promise<Answer> {
    const body = JSON.stringify(content)
    const token = await signed({ person: 'nextcloud', scope: 'system', body })
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const response = await fetch(`${server.url}/api/v1/host/${what}`, { method: 'POST', headers, body })
    return {
      route: what,
      status: response.status,
      headers: response.headers,
      text: await response.text(),
    }
  }
  return {
    ...{ server, nextcloud, house, folder, shown, sign: signed },
    async live() {
      const answers: Answer[] = []
      // What takes a document away comes last.
      const isLast = ({ route }: Route): number => Number(/trash|archive|move|DELETE/.test(route))
      const calls = GOOD_CALLS.toSorted((a, b) => isLast(a) - isLast(b))
      await write('content', (doc) => doc.getText('identity.title:eu').insert(0, 'Idatzia '))
      await write('comments', (doc) => {
        const id = newEventId(doc.clientID)
        const mentions = ['mayor']
        doc.getArray(COMMENTS_ROOT).push([{ id, thread: id, kind: 'comment', body: 'Begira', mentions }])
      })
      await stock()
      for (const who of ['C', 'D', 'L', 'A'] as const) {
        const token = await signed({ person: PEOPLE[who].person, admin: who === 'A', expires: 290 })
        for (const route of calls) answers.push(await call(route, who, token))
      }
      answers.push(await fromNextcloud('self-test', { nonce: newUuid() }))
      answers.push(await fromNextcloud('changed', { people: ['nagore'] }))
      await until(() => nextcloud.parcels.length > 0, 'what happened is told to Nextcloud')
      return answers
    },
    async stop() {
      await server.stop()
      nextcloud.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
