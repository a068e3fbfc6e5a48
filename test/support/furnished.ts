/** A house with something in every room: a plan in each state there is, an evaluation, a tool, suggestions, and people of every role. */
import { createHash } from 'node:crypto'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import type { Visibility } from '@auzolan/shared/grants.ts'
import { languageSha256 } from '@auzolan/shared/posts/post.ts'
import { newEventId } from '@auzolan/shared/comments/said.ts'
import { COMMENTS_ROOT } from '@auzolan/shared/schema/comments.ts'
import { DOCUMENTS, TEAMS } from '@auzolan/server/src/container.ts'
import { COURSE, completePlan } from './complete.ts'
import { openCalendar } from './calendar-hand.ts'
import { decideTool, draftTool } from './decided-tool.ts'
import { sign } from './nextcloud-host.ts'
import { REASON, type Reviewed } from './reviewed.ts'
import { png } from './sample-files.ts'
import { SAIOA_SHEETS, handIn, openRound, withDepartments } from './scored.ts'
import { suggest } from './suggested.ts'
import { teamOf } from './teams.ts'
import { openWriter } from './wire.ts'

/** Everybody's part in it, by the letter it has in tables. Ane made the documents and Jon wrote in them; neither is here. */
export const PEOPLE = {
  C: { person: 'koldo', is: 'coordinator' },
  E: { person: 'edurne', is: 'editor' },
  D: { person: 'mayor', is: 'director' },
  L: { person: 'lawyer', is: 'legal' },
  T: { person: 'teknikaria', is: 'it' },
  H: { person: 'giza', is: 'hr' },
  G: { person: 'hizkuntza', is: 'language' },
  R: { person: 'miren', is: 'reader' },
  A: { person: 'root', is: 'administrator of Nextcloud, in no team' },
  N: { person: 'nagore', is: 'coordinator of another team' },
  S: { person: 'outsider', is: 'signed in, in no team' },
} as const
export type Letter = keyof typeof PEOPLE

/**
 * Where a document can be. `organisation`: a draft that everybody in the house may read and comment; `public`: approved, and everybody may
 * see it.
 */
export const STATES = [
  'draft',
  'organisation',
  'in review',
  'changes',
  'approved',
  'public',
  'published',
  'archived',
  'trash',
] as const
export type State = (typeof STATES)[number]

/** A document and what is in it. */
export interface Furnished {
  readonly id: DocumentId
  readonly post: string
  readonly file: string
  readonly consent: string
  readonly mention: string
  readonly block: string
  readonly suggestion: string
  /** Hash of what the post says in Basque. */
  readonly postText: string
  /** Of the text that was sent to review last; of nothing where none was. */
  readonly version: number
  readonly sha256: string
}
export interface House {
  readonly team: string
  readonly neighbours: string
  readonly plans: { readonly [state in State]: Furnished }
  /** Scored and revealed. */
  readonly evaluation: DocumentId
  /** A second round is open, in which everybody of the team scores. */
  readonly scoring: DocumentId
  /** Everybody has handed in, and nothing is revealed. */
  readonly sealed: DocumentId
  /** Decided on: in the catalogue. */
  readonly tool: DocumentId
  readonly suggestion: string
  readonly other: string
  readonly declined: string
  readonly linked: string
  /** Of the mayor, to the lawyer. */
  readonly delegation: string
  readonly material: string
  /** As it is described now, to be sent back as it is. */
  readonly organisation: object
}

export const MEDIUM: Buffer = png()
export const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
export const today = (): string => new Date().toISOString().slice(0, 10)
export const nextWeek = (): string => new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)

export async function furnish(r: Reviewed): Promise<House> {
  for (const { person } of Object.values(PEOPLE))
    r.nextcloud.users[person] = { enabled: true, groups: [], teams: [] }
  // Whom decisions are lent to.
  r.nextcloud.users['ordezkoa'] = { enabled: true, groups: [], teams: [] }
  await r.describe()
  await withDepartments(r)
  const teams = r.server.container.resolve(TEAMS)
  const members = Object.values(PEOPLE).slice(0, 8)
  const team = await teamOf(
    teams,
    'Taldea',
    ['person', 'ane', 'coordinator'],
    ['person', 'jon', 'editor'],
    ...members.map(({ person, is }) => ['person', person, is] as never),
  )
  const neighbours = await teamOf(
    teams,
    'Besteak',
    ['person', 'nagore', 'coordinator'],
    ['person', 'koldo', 'coordinator'],
  )
  const plans = {} as { [state in State]: Furnished }
  for (const state of STATES) plans[state] = await planIn(r, team, state)
  const evaluation = await draftTool(r, team, 'Berria')
  const scoring = await draftTool(r, team, 'Puntuatzen')
  await ok(r, 'ane', 'POST', `/documents/${scoring}/scoring/1/close`, {})
  await ok(r, 'ane', 'PUT', `/documents/${scoring}/scoring/2`, {
    evaluators: members.map(({ person }) => ({ person, name: person, department: 'kultura' })),
  })
  const sealed = await draftTool(r, team, 'Itxita')
  await ok(r, 'ane', 'POST', `/documents/${sealed}/scoring/1/close`, {})
  await openRound(r, sealed, 2, ['jon'])
  await handIn(r, 'jon', sealed, SAIOA_SHEETS[0]!, { n: 2 })
  const tool = await draftTool(r, team, 'Gela')
  await decideTool(r, tool)
  const named = async (name: string): Promise<string> => (await suggest(r, 'jon', name)).id
  const [suggestion, other, declined, linked] = [
    await named('Tresna Berria'),
    await named('Beste Bat'),
    await named('Ez Hau'),
    await named('Lotua'),
  ]
  await ok(r, 'root', 'POST', `/suggestions/${declined}/decline`, { reason: REASON })
  await ok(r, 'jon', 'POST', `/suggestions/${linked}/evaluation`, { document: evaluation })
  const delegation = (
    await ok<{ id: string }>(r, 'mayor', 'POST', `/teams/${team}/delegations`, {
      delegate: { id: 'lawyer', name: 'lawyer' },
      from: today(),
      to: nextWeek(),
    })
  ).id
  const material = newUuid()
  await ok(r, 'ane', 'PUT', `/catalogue/${tool}/materials/${material}`, {
    ...{ title: { eu: 'Gida' }, kind: 'guide', language: 'eu', url: 'https://cloud.example/f/12' },
    ...{ minutes: 5, updatedOn: today(), accessible: true },
  })
  await ok(r, 'ane', 'PUT', `/catalogue/${tool}/uses/gazteria`, {
    ...{ since: '2026-01-10', until: null, level: 'individual', useCase: { eu: 'Zirriborroak' } },
    ...{ people: 6, satisfaction: 4, dataClasses: ['public'] },
  })
  await ok(r, 'jon', 'PUT', `/catalogue/${tool}/teachers/me`, { department: 'kultura' })
  await ok(r, 'root', 'PUT', '/reference/phrases', {
    ...{ edition: 0, verifiedOn: '2026-11-25', source: 'Udala' },
    entries: [{ use: 'noPurpose', language: 'eu', phrase: 'Badaezpada ere' }],
  })
  const organisation = (await r.call<object>('root', 'GET', '/organisation')).json
  return {
    ...{ team, neighbours, plans, evaluation, scoring, sealed, tool, material, organisation },
    ...{ suggestion, other, declined, linked, delegation },
  }
}

async function ok<T = unknown>(
  r: Reviewed,
  who: Parameters<Reviewed['call']>[0],
  method: string,
  path: string,
  body: unknown,
): Promise<T> {
  const { status, text, json } = await r.call<T>(who, method, path, body)
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`)
  return json
}

async function planIn(r: Reviewed, team: string, state: State): Promise<Furnished> {
  const id = await r.server.container.resolve(DOCUMENTS).create({
    teamId: team as never,
    languages: ['eu', 'es'],
    template: completePlan() as never,
    by: 'ane' as PersonId,
  })
  const at = `/documents/${id}`
  const hand = await openCalendar({ ...r.server, ticket: ticketOf }, 'jon', id)
  const post = await hand.post({ title: 'Kontzertua', text: { eu: 'Plazan, bostetan.' } })
  const postText = languageSha256(hand.whole(post), 'eu')
  await hand.close()
  const [consent, mention, block] = [newUuid(), newUuid(), newUuid()]
  const talk = await openWriter({ ...r.server, ticket: ticketOf }, 'jon', id, 'comments')
  const suggestion = newEventId(talk.doc.clientID)
  const anchor = { path: 'identity.title:eu', quote: 'Plana' }
  const said = { id: suggestion, thread: suggestion, kind: 'suggest', body: '', anchor, text: 'Hobe' }
  for (const update of talk.edit((doc) => doc.getArray(COMMENTS_ROOT).push([said])))
    if (await talk.write(update)) throw new Error('the suggestion was refused')
  await talk.close()
  const sent = await fetch(`${r.server.url}/api/v1${at}/files/${shaOf(MEDIUM)}?name=irudia.png`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${await sign({ person: 'jon' })}`,
      'content-type': 'application/octet-stream',
    },
    body: new Uint8Array(MEDIUM),
  })
  if (!sent.ok) throw new Error(`the picture was refused: ${await sent.text()}`)
  const { sha256: file } = (await sent.json()) as { sha256: string }
  await ok(r, 'jon', 'POST', `${at}/consents`, consentOf(consent))
  await ok(r, 'jon', 'POST', `${at}/heard`, heardOf(mention))
  await ok(r, 'ane', 'POST', `${at}/moderation`, moderated(block))
  await ok(r, 'ane', 'PUT', `${at}/training/${COURSE}/jon`, { completedOn: '2026-10-01', name: 'Jon' })
  await ok(r, 'jon', 'POST', `${at}/versions`, { label: 'Lehena' })
  const show = (visibility: Visibility) => ok(r, 'ane', 'PUT', `${at}/visibility`, { visibility })
  let version = 1
  switch (state) {
    case 'draft':
      break
    case 'organisation':
      await show('organisation')
      await ok(r, 'ane', 'PUT', `${at}/commenting`, { commenting: 'readers' })
      break
    case 'in review':
      version = (await r.submit(id)).version.n
      break
    case 'changes':
      version = await r.decided(id, 'request_changes')
      break
    case 'approved':
      version = await r.decided(id)
      break
    case 'public':
      version = await r.decided(id)
      await show('public')
      break
    case 'published':
      version = await r.decided(id)
      await show('public')
      await ok(r, 'ane', 'POST', `${at}/publication`, { version })
      break
    case 'archived':
      version = await r.decided(id)
      await ok(r, 'ane', 'POST', `${at}/archive`, { reason: REASON })
      break
    case 'trash':
      await ok(r, 'ane', 'POST', `${at}/trash`, {})
  }
  const found = await r.call<{ sha256?: string }>('ane', 'GET', `${at}/versions/${version}`)
  const sha256 = found.json.sha256 ?? '0'.repeat(64)
  return { id, post, file, consent, mention, block, suggestion, postText, version, sha256 }
}

export const ticketOf = (person: string, document: string): Promise<string> =>
  sign({ person, scope: 'ticket', document })

export const consentOf = (id: string): object => ({
  ...{
    id,
    subject: 'P-017',
    subjectKind: 'adult',
    givenBy: 'self',
    scope: ['image'],
    networks: ['mastodon'],
  },
  ...{ purpose: 'Jaiak', obtainedOn: today(), expiresOn: null, evidence: 'Artxiboa', freelyGiven: true },
})
export const heardOf = (id: string): object => ({
  ...{ id, saidOn: today(), network: 'mastodon', sourceKind: 'media', author: '', url: '', summary: 'Ondo' },
  ...{ sentiment: 'positive', topic: 'Jaiak', reach: null, needsAnswer: false, action: null, source: '' },
  ...{ owner: null, closedOn: null },
})
export const moderated = (id: string): object => ({
  ...{ id, profile: 'mastodon', postUrl: 'https://mastodon.example/@haranberriudala/1' },
  ...{ reason: 'disrespect', action: 'block', note: 'Irainak' },
})
