// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** A real Nextcloud keeps the contract of a host, as the demo’s stand-in does (test/server/standalone-host.test.ts). */
import { afterAll, beforeAll, describe } from 'vitest'
import { hostContract } from '../support/host-contract.ts'
import { signIn, type NextcloudSession } from '../support/nextcloud-session.ts'
import { startTestServer } from '../support/server.ts'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud } from './nextcloud.ts'
import { nextcloudPath } from './php.ts'

const SECRET = '0123456789abcdef'.repeat(4)

describe.runIf(nextcloudPath !== null)('a real Nextcloud', { timeout: 90_000 }, () => {
  let nextcloud: Nextcloud
  let server: Awaited<ReturnType<typeof startTestServer>>
  let session: NextcloudSession
  let document: string
  const app = '/index.php/apps/auzolan'

  beforeAll(async () => {
    nextcloud = await startNextcloud()
    await nextcloud.addUser('ane', 'ane-password', 'Ane Etxeberria')
    server = await startTestServer({ url: nextcloud.url, secret: SECRET })
    // Known to Nextcloud only: a browser could not reach it.
    await nextcloud.setConfig('', SECRET)
    await nextcloud.occ('config:app:set', 'auzolan', 'server_internal_url', `--value=${server.url}`)
    session = await signIn(nextcloud.url, 'ane', 'ane-password')
    const made = await fetch(`${nextcloud.url}${app}/relay/documents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...session },
      body: JSON.stringify({ type: 'plan', title: { eu: 'Plana' }, team: { kind: 'person' } }),
    })
    document = ((await made.json()) as { id: string }).id
  }, NEXTCLOUD_START_MS)
  afterAll(async () => {
    await server?.stop()
    await nextcloud?.stop()
  })

  hostContract(() => ({
    url: nextcloud.url,
    app,
    document,
    person: { id: 'ane', headers: { ...session } },
    forged: { cookie: session.cookie },
  }))
})
