/** What legal, IT, HR and language say about a version. */
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Opinion, OpinionGiven, OpinionRole } from '@auzolan/shared/protocol/review.ts'
import { isReason } from '@auzolan/shared/workflow.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import { digestOf } from '../journal/digest.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import { tellOpinion } from './notices.ts'
import type { Standings } from './standing.ts'

export interface OpinionPorts {
  readonly journal: Journal
  readonly standings: Standings
  readonly now: () => Date
}

export class Opinions {
  readonly #ports: OpinionPorts
  constructor(ports: OpinionPorts) {
    this.#ports = ports
  }

  /** What somebody says for a role about the version in review; said again, it counts instead of their own earlier word. */
  async give(
    claims: Claims,
    id: DocumentId,
    role: OpinionRole,
    { version, stance, text }: OpinionGiven,
  ): Promise<Refusal | null> {
    const { journal, standings, now } = this.#ports
    const at = now().toISOString()
    return journal.transact(async (rows) => {
      const standing = await standings.of(rows, id, claims)
      if (isRefusal(standing)) return standing
      if (!standing.roles.includes(role)) return refusal('NOT_ALLOWED', `for ${role}`)
      const latest = await standings.inReview(rows, id, standing, version)
      if (isRefusal(latest)) return latest
      if (stance !== 'favourable' && !isReason(text)) return refusal('INVALID_INPUT', 'a reason is missing')
      const last = await rows
        .selectFrom('opinion')
        .select((row) => row.fn.max('nth').as('nth'))
        .where('document', '=', id)
        .where('n', '=', version)
        .where('role', '=', role)
        .executeTakeFirst()
      const nth = Number(last?.nth ?? 0) + 1
      const row = {
        document: id,
        n: version,
        role,
        person: claims.person,
        name: claims.name,
        stance,
        text,
        at,
        nth,
      }
      await rows.insertInto('opinion').values(row).execute()
      const detail = { version, role, nth, stance, digest: digestOf('opinion', row) }
      await record(rows, { at, actor: claims.person, action: 'review.opinion', subject: id, detail })
      await tellOpinion(rows, at, id, version, role)
      return null
    })
  }
}

/** What each person says for each role: the latest. */
export async function opinionsOn(rows: Rows, document: DocumentId, n: number): Promise<Opinion[]> {
  const found = await rows
    .selectFrom('opinion')
    .selectAll()
    .where('document', '=', document)
    .where('n', '=', n)
    .orderBy('nth')
    .execute()
  const latest = new Map(found.map((row) => [`${row.role} ${row.person}`, row]))
  const inOrder = [...latest.values()].sort((a, b) => a.at.localeCompare(b.at) || a.nth - b.nth)
  return inOrder.map(({ role, person, name, stance, text, at }) => ({
    role: role as Opinion['role'],
    by: { id: person, name },
    stance: stance as Opinion['stance'],
    text,
    at,
  }))
}
