/** Who has finished which course of a plan: rows beside it, so that a finished course asks for no new approval (DOMAIN A.7). */
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { TRAINING_DONE_MAX } from '@auzolan/shared/limits.ts'
import type { TrainingDone, TrainingNoted } from '@auzolan/shared/protocol/profiles.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { Standing, Standings } from '../review/standing.ts'

export interface TrainingPorts {
  readonly journal: Journal
  readonly standings: Standings
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
}

export class Trainings {
  readonly #ports: TrainingPorts
  constructor(ports: TrainingPorts) {
    this.#ports = ports
  }

  /** For the team: what somebody has learnt is nobody else's business. */
  async list(claims: Claims, id: DocumentId): Promise<TrainingDone[] | Refusal> {
    const { rows } = this.#ports.journal
    const standing = await this.#ports.standings.of(rows, id, claims)
    if (isRefusal(standing)) return standing
    if (!standing.inTeam) return refusal('NOT_ALLOWED', 'for the team')
    const found = await rows
      .selectFrom('training_done')
      .selectAll()
      .where('document', '=', id)
      .orderBy('completed_on')
      .orderBy('person')
      .execute()
    return found.map((row) => ({
      training: row.training,
      person: { id: row.person, name: row.person_name },
      completedOn: row.completed_on,
      notedBy: { id: row.noted_by, name: row.noted_by_name },
    }))
  }

  /** Notes it, or changes the day. Members for themselves, coordinators for anybody. */
  async note(
    claims: Claims,
    id: DocumentId,
    { training, person }: Attendance,
    { completedOn, name }: TrainingNoted,
  ): Promise<Refusal | null> {
    const { journal, organisation, now } = this.#ports
    const at = now().toISOString()
    const { timeZone } = await organisation.read()
    if (completedOn > localTime(now(), timeZone).day)
      return refusal('INVALID_INPUT', 'a course that is finished one day is not finished')
    return journal.transact(async (rows) => {
      const refused = notAllowed(await this.#ports.standings.of(rows, id, claims), claims, person)
      if (refused) return refused
      const { count } = await rows
        .selectFrom('training_done')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('document', '=', id)
        .executeTakeFirstOrThrow()
      if (Number(count) >= TRAINING_DONE_MAX) return refusal('DOCUMENT_FULL', 'very many finished courses')
      const row = {
        document: id,
        training,
        person,
        person_name: person === claims.person ? claims.name : ((await nameOf(rows, person)) ?? name),
        completed_on: completedOn,
        noted_by: claims.person,
        noted_by_name: claims.name,
        at,
      }
      await rows
        .insertInto('training_done')
        .values(row)
        .onConflict((conflict) => conflict.columns(['document', 'training', 'person']).doUpdateSet(row))
        .execute()
      const detail = { training, person, completedOn }
      await record(rows, { at, actor: claims.person, action: 'training.note', subject: id, detail })
      return null
    })
  }

  /** It was noted by mistake. */
  async takeBack(claims: Claims, id: DocumentId, { training, person }: Attendance): Promise<Refusal | null> {
    const { journal, standings, now } = this.#ports
    const at = now().toISOString()
    return journal.transact(async (rows) => {
      const refused = notAllowed(await standings.of(rows, id, claims), claims, person)
      if (refused) return refused
      const gone = await rows
        .deleteFrom('training_done')
        .where('document', '=', id)
        .where('training', '=', training)
        .where('person', '=', person)
        .executeTakeFirst()
      if (gone.numDeletedRows === 0n) return null
      const detail = { training, person }
      await record(rows, { at, actor: claims.person, action: 'training.takeBack', subject: id, detail })
      return null
    })
  }
}

export interface Attendance {
  readonly training: string
  readonly person: string
}

function notAllowed(standing: Standing | Refusal, claims: Claims, person: string): Refusal | null {
  if (isRefusal(standing)) return standing
  if (standing.flow.archived) return refusal('ILLEGAL_MOVE', 'an archived document')
  if (standing.roles.includes('coordinator')) return null
  return person === claims.person && standing.inTeam
    ? null
    : refusal('NOT_ALLOWED', 'for coordinators, and for oneself')
}

/** What Nextcloud last called somebody who has been here. */
async function nameOf(rows: Rows, person: string): Promise<string | undefined> {
  const row = await rows.selectFrom('named').select('name').where('person', '=', person).executeTakeFirst()
  return row?.name
}
