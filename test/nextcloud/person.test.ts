// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns the proof that a real Nextcloud hands somebody what we hold of them, and has them erased once their account is gone. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HeldOf } from '@auzolan/shared/protocol/personal-data.ts'
import { startTestServer, until, type TestServer } from '../support/server.ts'
import { openWriter } from '../support/wire.ts'
import { ocs, planFor } from './caller.ts'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud, type Person } from './nextcloud.ts'
import { nextcloudPath, php, phpEnvironment } from './php.ts'

const SECRET = '0123456789abcdef'.repeat(4)

describe.runIf(nextcloudPath !== null)('a person', { timeout: 120_000 }, () => {
  let nextcloud: Nextcloud
  let server: TestServer & { stop(): Promise<void> }
  let ane: Person

  beforeAll(async () => {
    nextcloud = await startNextcloud()
    ane = await nextcloud.addUser('ane', 'Ane-Udala-2026', 'Ane of the council')
    await nextcloud.addUser('jon', 'Jon-Udala-2026', 'Jon of the council')
    server = await startTestServer({ url: nextcloud.url, secret: SECRET })
    await nextcloud.setConfig(server.url, SECRET)
    const plan = await planFor(nextcloud, ane, { kind: 'person', id: 'jon' })
    const ticket = async (): Promise<string> =>
      (
        await ocs<{ ticket: string }>(nextcloud, ane, 'POST', '/apps/auzolan/api/v1/ticket', {
          document: plan,
        })
      ).data.ticket
    const writer = await openWriter({ port: server.port, ticket }, 'ane', plan)
    const [update] = writer.edit((doc) => doc.getText('identity.title:eu').insert(0, 'Kaixo'))
    expect(await writer.write(update!)).toBeNull()
    await writer.close()
  }, NEXTCLOUD_START_MS)
  afterAll(async () => {
    await server?.stop()
    await nextcloud?.stop()
  })

  const occ = (...words: string[]) =>
    promisify(execFile)('php', ['occ', '--no-interaction', '--no-ansi', ...words], {
      cwd: nextcloud.tree,
      env: phpEnvironment(),
    }).then(
      ({ stdout }) => ({ code: 0, out: stdout }),
      (error: { code: number; stdout: string }) => ({ code: error.code, out: error.stdout }),
    )

  /** What the app of exports does: it asks each app for its part. */
  const exported = (): Promise<string> =>
    php(
      [
        '-r',
        `require 'lib/base.php';
         $destination = new class implements OCP\\UserMigration\\IExportDestination {
           public function addFileContents(string $path, string $content): void { echo $path, "\\n", $content; }
           public function addFileAsStream(string $path, $stream): void {}
           public function copyFolder(OCP\\Files\\Folder $folder, string $destinationPath, ?callable $nodeFilter = null): void {}
           public function setMigratorVersions(array $versions): void {}
           public function close(): void {}
         };
         OC_App::loadApp('auzolan');
         OCP\\Server::get(OCA\\Auzolan\\UserMigration\\Migrator::class)->export(
           OCP\\Server::get(OCP\\IUserManager::class)->get('ane'), $destination, new Symfony\\Component\\Console\\Output\\NullOutput());`,
      ],
      { cwd: nextcloud.tree },
    )

  test('[ER4] finds our part in the export of their account, and an export without it is none', async () => {
    const [path, ...json] = (await exported()).split('\n')
    expect(path).toBe('auzolan/person.json')
    const held = JSON.parse(json.join('\n')) as HeldOf
    expect(held.person).toBe('ane')
    expect(Object.keys(held.rows)).toEqual(expect.arrayContaining(['author', 'membership', 'named', 'audit']))
    await server.kill()
    await expect(exported()).rejects.toThrow('Auzolan could not be asked')
    await server.start()
  })

  test('[ER5] [ER6] is erased once the account is gone, and not before', async () => {
    const early = await occ('auzolan:erase-person', 'ane')
    expect(early).toMatchObject({ code: 2 })
    expect(early.out).toContain('IN_USE')
    const preview = await occ('auzolan:erase-person', 'ane', '--preview', '--output=json')
    expect([preview.code, (JSON.parse(preview.out) as { pseudonymised: number }).pseudonymised > 0]).toEqual([
      0,
      true,
    ])
    await nextcloud.occ('user:delete', 'ane')
    await until(
      async () => (await occ('auzolan:erase-person', 'ane', '--preview')).code === 0,
      'the server answers',
    )
    const erased = await occ('auzolan:erase-person', 'ane')
    expect([erased.code, erased.out]).toEqual([0, expect.stringMatching(/by P-[0-9A-F]{8}\./)])
    expect((await occ('auzolan:erase-person', 'ane')).out).toContain('by nobody')
    expect((await occ('auzolan:erase-person')).code).not.toBe(0)
  })
})
