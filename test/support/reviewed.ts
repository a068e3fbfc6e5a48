/** A team of invented people, a plan that lacks nothing, and the calls that bring it to a decision over REST. */
import { requiredFields } from '@auzolan/shared/checks/required.ts'
import { withEveryField } from '@auzolan/shared/schema/json.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import type { Problem } from '@auzolan/shared/protocol/rest.ts'
import type { Waiver } from '@auzolan/shared/receipt.ts'
import type { Review } from '@auzolan/shared/protocol/review.ts'
import { DOCUMENTS, ORGANISATION, TEAMS } from '@auzolan/server/src/container.ts'
import type { Documents } from '@auzolan/server/src/documents/documents.ts'
import { HARANBERRI_PLAN } from '@auzolan/server/src/standalone/sample-plan.ts'
import { startHere, type ServerHere } from './in-process.ts'
import { sign } from './nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from './nextcloud-server.ts'
import { teamOf } from './teams.ts'

export const WHO = ['ane', 'jon', 'mayor', 'lawyer', 'miren', 'outsider'] as const
export type Who = (typeof WHO)[number] | 'root'

export interface Reviewed {
  readonly server: ServerHere
  readonly nextcloud: NextcloudServer
  call<T = unknown>(who: Who | null, method: string, path: string, body?: unknown): Promise<Answer<T>>
  outcome(
    who: Who | null,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<[number, string | undefined]>
  /** Ane coordinates, Jon writes, the mayor directs, a lawyer has opinions, Miren reads. */
  plan(template?: Parameters<Documents['create']>[0]['template']): Promise<DocumentId>
  submit(id: DocumentId): Promise<Review>
  /** Sent to review and decided; gives the number of the version. */
  decided(
    id: DocumentId,
    verdict?: 'approve' | 'request_changes',
    waivers?: readonly Waiver[],
  ): Promise<number>
  describe(): Promise<void>
  stop(): Promise<void>
}
interface Answer<T> {
  readonly status: number
  readonly text: string
  readonly json: T
}

/** The plan of the demo without the two gaps it leaves to visitors; says what it lacks, before every review is refused. */
export function wholePlan(): typeof HARANBERRI_PLAN {
  const template = structuredClone(HARANBERRI_PLAN) as unknown as {
    planning: { audiences: { id: string; languages?: string[] }[] }
    profiles: { profiles: { id: string; hoursPerWeek?: number }[] }
  }
  template.planning.audiences.find((a) => a.id === 'a4')!.languages = ['es']
  template.profiles.profiles.find((p) => p.id === 'youtube')!.hoursPerWeek = 2
  const plan = withEveryField(PLAN, template, ['eu', 'es'])
  const lacking = requiredFields(PLAN, plan, { languages: ['eu', 'es'], today: '2026-11-26', inForce: false })
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity === 'block')
    .map(({ path }) => path)
  if (lacking.length > 0) throw new Error(`The plan of the demo lacks ${lacking.join(', ')}`)
  return template as unknown as typeof HARANBERRI_PLAN
}

export const REASON = 'Hau ez da oraindik garbi.'

export async function startReviewed(environment: NodeJS.ProcessEnv = {}): Promise<Reviewed> {
  const nextcloud = await startNextcloud()
  for (const person of WHO) nextcloud.users[person] = { enabled: true, groups: [], teams: [] }
  const server = await startHere({ AUZOLAN_NEXTCLOUD_INTERNAL_URL: nextcloud.url, ...environment })
  const call = async <T>(
    who: Who | null,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer<T>> => {
    const token = who === null ? null : await sign({ person: who, admin: who === 'root' })
    const response = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') && text !== ''
    return { status: response.status, text, json: (isJson ? JSON.parse(text) : null) as T }
  }
  const submit = async (id: DocumentId): Promise<Review> => {
    await call('ane', 'POST', `/documents/${id}/review`, {})
    return (await call<Review>('mayor', 'GET', `/documents/${id}/review`)).json
  }
  return {
    server,
    nextcloud,
    call,
    async outcome(who, method, path, body) {
      const { status, json } = await call<Problem | null>(who, method, path, body)
      return [status, json?.code]
    },
    async plan(template = wholePlan()) {
      const teamId = await teamOf(
        server.container.resolve(TEAMS),
        'Taldea',
        ['person', 'ane', 'coordinator'],
        ['person', 'jon', 'editor'],
        ['person', 'mayor', 'director'],
        ['person', 'lawyer', 'legal'],
        ['person', 'miren', 'reader'],
      )
      return server.container
        .resolve(DOCUMENTS)
        .create({ teamId, languages: ['eu', 'es'], template, by: 'ane' as PersonId })
    },
    submit,
    async decided(id, verdict = 'approve', waivers = []) {
      const { version } = await submit(id)
      const facts = { id: newUuid(), version: version.n, sha256: version.sha256, verdict }
      const more = verdict === 'approve' ? {} : { comment: REASON, sections: ['planning'] }
      const { status, text } = await call('mayor', 'POST', `/documents/${id}/decisions`, {
        ...facts,
        ...more,
        waivers,
      })
      if (status !== 204) throw new Error(`the decision was refused: ${text}`)
      return version.n
    },
    async describe() {
      const organisation = server.container.resolve(ORGANISATION)
      const { version, ...facts } = await organisation.read()
      const name = { eu: 'Haranberriko Udala', es: 'Ayuntamiento de Haranberri' }
      await organisation.change({ ...facts, name }, version, 'root' as PersonId)
    },
    async stop() {
      await server.stop()
      nextcloud.close()
    },
  }
}
