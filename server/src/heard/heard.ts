/**
 * What is said of us on networks: rows for those who listen and those who answer for it, in no text and in no export (DOMAIN A.15).
 * Not `comments/mentions.ts`, which is about who is named in a comment of ours.
 */
import type { Transaction } from 'kysely'
import { canonicalJson } from '@auzolan/shared/canonical.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { WRITERS, type Role } from '@auzolan/shared/grants.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { MENTIONS_MAX, MENTIONS_SHOWN_MAX } from '@auzolan/shared/limits.ts'
import { LISTENERS, mentionFault, type MentionTerms } from '@auzolan/shared/listening/mention.ts'
import type { MentionCorrected, MentionGiven, MentionsHeard } from '@auzolan/shared/protocol/heard.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { Standing, Standings } from '../review/standing.ts'
import { columnsOf, keptOf, saysTheSame, writeMention, type MentionRow } from './heard-rows.ts'
import { keptMonths } from './kept-months.ts'

export interface HeardPorts {
  readonly journal: Journal
  readonly standings: Standings
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
}

export class Heard {
  readonly #ports: HeardPorts
  constructor(ports: HeardPorts) {
    this.#ports = ports
  }

  /** What was said in a period. For everybody else there is nothing to count. */
  async list(
    claims: Claims,
    id: DocumentId,
    { from, to }: { readonly from: string | null; readonly to: string | null },
  ): Promise<MentionsHeard | Refusal> {
    const { rows } = this.#ports.journal
    const standing = await this.#ports.standings.of(rows, id, claims)
    if (isRefusal(standing)) return standing
    if (!may(standing, LISTENERS)) return refusal('NOT_ALLOWED', 'for those who listen')
    const found = await rows
      .selectFrom('mention')
      .selectAll()
      .where('document', '=', id)
      .$if(from !== null, (query) => query.where('said_on', '>=', from!))
      .$if(to !== null, (query) => query.where('said_on', '<=', to!))
      .orderBy('said_on', 'desc')
      .orderBy('noted_at', 'desc')
      .orderBy('id')
      .limit(MENTIONS_SHOWN_MAX + 1)
      .execute()
    return {
      mentions: found.slice(0, MENTIONS_SHOWN_MAX).map(keptOf),
      more: found.length > MENTIONS_SHOWN_MAX,
      keptMonths: await keptMonths(rows, id),
    }
  }

  add(claims: Claims, id: DocumentId, { id: mention, ...terms }: MentionGiven): Promise<Refusal | null> {
    return this.#change(claims, id, async (rows) => {
      const known = await rows.selectFrom('mention').selectAll().where('id', '=', mention).executeTakeFirst()
      // Corrected since by somebody, it has arrived all the same.
      if (known)
        return known.document === id &&
          known.noted_by === claims.person &&
          (known.revision > 1 || saysTheSame(known, terms))
          ? null
          : refusal('CHANGED_MEANWHILE', 'another row has this id')
      // Taken out since: what a device sends once more must not bring it back.
      if (await wasRemoved(rows, id, mention)) return null
      const fault = await this.#fault(terms, rows)
      if (fault) return fault
      const { count } = await rows
        .selectFrom('mention')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('document', '=', id)
        .executeTakeFirstOrThrow()
      if (Number(count) >= MENTIONS_MAX) return refusal('DOCUMENT_FULL', 'a very long log')
      const at = this.#ports.now().toISOString()
      await writeMention(
        rows,
        {
          id: mention,
          document: id,
          ...columnsOf(terms),
          revision: 1,
          worded: 1,
          noted_by: claims.person,
          noted_by_name: claims.name,
          noted_at: at,
        },
        { actor: claims.person, action: 'mention.add', at },
      )
      return null
    })
  }

  /** Put right, answered or closed. What has lost its words gets no new ones. */
  correct(
    claims: Claims,
    id: DocumentId,
    mention: string,
    { revision, ...terms }: MentionCorrected,
  ): Promise<Refusal | null> {
    return this.#change(claims, id, async (rows) => {
      const fault = await this.#fault(terms, rows)
      if (fault) return fault
      const known = await found(rows, id, mention)
      if (isRefusal(known)) return known
      if (known.worded === 0) return refusal('ILLEGAL_MOVE', 'its retention is over')
      if (known.revision !== revision) return refusal('CHANGED_MEANWHILE', 'somebody has corrected it')
      const at = this.#ports.now().toISOString()
      await writeMention(
        rows,
        { ...known, ...columnsOf(terms), revision: revision + 1 },
        { actor: claims.person, action: 'mention.correct', at },
      )
      return null
    })
  }

  /** Nothing of it stays but that somebody has taken it out. Twice is once. */
  remove(claims: Claims, id: DocumentId, mention: string): Promise<Refusal | null> {
    return this.#change(claims, id, async (rows) => {
      const known = await found(rows, id, mention)
      if (isRefusal(known)) return (await wasRemoved(rows, id, mention)) ? null : known
      await rows.deleteFrom('mention').where('id', '=', mention).execute()
      const at = this.#ports.now().toISOString()
      const detail = { mention }
      await record(rows, { at, actor: claims.person, action: 'mention.remove', subject: id, detail })
      return null
    })
  }

  /** Everything in one transaction, the right to it too. */
  #change(
    claims: Claims,
    id: DocumentId,
    work: (rows: Transaction<Tables>) => Promise<Refusal | null>,
  ): Promise<Refusal | null> {
    const { journal, standings } = this.#ports
    return journal.transact(async (rows) => {
      const standing = await standings.of(rows, id, claims)
      if (isRefusal(standing)) return standing
      if (!may(standing, WRITERS)) return refusal('NOT_ALLOWED', 'for those who write it')
      if (standing.flow.archived) return refusal('ILLEGAL_MOVE', 'an archived document')
      return work(rows)
    })
  }

  async #fault(terms: MentionTerms, rows: Rows): Promise<Refusal | null> {
    const { organisation, now } = this.#ports
    const today = localTime(now(), (await organisation.read(rows)).timeZone).day
    const fault = mentionFault(terms, today)
    return fault && refusal('INVALID_INPUT', fault)
  }
}

const may = ({ roles, inTeam }: Standing, which: readonly Role[]): boolean =>
  inTeam && roles.some((role) => which.includes(role))

async function found(rows: Rows, id: DocumentId, mention: string): Promise<MentionRow | Refusal> {
  const row = await rows
    .selectFrom('mention')
    .selectAll()
    .where('document', '=', id)
    .where('id', '=', mention)
    .executeTakeFirst()
  return row ?? refusal('NOT_FOUND', 'no such mention')
}

async function wasRemoved(rows: Rows, id: DocumentId, mention: string): Promise<boolean> {
  const deed = await rows
    .selectFrom('audit')
    .select('n')
    .where('subject', '=', id)
    .where('action', '=', 'mention.remove')
    .where('detail', '=', canonicalJson({ mention }))
    .limit(1)
    .executeTakeFirst()
  return deed !== undefined
}
