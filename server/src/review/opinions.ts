/** What legal, IT, HR and language say about a version. */
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { OpinionGiven, OpinionRole } from '@auzolan/shared/protocol/review.ts'
import { isReason } from '@auzolan/shared/workflow.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import { digestOf } from '../journal/digest.ts'
import type { Journal } from '../journal/journal.ts'
import { tellOpinion } from './notices.ts'
import { opinionsOn } from './opinions-said.ts'
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
      const by = { id: claims.person, name: claims.name }
      await tellOpinion(
        rows,
        at,
        { id, standing, version: latest, by },
        {
          role,
          stance,
          contested: (await opinionsOn(rows, id, version)).some(
            (one) => one.role === role && one.stance === 'against',
          ),
        },
      )
      return null
    })
  }
}
