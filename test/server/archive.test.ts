/** Approved versions on their way to the archive: posted with the approval, kept until they are there, noted once. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { ARCHIVE_NAME_MAX_BYTES } from '@auzolan/shared/limits.ts'
import { isConfirmed, verifyReceipt } from '@auzolan/shared/receipt.ts'
import { openReceiptFile } from '@auzolan/shared/receipt-file.ts'
import { Archive, nameOf } from '@auzolan/server/src/archive/archive.ts'
import { ArchiveRounds } from '@auzolan/server/src/archive/archive-rounds.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import { keyToNextcloud } from '@auzolan/server/src/access/keys.ts'
import {
  DECISIONS,
  DOCUMENTS,
  JOURNAL,
  ORGANISATION,
  REFERENCE_LISTS,
  REVIEWS,
  SIGNING_KEYS,
  SUBMISSIONS,
  TEAMS,
  VERSIONS,
} from '@auzolan/server/src/container.ts'
import { Nextcloud } from '@auzolan/server/src/nextcloud/nextcloud.ts'
import { waitingForArchive } from '@auzolan/server/src/archive/waiting.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { NEXTCLOUD } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { wholePlan } from '../support/reviewed.ts'
import { FACTS, newKey } from '../support/receipts.ts'
import { teamOf } from '../support/teams.ts'

let nextcloud: NextcloudServer
let server: ServerHere
beforeAll(async () => {
  nextcloud = await startNextcloud()
  nextcloud.users['mayor'] = { enabled: true, groups: [], teams: [] }
  server = await startHere({ AUZOLAN_NEXTCLOUD_INTERNAL_URL: nextcloud.url })
})
afterAll(async () => {
  await server.stop()
  nextcloud.close()
})
beforeEach(async () => {
  nextcloud.archive = 'Artxiboa'
  nextcloud.instead = null
  nextcloud.calls.length = 0
  await rows().deleteFrom('to_archive').execute()
})

const rows = () => server.container.resolve(JOURNAL).rows
const archive = (): Archive =>
  new Archive({
    journal: server.container.resolve(JOURNAL),
    versions: server.container.resolve(VERSIONS),
    organisation: server.container.resolve(ORGANISATION),
    lists: server.container.resolve(REFERENCE_LISTS),
    keys: server.container.resolve(SIGNING_KEYS),
    nextcloud: new Nextcloud({
      url: nextcloud.url,
      host: null,
      key: keyToNextcloud(NEXTCLOUD.secret),
      now: () => new Date(),
    }),
    now: () => new Date(),
  })
const warnings: object[] = []
const archiving = (of: Archive | null = archive()): ArchiveRounds =>
  new ArchiveRounds({
    journal: server.container.resolve(JOURNAL),
    archive: of,
    log: { warn: (facts: object) => void warnings.push(facts) } as never,
  })
const claims = (person: string): Claims => ({
  person: person as PersonId,
  name: person,
  groups: [],
  teams: [],
  language: 'eu',
  admin: false,
  issuedAt: 0,
})
async function decided(verdict: 'approve' | 'request_changes' = 'approve'): Promise<DocumentId> {
  const template = wholePlan()
  const teamId = await teamOf(
    server.container.resolve(TEAMS),
    'Taldea',
    ['person', 'ane', 'coordinator'],
    ['person', 'mayor', 'director'],
  )
  const by = 'ane' as PersonId
  const id = await server.container
    .resolve(DOCUMENTS)
    .create({ teamId, languages: ['eu', 'es'], template, by })
  await server.container.resolve(SUBMISSIONS).submit(claims('ane'), id, { note: '', due: null })
  const review = await server.container.resolve(REVIEWS).read(claims('mayor'), id)
  if (isRefusal(review)) throw new Error(review.detail)
  const { n, sha256 } = review.version
  const refused = await server.container.resolve(DECISIONS).decide(claims('mayor'), id, {
    id: newUuid(),
    version: n,
    sha256,
    verdict,
    comment: 'Ez da nahikoa, hitz gehiago behar dira.',
    sections: ['planning'],
    conditions: '',
    waivers: [],
    overrides: [],
  })
  expect(refused).toBeNull()
  return id
}
const waiting = () => waitingForArchive(rows())
const sent = () => nextcloud.calls.filter(({ what }) => what === 'archive')
const noted = async (id: string) =>
  (
    await rows()
      .selectFrom('audit')
      .select('detail')
      .where('subject', '=', id)
      .where('action', '=', 'version.archive')
      .execute()
  ).map(({ detail }) => JSON.parse(detail) as { version: number; files: string[] })

describe('[RM7] an approved version', () => {
  it('is posted with the approval, and nothing is with a request for changes', async () => {
    const id = await decided()
    expect(await waiting()).toEqual([{ document: id, version: 1 }])
    await rows().deleteFrom('to_archive').execute()
    await decided('request_changes')
    expect(await waiting()).toEqual([])
  })

  it('arrives as a file that proves itself and a copy to read, once; the chain says where', async () => {
    const id = await decided()
    expect([await archiving().look(), await archiving().look()]).toEqual([1, 0])
    expect(await waiting()).toEqual([])
    const [call, ...more] = sent()
    expect(more).toEqual([])
    const [proof, copy] = call!.body.files!
    expect(proof!.name).toMatch(/^Haranberriko sare sozialen plana 2027 v1 [0-9a-f]{8} [0-9a-f]{12}\.json$/)
    expect(proof!.name).toContain(id.slice(0, 8))
    expect(copy!.name).toBe(proof!.name.replace(/json$/, 'md'))
    const brought = openReceiptFile(proof!.content)
    expect(isConfirmed(await verifyReceipt(brought.receipt, brought.text!, [brought.publicKey!]))).toBe(true)
    expect(copy!.content).toContain('# Haranberriko sare sozialen plana 2027')
    expect(copy!.content).toContain(proof!.name.split(' v1 ')[1]!)
    expect(await noted(id)).toEqual([
      { version: 1, files: [`Artxiboa/${proof!.name}`, `Artxiboa/${copy!.name}`] },
    ])
  })

  it('sent twice is noted once, and says the same', async () => {
    const id = await decided()
    const [parcel] = await waiting()
    const both = [await archive().deliver(parcel!), await archive().deliver(parcel!)]
    expect(both.map(({ kind }) => kind)).toEqual(['answered', 'answered'])
    const [one, other] = sent()
    expect(one!.body).toEqual(other!.body)
    expect(await noted(id)).toHaveLength(1)
  })

  it('waits while it cannot be written, and lets the next one try; it is said once', async () => {
    await decided()
    await decided()
    nextcloud.instead = { status: 507 }
    warnings.length = 0
    const lane = archiving()
    expect([await lane.look(), await lane.look()]).toEqual([0, 0])
    expect([sent().length, warnings.length]).toEqual([4, 2])
    expect(await waiting()).toHaveLength(2)
    nextcloud.instead = null
    expect(await lane.look()).toBe(2)
    expect(await waiting()).toEqual([])
  })

  it('waits in peace while Nextcloud is in maintenance', async () => {
    await decided()
    await decided()
    nextcloud.instead = { status: 503 }
    expect(await archiving().look()).toBe(0)
    expect(sent()).toHaveLength(1)
    expect(await waiting()).toHaveLength(2)
  })

  it('that nobody wants, or that is gone, is done with', async () => {
    nextcloud.archive = null
    const id = await decided()
    expect(await archiving().look()).toBe(1)
    expect([await waiting(), await noted(id)]).toEqual([[], []])
    const gone = { document: newUuid() as DocumentId, version: 1 }
    expect((await archive().deliver(gone)).kind).toBe('answered')
    await decided()
    expect(await archiving(null).look()).toBe(0)
    expect(await waiting()).toEqual([])
  })

  it('that answers with something else is not taken for written', async () => {
    await decided()
    nextcloud.instead = { status: 200, body: '{"ocs":{"data":[]}}' }
    expect(await archiving().look()).toBe(0)
    expect(await waiting()).toHaveLength(1)
  })
})

describe('[RM7] the name of the files', () => {
  const named = (title: string) =>
    nameOf({ receipt: newKey().sign({ ...FACTS, title: { eu: title } }) }, ['eu'])
  const exact = `v3 ${FACTS.document.slice(0, 8)} ${FACTS.sha256.slice(0, 12)}`
  it.each([
    ['Plana 2027', `Plana 2027 ${exact}`],
    ['../..\\a/b: "c" <d>|e?*\n', `a b c d e ${exact}`],
    ['.htaccess', `htaccess ${exact}`],
    ['', exact],
    ['Plana...', `Plana ${exact}`],
  ])('of %j', (title, expected) => {
    expect(named(title)).toBe(expected)
  })
  it('is never longer than a disk takes, and cuts no sign in two', () => {
    for (const sign of ['a', 'ñ', '語', '🙂']) {
      const name = named(sign.repeat(300))
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(ARCHIVE_NAME_MAX_BYTES)
      expect(Buffer.byteLength(name)).toBeGreaterThan(ARCHIVE_NAME_MAX_BYTES - 4)
      expect(name.isWellFormed()).toBe(true)
    }
  })
})
