/** A server inside the test's own process, so that its parts can be reached; its Nextcloud is the test itself. */
import { rm } from 'node:fs/promises'
import type { DependencyContainer } from 'tsyringe'
import { EXCHANGE_TYPE, decodeExchangeAnswer, encodeExchange } from '@auzolan/shared/protocol/exchange.ts'
import type { ExchangeRequest } from '@auzolan/shared/protocol/exchange.ts'
import type { ServerFrame } from '@auzolan/shared/protocol/frames.ts'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import { readConfig } from '@auzolan/server/src/config.ts'
import { DOCUMENTS, TEAMS } from '@auzolan/server/src/container.ts'
import { planTemplate } from '@auzolan/server/src/documents/plan-template.ts'
import { startServer } from '@auzolan/server/src/server.ts'
import { NEXTCLOUD, sign } from './nextcloud-host.ts'
import { storeOfRun } from './postgres.ts'
import { teamOf } from './teams.ts'
import { freePort } from './free-port.ts'
import { temporaryFolder } from './server.ts'

/** Miren reads the plan, Outsider is in no team; everybody else writes because of a group. */
export function groupsOf(person: string): string[] {
  if (person === 'miren' || person === 'outsider') return []
  return [person === 'gorka' ? 'Gazteria' : 'Kultura']
}

export interface ServerHere {
  readonly url: string
  readonly port: number
  readonly container: DependencyContainer
  readonly dataFolder: string
  /** A new plan: the groups Kultura and Gazteria write it, Miren reads it. */
  plan(): Promise<DocumentId>
  ticket(person: string, document: string, issued?: number): Promise<string>
  /** Nextcloud says that accounts or groups have changed. */
  changed(change: {
    people?: string[]
    groups?: string[]
    teams?: string[]
    ended?: string[]
  }): Promise<number>
  exchange(
    token: string | null,
    document: string,
    request: Partial<ExchangeRequest> | Uint8Array<ArrayBuffer>,
  ): Promise<{ status: number; frames: ServerFrame[] }>
  stop(): Promise<void>
  /** Stops and starts again on the same data. */
  restart(): Promise<void>
}

/** @param now the server's clock on the wall */
export async function startHere(
  environment: NodeJS.ProcessEnv = {},
  now: () => Date = () => new Date(),
): Promise<ServerHere> {
  const [port, dataFolder] = [await freePort(), await temporaryFolder()]
  // Whoever looks after the folder looks after the store.
  const database = 'AUZOLAN_DATA' in environment ? null : await storeOfRun()
  const config = readConfig(
    {
      AUZOLAN_PORT: String(port),
      AUZOLAN_DATA: dataFolder,
      AUZOLAN_LISTEN: '127.0.0.1',
      AUZOLAN_LOG_LEVEL: 'silent',
      AUZOLAN_NEXTCLOUD_URL: NEXTCLOUD.url,
      AUZOLAN_SECRET: NEXTCLOUD.secret,
      ...(database ? { AUZOLAN_DATABASE_URL: database.url } : {}),
      ...environment,
    },
    false,
  )
  let running = await startServer(config, now, 0)
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    port,
    dataFolder,
    get container() {
      return running.container
    },
    async plan() {
      const documents = running.container.resolve(DOCUMENTS)
      const teamId = await teamOf(
        running.container.resolve(TEAMS),
        'Plana',
        ['group', 'Kultura', 'editor'],
        ['group', 'Gazteria', 'editor'],
        ['person', 'miren', 'reader'],
      )
      const languages = ['eu', 'es']
      const template = planTemplate(languages, { eu: 'Plana' })
      return documents.create({ teamId, languages, template, by: 'ane' as PersonId })
    },
    ticket: (person, document, issued = 0) =>
      sign({ person, groups: groupsOf(person), scope: 'ticket', document, issued }),
    async changed(change) {
      const body = JSON.stringify(change)
      const token = await sign({ person: 'nextcloud', scope: 'system', body })
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      return (await fetch(`${url}/api/v1/host/changed`, { method: 'POST', headers, body })).status
    },
    async exchange(token, document, request) {
      const body =
        request instanceof Uint8Array
          ? request
          : encodeExchange({
              session: 'test',
              build: 'test',
              waitMs: 0,
              channels: [],
              updates: [],
              ...request,
            })
      const headers = {
        'content-type': EXCHANGE_TYPE,
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      }
      const answer = await fetch(`${url}/api/v1/documents/${document}/exchange`, {
        method: 'POST',
        headers,
        body,
      })
      const bytes = new Uint8Array(await answer.arrayBuffer())
      return { status: answer.status, frames: (answer.ok && decodeExchangeAnswer(bytes)) || [] }
    },
    async stop() {
      await running.stop()
      await database?.drop()
      await rm(dataFolder, { recursive: true, force: true })
    },
    async restart() {
      await running.stop()
      running = await startServer(config, now, 0)
    },
  }
}
