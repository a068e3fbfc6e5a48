/** The demo inside the test's own process: real pages for a browser, and its parts within reach of the test. */
import { rm } from 'node:fs/promises'
import type { DependencyContainer } from 'tsyringe'
import type { DocumentId, PersonId, TeamId } from '@auzolan/shared/ids.ts'
import { readConfig } from '@auzolan/server/src/config.ts'
import { DOCUMENTS, TEAMS } from '@auzolan/server/src/container.ts'
import { HARANBERRI_PLAN } from '@auzolan/server/src/standalone/sample-plan.ts'
import { startServer } from '@auzolan/server/src/server.ts'
import { storeOfRun } from './postgres.ts'
import { teamOf } from './teams.ts'
import { freePort } from './free-port.ts'
import { temporaryFolder } from './server.ts'

export interface DemoHere {
  readonly url: string
  readonly port: number
  readonly container: DependencyContainer
  readonly dataFolder: string
  /** A plan of its own, filled like the one of Haranberri: Culture and Youth write it, the mayor's office reads it. */
  plan(): Promise<DocumentId>
  /** Takes a plan away from Culture, as when somebody leaves the team. */
  removeCulture(plan: DocumentId): Promise<void>
  stop(): Promise<void>
}

export async function startDemoHere(): Promise<DemoHere> {
  const [port, dataFolder] = [await freePort(), await temporaryFolder()]
  const database = await storeOfRun()
  const { container, stop } = await startServer(
    readConfig(
      {
        AUZOLAN_PORT: String(port),
        AUZOLAN_DATA: dataFolder,
        AUZOLAN_LOG_LEVEL: 'silent',
        ...(database ? { AUZOLAN_DATABASE_URL: database.url } : {}),
      },
      true,
    ),
  )
  const documents = container.resolve(DOCUMENTS)
  const teams = new Map<DocumentId, TeamId>()
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    container,
    dataFolder,
    async plan() {
      const teamId = await teamOf(
        container.resolve(TEAMS),
        'Sare sozialen lantaldea',
        ['person', 'kultura-cm', 'editor'],
        ['person', 'gazteria-teknikaria', 'editor'],
        ['person', 'alkatetza', 'director'],
      )
      const by = 'kultura-cm' as Parameters<typeof documents.create>[0]['by']
      const plan = await documents.create({
        teamId,
        languages: ['eu', 'es'],
        template: HARANBERRI_PLAN,
        by,
      })
      teams.set(plan, teamId)
      return plan
    },
    async removeCulture(plan) {
      const culture = { person: 'kultura-cm' as PersonId, name: '', groups: [], teams: [], language: 'eu' }
      await container
        .resolve(TEAMS)
        .removeMember(
          teams.get(plan)!,
          { kind: 'person', id: culture.person },
          { ...culture, admin: false, issuedAt: 0 },
        )
    },
    async stop() {
      await stop()
      await database?.drop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}
