/**
 * What the catalogue of the demo knows from before (DOMAIN G.3): «Tauler», whose day to be looked at again has long gone by, and of which
 * a second round is open; and «Idazluma», which was recommended once and is withdrawn now, for «Orri».
 */
import type { DocumentId, PersonId, TeamId } from '@auzolan/shared/ids.ts'
import {
  COMMUNICATIONS,
  CULTURE,
  DIRECTOR,
  HR,
  IT,
  LEGAL,
  REASONS,
  approved,
  as,
  decided,
  done,
  evaluator,
  membersIn,
  score,
  type EvaluatedPorts,
  type Row,
  type Sample,
} from './sample-decided.ts'
import { both } from './sample-plan/writing.ts'
import { TAULER } from './sample-tauler.ts'
import { IDAZLUMA, IDAZLUMA_WITHDRAWN } from './sample-tools/idazluma.ts'
import { rewriteDecision } from './sample-written.ts'

/** Culture has handed in anew; whoever coordinates has still to. */
const TAULER_NOW: Row = [4, 4, 4, 3, 4, 4, 3, 3, 3, 3, 3, 2, 2, 4, 3, 'NA', 3]

/** @param teamId of technology. Gives «Tauler» */
export async function decidedBefore(ports: EvaluatedPorts, teamId: TeamId): Promise<DocumentId> {
  const { clock, journal } = ports
  const heard = { opinions: [[LEGAL, 'legal', 'Idatzitako mugekin, ados.']], conditions: '' } as const
  const idazluma = await clock.on('2025-03-11', () =>
    inForce(ports, {
      ...heard,
      template: IDAZLUMA,
      teamId,
      by: IT,
      reasons: REASONS,
      sheets: [
        [IT, [4, 4, 4, 3, 4, 4, 3, 3, 2, 3, 3, 3, 2, 3, 2, 0, 3]],
        [HR, [4, 4, 4, 3, 5, 4, 3, 3, 2, 3, 3, 3, 2, 3, 2, 0, 3]],
      ],
    }),
  )
  const tauler = await clock.on('2025-08-21', () => firstTauler(ports))
  await clock.on('2026-11-12', async () => {
    await rewriteDecision(journal, idazluma, IT.id as PersonId, IDAZLUMA_WITHDRAWN)
    done(
      await approved(ports, idazluma, {
        by: IT,
        opinions: [[LEGAL, 'legal', 'Kontratua ez da luzatuko; datuak itzuli eta ezabatuko dituzte.']],
        conditions: '',
      }),
    )
  })
  return tauler
}

/** On a day that is over, nothing that it relies on has run out. */
async function inForce(ports: EvaluatedPorts, sample: Sample): Promise<DocumentId> {
  const { id, refused } = await decided(ports, sample)
  done(refused)
  return id
}

async function firstTauler(ports: EvaluatedPorts): Promise<DocumentId> {
  const teamId = await ports.teams.create(
    { name: both('Komunikazioko tresnak', 'Herramientas de Comunicación'), departments: ['komunikazioa'] },
    membersIn([[COMMUNICATIONS, 'coordinator'], [CULTURE, 'editor'], [LEGAL, 'legal'], DIRECTOR]),
  )
  return inForce(ports, {
    template: TAULER,
    teamId,
    by: COMMUNICATIONS,
    reasons: REASONS,
    sheets: [
      [CULTURE, [4, 5, 4, 3, 4, 4, 4, 3, 3, 4, 3, 2, 2, 4, 3, 2, 4]],
      [LEGAL, [4, 4, 4, 3, 4, 4, 4, 3, 3, 4, 3, 1, 2, 4, 3, 2, 4]],
    ],
    opinions: [[LEGAL, 'legal', 'Barne-lanetarako bakarrik, eta izen-abizenik gabe.']],
    conditions: 'Urtebete barru berriz begiratzea.',
  })
}

/** A second round, in which Culture has handed in. Until it is decided on again, the first decision stands, under review. */
export async function lookedAtAgain(ports: EvaluatedPorts, tauler: DocumentId): Promise<void> {
  const evaluators = [COMMUNICATIONS, CULTURE].map(evaluator)
  done(await ports.scoringRounds.open(as(COMMUNICATIONS), tauler, 2, { evaluators }))
  const why = { ...REASONS, NA: 'Ez dagokio erabilera honi.' }
  await score(ports, { id: tauler, n: 2 }, CULTURE, TAULER_NOW, why)
}
