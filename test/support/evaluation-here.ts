/** «Saioa Meet» in the demo, its team of four who score it, and rounds as far as a test needs them. */
import type { DocumentId, PersonId, TeamId } from '@auzolan/shared/ids.ts'
import { newUuid } from '@auzolan/shared/ids.ts'
import type { Visibility } from '@auzolan/shared/grants.ts'
import { isRefusal } from '@auzolan/shared/codes.ts'
import type { Scoring } from '@auzolan/shared/protocol/scoring.ts'
import type { Score } from '@auzolan/shared/scoring/result.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import {
  ARRANGING,
  DOCUMENTS,
  NAMED_VERSIONS,
  SCORING_ROUNDS,
  SHEETS,
  SUBMISSIONS,
  TEAMS,
} from '@auzolan/server/src/container.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import type { DemoHere } from './demo-here.ts'
import { reasonsFor, sheetOf } from './scored.ts'

export const COORDINATOR = 'komunikazio-arduraduna'
/** In the order of the sheets. */
export const EVALUATORS = [
  'informatika-arduraduna',
  'lege-zerbitzuak',
  'kultura-cm',
  'gazteria-teknikaria',
] as const
export const NAMES = [
  'Informatika-arduraduna',
  'Lege-zerbitzuak',
  'Kulturako komunitate-kudeatzailea',
  'Gazteriako teknikaria',
]
export const DEPARTMENTS = ['informatika', 'idazkaritza', 'kultura', 'gazteria']

export const toolTeam = ({ container }: DemoHere): Promise<TeamId> =>
  container
    .resolve(TEAMS)
    .create({ name: { eu: 'Tresnen lantaldea', es: 'Equipo de herramientas' }, departments: [] }, [
      {
        principal: { kind: 'person', id: COORDINATOR },
        name: 'Komunikazio-arduraduna',
        roles: ['coordinator'],
        department: 'komunikazioa',
        expertise: [],
      },
      ...EVALUATORS.map((person, i) => ({
        principal: { kind: 'person' as const, id: person },
        name: NAMES[i]!,
        roles: ['editor' as const],
        department: DEPARTMENTS[i]!,
        expertise: [],
      })),
    ])

export const saioaMeet = (
  { container }: DemoHere,
  teamId: TeamId,
  template = SAIOA_MEET,
): Promise<DocumentId> =>
  container.resolve(DOCUMENTS).create({
    type: 'evaluation',
    teamId,
    languages: ['eu', 'es'],
    template,
    by: COORDINATOR as PersonId,
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
async function done(work: Promise<unknown>): Promise<void> {
  const found = await work
  if (isRefusal(found)) throw new Error(JSON.stringify(found))
}

export const openRoundHere = ({ container }: DemoHere, id: DocumentId, n = 1): Promise<void> =>
  done(
    container.resolve(SCORING_ROUNDS).open(claims(COORDINATOR), id, n, {
      evaluators: EVALUATORS.map((person, i) => ({ person, name: NAMES[i]!, department: DEPARTMENTS[i]! })),
    }),
  )
/** @param revision of the sheet by now */
export async function handInHere(
  { container }: DemoHere,
  id: DocumentId,
  n: number,
  person: string,
  scores: readonly Score[],
  revision = 0,
): Promise<void> {
  const sheets = container.resolve(SHEETS)
  const sheet = sheetOf(scores)
  const given = { id: newUuid(), revision, scores: sheet, reasons: reasonsFor(sheet, 'Probatu dugu.') }
  await done(sheets.save(claims(person), { id, n }, given))
  await done(sheets.handIn(claims(person), { id, n }, { revision: revision + 1 }))
}
export const revealHere = ({ container }: DemoHere, id: DocumentId, n = 1): Promise<void> =>
  done(container.resolve(SCORING_ROUNDS).reveal(claims(COORDINATOR), id, n))
/** What somebody reads of it. */
export async function sheetsHere({ container }: DemoHere, id: DocumentId, person: string): Promise<Scoring> {
  const found = await container.resolve(SHEETS).read(claims(person), id)
  if (isRefusal(found)) throw new Error(JSON.stringify(found))
  return found
}
export const showHere = ({ container }: DemoHere, id: DocumentId, to: Visibility): Promise<void> =>
  done(container.resolve(ARRANGING).show(id, to, claims(COORDINATOR)))
export async function submitHere({ container }: DemoHere, id: DocumentId): Promise<void> {
  const sent = await container.resolve(SUBMISSIONS).submit(claims(COORDINATOR), id, { note: '', due: null })
  if (isRefusal(sent)) throw new Error(JSON.stringify(sent))
}
/** A version with what there is by now. */
export const nameHere = ({ container }: DemoHere, id: DocumentId): Promise<void> =>
  done(container.resolve(NAMED_VERSIONS).keep(claims(COORDINATOR), id, { label: 'Zirriborroa' }))
