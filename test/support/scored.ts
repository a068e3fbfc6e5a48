/** Rounds of scores for tests that are about something else, and the sheets of «Saioa Meet» (DOMAIN G.2). */
import { newUuid } from '@auzolan/shared/ids.ts'
import { CRITERIA, type CriterionId } from '@auzolan/shared/scoring/criteria.ts'
import { needsReason } from '@auzolan/shared/scoring/rounds.ts'
import type { Score } from '@auzolan/shared/scoring/result.ts'
import { ORGANISATION } from '@auzolan/server/src/container.ts'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import type { Reviewed, Who } from './reviewed.ts'
import { openWriter } from './wire.ts'

/** Technology, legal services, culture, youth. */
export const SAIOA_SHEETS: readonly (readonly Score[])[] = [
  [5, 4, 5, 3, 5, 4, 3, 4, 2, 3, 4, 3, 2, 3, 3, 0, 3],
  [4, 4, 5, 3, 4, 4, 1, 3, 2, 2, 3, 2, 2, 2, 3, 0, 4],
  [5, 3, 4, 4, 5, 5, 4, 4, 3, 3, 4, 3, 3, 3, 3, 1, 3],
  [4, 4, 4, 3, 4, 4, 2, 3, 2, 3, 4, 1, 2, 3, 2, 0, 3],
]
export const sheetOf = (scores: readonly Score[]): { readonly [criterion in CriterionId]: Score } =>
  Object.fromEntries(CRITERIA.map(({ id }, i) => [id, scores[i]!])) as { [criterion in CriterionId]: Score }
/** A word wherever one is asked for. */
export const reasonsFor = (
  scores: { readonly [criterion in CriterionId]?: Score },
  word = 'Probatu dugu.',
): { [criterion in CriterionId]?: string } =>
  Object.fromEntries(
    Object.entries(scores)
      .filter(([, score]) => needsReason(score))
      .map(([id]) => [id, word]),
  )

export const DEPARTMENTS = ['informatika', 'idazkaritza', 'kultura', 'gazteria'] as const

/** Departments, so that somebody can be of one. */
export async function withDepartments(
  { server }: Pick<Reviewed, 'server'>,
  more: object = {},
): Promise<void> {
  const organisation = server.container.resolve(ORGANISATION)
  const { version, ...facts } = await organisation.read()
  const departments = DEPARTMENTS.map((id) => ({ id, name: { eu: id } }))
  await organisation.change({ ...facts, departments, ...more }, version, 'root' as PersonId)
}

/** Jon proposes that the tool is withdrawn. */
export async function withdraw({ server }: Pick<Reviewed, 'server'>, id: DocumentId): Promise<void> {
  const jon = await openWriter(server, 'jon', id)
  const [update] = jon.edit((doc) => {
    const decision = doc.getMap('decision.*')
    decision.set('outcome', 'withdrawn')
    decision.set('exitOn', '2027-06-30')
    doc.getText('decision.useInstead:eu').insert(0, 'Gela')
    doc.getText('decision.changedSince:eu').insert(0, 'Kontratua amaitzen da.')
  })
  const refused = await jon.write(update!)
  await jon.close()
  if (refused !== null) throw new Error(`withdrawing was refused: ${refused}`)
}

/** Jon says what has changed since the last decision: without, a tool is not decided on again. */
export async function saidWhatChanged(
  { server }: Pick<Reviewed, 'server'>,
  id: DocumentId,
  words = 'Ezer ez.',
): Promise<void> {
  const jon = await openWriter(server, 'jon', id)
  const [update] = jon.edit((doc) => {
    const text = doc.getText('decision.changedSince:eu')
    text.delete(0, text.length)
    text.insert(0, words)
  })
  const refused = await jon.write(update!)
  await jon.close()
  if (refused !== null) throw new Error(`writing was refused: ${refused}`)
}

type House = Pick<Reviewed, 'call'>
export const done = async (
  house: House,
  who: Who,
  method: string,
  path: string,
  body?: object,
): Promise<void> => {
  const { status, text } = await house.call(who, method, path, body)
  if (status !== 204) throw new Error(`${method} ${path} as ${who}: ${status} ${text}`)
}

/** Opens the next round for these people, each of another department. */
export const openRound = (house: House, id: string, n: number, people: readonly Who[]): Promise<void> =>
  done(house, 'ane', 'PUT', `/documents/${id}/scoring/${n}`, {
    evaluators: people.map((person, i) => ({
      person,
      name: person,
      department: DEPARTMENTS[i % DEPARTMENTS.length],
    })),
  })

export async function handIn(
  house: House,
  who: Who,
  id: string,
  scores: readonly Score[],
  { n = 1, revision = 0, word = 'Probatu dugu.' } = {},
): Promise<void> {
  const sheet = sheetOf(scores)
  const at = `/documents/${id}/scoring/${n}/sheet`
  await done(house, who, 'PUT', at, {
    id: newUuid(),
    revision,
    scores: sheet,
    reasons: reasonsFor(sheet, word),
  })
  await done(house, who, 'POST', `${at}/hand-in`, { revision: revision + 1 })
}

/** A whole round: opened by Ane, handed in by everybody, revealed. Without other sheets all are of one mind, and nothing has to be talked about. */
export async function scored(
  house: House,
  id: string,
  people: readonly Who[] = ['jon', 'lawyer', 'miren'],
  sheets: readonly (readonly Score[])[] = people.map(() => SAIOA_SHEETS[0]!),
): Promise<void> {
  await openRound(house, id, 1, people)
  for (const [i, who] of people.entries()) await handIn(house, who, id, sheets[i]!)
  await done(house, 'ane', 'POST', `/documents/${id}/scoring/1/reveal`, {})
}
