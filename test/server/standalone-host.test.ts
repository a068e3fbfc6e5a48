/** The demo’s stand-in keeps the contract of a host; test/nextcloud/host-contract.test.ts says the same of Nextcloud. */
import { afterAll, beforeAll, describe } from 'vitest'
import { hostContract } from '../support/host-contract.ts'
import { startTestServer } from '../support/server.ts'

describe.each(['/apps/auzolan', '/index.php/apps/auzolan'])('the demo at %s', (app) => {
  let server: Awaited<ReturnType<typeof startTestServer>>
  let document: string
  beforeAll(async () => {
    server = await startTestServer()
    document = await server.plan()
  })
  afterAll(() => server.stop())
  const id = 'kultura-cm'
  hostContract(() => ({
    url: server.url,
    app,
    document,
    person: { id, headers: { requesttoken: `standalone:${id}` } },
  }))
})
