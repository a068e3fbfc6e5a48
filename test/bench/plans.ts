/** Plans for our server to be measured with, made before it starts: over the wire one person may have a hundred at once. */
import { DOCUMENTS, TEAMS } from '@auzolan/server/src/container.ts'
import { readConfig } from '@auzolan/server/src/config.ts'
import { startServer } from '@auzolan/server/src/server.ts'
import { teamOf } from '../support/teams.ts'
import { freePort } from '../support/free-port.ts'

/** @returns empty plans that the person may write */
export async function makePlans(folder: string, count: number, person: string): Promise<string[]> {
  const { container, stop } = await startServer(
    readConfig(
      { AUZOLAN_PORT: String(await freePort()), AUZOLAN_DATA: folder, AUZOLAN_LOG_LEVEL: 'silent' },
      true,
    ),
  )
  const teamId = await teamOf(container.resolve(TEAMS), 'Neurketa', ['person', person, 'editor'])
  const documents = container.resolve(DOCUMENTS)
  const by = person as Parameters<typeof documents.create>[0]['by']
  const plans: string[] = []
  for (let n = 0; n < count; n++)
    plans.push(await documents.create({ teamId, languages: ['eu'], template: {}, by }))
  await stop()
  return plans
}
