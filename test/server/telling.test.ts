/** Whom each deed of a review concerns: who is told, who is not, and when it is no longer true. */
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { REASON_MIN_CHARACTERS, TRASH_KEPT_MS } from '@auzolan/shared/limits.ts'
import type { Notice } from '@auzolan/shared/protocol/notices.ts'
import type { Review } from '@auzolan/shared/protocol/review.ts'
import { readConfig } from '@auzolan/server/src/config.ts'
import { ARRANGING, DOCUMENTS, JOURNAL, ORGANISATION, TEAMS } from '@auzolan/server/src/container.ts'
import { startServer } from '@auzolan/server/src/server.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { wholePlan } from '../support/reviewed.ts'
import { freePort } from '../support/free-port.ts'
import { temporaryFolder, until } from '../support/server.ts'
import { teamOf } from '../support/teams.ts'
import { openWriter } from '../support/wire.ts'

const REASON = 'x'.repeat(REASON_MIN_CHARACTERS)
let nextcloud: NextcloudServer
let server: ServerHere
/** Milliseconds the server's clock is ahead. */
let ahead = 0
beforeAll(async () => {
  nextcloud = await startNextcloud()
  for (const person of ['ane', 'jon', 'mayor', 'both', 'lawyer', 'linguist', 'boss'])
    nextcloud.users[person] = { enabled: true, groups: person === 'boss' ? ['Zuzendaritza'] : [], teams: [] }
  server = await startHere(
    { AUZOLAN_NEXTCLOUD_INTERNAL_URL: nextcloud.url },
    () => new Date(Date.now() + ahead),
  )
  const organisation = server.container.resolve(ORGANISATION)
  const { version, ...facts } = await organisation.read()
  const approvalRoutes = [{ type: 'plan' as const, opinions: ['legal' as const, 'language' as const] }]
  await organisation.change({ ...facts, approvalRoutes }, version, 'root' as PersonId)
})
afterAll(async () => {
  await server.stop()
  nextcloud.close()
})

async function call<T = unknown>(person: string, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await sign({ person, groups: person === 'boss' ? ['Zuzendaritza'] : [] })}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return (text === '' ? null : JSON.parse(text)) as T
}

/** What people have before them, as Nextcloud would show it: by key, without what was taken back. */
function before(): Map<string, Notice> {
  const shown = new Map<string, Notice>()
  for (const parcel of nextcloud.parcels) {
    if (parcel.kind === 'notify') shown.set(parcel.notice.key, parcel.notice)
    if (parcel.kind === 'dismiss') for (const key of parcel.keys) shown.delete(key)
  }
  return shown
}
const to = ({ to }: Notice): string[] => to.map(({ kind, id }) => (kind === 'person' ? id : `${kind} ${id}`))
let id: DocumentId
/** In a few words, of this document: what is told, about which version, to whom. */
const told = (): Record<string, string[]> =>
  Object.fromEntries(
    [...before().entries()]
      .filter(([, { document }]) => document === id)
      .map(([key, notice]) => [key.replace(`review/${id}/`, ''), to(notice)]),
  )
const tells = (what: Record<string, string[]>): Promise<void> =>
  until(
    () => JSON.stringify(sorted(told())) === JSON.stringify(sorted(what)),
    `told: ${JSON.stringify(what)}`,
  ).catch(() => expect(told()).toEqual(what))
const sorted = (of: Record<string, string[]>): [string, string[]][] => Object.entries(of).sort()

const submit = (by: string, body: object = {}): Promise<unknown> =>
  call(by, 'POST', `/documents/${id}/review`, body)
const review = (): Promise<Review> => call<Review>('mayor', 'GET', `/documents/${id}/review`)
const opinion = async (by: string, role: string): Promise<unknown> =>
  call(by, 'PUT', `/documents/${id}/review/opinions/${role}`, {
    version: (await review()).version.n,
    stance: 'favourable',
    text: '',
  })
async function decide(by: string, verdict: 'approve' | 'request_changes'): Promise<unknown> {
  const { version } = await review()
  return call(by, 'POST', `/documents/${id}/decisions`, {
    id: newUuid(),
    version: version.n,
    sha256: version.sha256,
    verdict,
    comment: verdict === 'approve' ? '' : REASON,
    sections: verdict === 'approve' ? [] : ['planning'],
  })
}

async function writes(person: string): Promise<void> {
  const writer = await openWriter(server, person, id)
  await writer.write(writer.edit((doc) => doc.getText('identity.title:eu').insert(0, 'Berria '))[0]!)
  await writer.close()
}

const ASKED = {
  '1/decide': ['group Zuzendaritza', 'mayor'],
  '1/opinion/language': ['linguist'],
  '1/opinion/legal': ['lawyer'],
}

beforeEach(async () => {
  const template = wholePlan()
  const teamId = await teamOf(
    server.container.resolve(TEAMS),
    'Taldea',
    ['person', 'ane', 'coordinator'],
    ['person', 'jon', 'editor'],
    ['person', 'mayor', 'director'],
    ['group', 'Zuzendaritza', 'director'],
    ['person', 'both', 'director'],
    ['person', 'both', 'editor'],
    ['person', 'lawyer', 'legal'],
    ['person', 'linguist', 'language'],
  )
  id = await server.container
    .resolve(DOCUMENTS)
    .create({ teamId, languages: ['eu', 'es'], template, by: 'ane' as PersonId })
  await writes('both')
})

describe('[NT1] whoever sends a text to review', () => {
  it('calls those who decide, and each role whose opinion is asked for; not those who wrote it', async () => {
    await submit('ane', { due: '2027-01-15' })
    await tells(ASKED)
    expect(before().get(`review/${id}/1/decide`)).toMatchObject({
      kind: 'decide',
      document: id,
      title: { eu: expect.any(String) },
      version: 1,
      by: { id: 'ane', name: expect.any(String) },
      due: '2027-01-15',
      except: ['both'],
    })
    expect(before().get(`review/${id}/1/opinion/legal`)).toMatchObject({ kind: 'opinion', role: 'legal' })
  })

  it('is not called, were they a director by a group: Nextcloud leaves them out by their name', async () => {
    await submit('both')
    await tells(ASKED)
    expect(before().get(`review/${id}/1/decide`)!.by!.id).toBe('both')
  })
})

describe('[NT3] what is over is taken back', () => {
  it('an opinion that was given, for those who could have given it', async () => {
    await submit('ane')
    await tells(ASKED)
    await opinion('lawyer', 'legal')
    await tells({ '1/decide': ASKED['1/decide'], '1/opinion/language': ['linguist'] })
  })

  it('everything that a version waited for, when it is decided; those who sent and write it learn how', async () => {
    await submit('ane')
    await opinion('lawyer', 'legal')
    await opinion('linguist', 'language')
    await decide('mayor', 'approve')
    await tells({ '1/approved': ['ane', 'both', 'jon'] })
    expect(before().get(`review/${id}/1/approved`)).toMatchObject({ by: { id: 'mayor' }, due: null })
  })

  it('the call for changes, when somebody takes the work up', async () => {
    await submit('jon', { due: '2027-01-15' })
    await decide('boss', 'request_changes')
    await tells({ '1/changes': ['jon', 'ane', 'both'] })
    await call('ane', 'POST', `/documents/${id}/review/resume`, {})
    await tells({})
    await submit('ane')
    await tells(Object.fromEntries(Object.entries(ASKED).map(([key, who]) => [key.replace('1', '2'), who])))
  })

  it('a text that was taken out of review; those who were asked learn it, until the next one comes', async () => {
    await submit('ane')
    await call('ane', 'POST', `/documents/${id}/review/withdraw`, {})
    await tells({ '1/withdrawn': ['group Zuzendaritza', 'both', 'mayor', 'lawyer', 'linguist'] })
    await submit('ane')
    await until(() => told()['1/withdrawn'] === undefined, 'nobody reads on about the first')
  })

  it('a document in the trash, and one that ended', async () => {
    await submit('ane')
    await tells(ASKED)
    await call('ane', 'POST', `/documents/${id}/trash`, {})
    await tells({})
    ahead = TRASH_KEPT_MS + 60_000
    nextcloud.ahead = Math.round(ahead / 1000)
    await server.container.resolve(ARRANGING).purge()
    await until(
      () =>
        nextcloud.parcels.some(
          (p) => p.kind === 'audit' && p.action === 'document.purge' && p.subject === id,
        ),
      'the audit has it',
    )
    ahead = nextcloud.ahead = 0
  })
})

describe('[NT1] a deed that was refused', () => {
  it('tells nobody', async () => {
    const other = newUuid()
    await submit('ane')
    await tells(ASKED)
    await expect(decide('mayor', 'approve')).rejects.toThrow('GATE_CLOSED')
    await expect(decide('ane', 'request_changes')).rejects.toThrow('NOT_ALLOWED')
    await expect(submit('ane')).rejects.toThrow('ILLEGAL_MOVE')
    await expect(call('ane', 'POST', `/documents/${other}/review`, {})).rejects.toThrow('404')
    await opinion('lawyer', 'legal')
    await tells({ '1/decide': ASKED['1/decide'], '1/opinion/language': ['linguist'] })
  })
})

describe('[NT8] Nextcloud’s audit hears', () => {
  it('of the decision, with who made it and the hash of the row, and of no text', async () => {
    await submit('ane', { note: 'Please read the annex first' })
    await decide('mayor', 'request_changes')
    await until(
      () => nextcloud.parcels.some((p) => p.kind === 'audit' && p.subject === id),
      'the decision has gone out',
    )
    const lines = nextcloud.parcels.filter((p) => p.kind === 'audit' && p.subject === id)
    expect(lines).toMatchObject([
      {
        action: 'review.decide',
        actor: 'mayor',
        detail: { version: 1, verdict: 'request_changes' },
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ])
    expect(JSON.stringify(nextcloud.parcels)).not.toContain('annex')
    expect(JSON.stringify(nextcloud.parcels)).not.toContain(REASON)
  })
})

describe('[NT2] after a while without Nextcloud', () => {
  it('only what is still true is told; decisions go on as they can', async () => {
    nextcloud.instead = { status: 500 }
    const earlier = nextcloud.parcels.length
    await submit('ane')
    await call('ane', 'POST', `/documents/${id}/review/withdraw`, {})
    await submit('ane')
    // Those who write notice nothing.
    await call('ane', 'POST', `/documents/${id}/review/withdraw`, {})
    await writes('jon')
    nextcloud.instead = null
    await tells({ '2/withdrawn': ['group Zuzendaritza', 'both', 'mayor', 'lawyer', 'linguist'] })
    const kinds = nextcloud.parcels
      .slice(earlier)
      .flatMap((p) => (p.kind === 'notify' ? [p.notice.kind] : []))
    expect(kinds).toEqual(['withdrawn'])
  })
})

describe('[NT9] the demo', () => {
  it('has nobody to tell, and keeps nothing for them; its metrics say how much waits', async () => {
    const [port, data, token] = [await freePort(), await temporaryFolder(), 'm'.repeat(32)]
    const environment = {
      AUZOLAN_PORT: String(port),
      AUZOLAN_DATA: data,
      AUZOLAN_LOG_LEVEL: 'silent',
      AUZOLAN_METRICS_TOKEN: token,
    }
    const demo = await startServer(readConfig(environment, true))
    const { rows } = demo.container.resolve(JOURNAL)
    expect((await rows.selectFrom('audit').select('n').execute()).length).toBeGreaterThan(0)
    await until(
      async () => (await rows.selectFrom('outbox').select('n').execute()).length === 0,
      'nothing is kept',
    )
    const metrics = await fetch(`${demo.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })
    const text = await metrics.text()
    expect(text).toMatch(/^auzolan_outbox_parcels \d+$/m)
    expect(text).toMatch(/^auzolan_outbox_oldest_seconds \d/m)
    expect(text).toMatch(/^auzolan_outbox_aside_total 0$/m)
    expect(text).toMatch(/^auzolan_housekeeping 1$/m)
    await demo.stop()
    await rm(data, { recursive: true })
  })
})
