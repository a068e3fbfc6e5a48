/** What is decided on a suggestion: that it is not evaluated and why, that two are one tool, that it is being evaluated, or none of these after all. */
import type { Transaction } from 'kysely'
import type { Json } from '@auzolan/shared/canonical.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { SUGGESTIONS_PER_EVALUATION_MAX } from '@auzolan/shared/limits.ts'
import type { Admission } from '../access/access.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import { watches } from './watch.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import { takeBack, tellVoices } from '../review/suggestion-notices.ts'
import { dropAbandoned } from './abandoned.ts'
import { standingFor, withDuplicates } from './duplicates.ts'
import { evaluationOf, suggestionsIn, type StandingRow, type SuggestionRow } from './suggestion-rows.ts'
import { someone, suggestionOf } from './tool-suggestions.ts'

type Writing = Transaction<Tables>

export interface SettlingPorts {
  readonly journal: Journal
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
  /** What somebody may do in a document; for whoever may not read it, it does not exist. */
  readonly enter: (claims: Claims, id: DocumentId) => Promise<Admission | Refusal>
}

export class Settling {
  readonly #ports: SettlingPorts
  constructor(ports: SettlingPorts) {
    this.#ports = ports
  }

  decline(claims: Claims, id: string, reason: string): Promise<Refusal | null> {
    return this.#settle(claims, id, 'tool_suggestion.decline', async (rows, row, at) => {
      if (row.merged_into !== null) return refusal('ILLEGAL_MOVE', 'merged into another')
      if (evaluationOf(row) !== 'none') return refusal('ILLEGAL_MOVE', 'it is being evaluated')
      // An evaluation in the trash would undo it when it is taken back.
      await set(rows, id, {
        ...{ declined: reason, evaluation: null, linked_by: null },
        ...{ settled_by: claims.person, settled_by_name: claims.name, settled_at: at },
      })
      await tellVoices(rows, at, row, 'suggestion_declined', someone(claims))
      return {}
    })
  }

  /** As if nobody had settled it. A duplicate is as it was, with what was said on it and on what was put together with it before. */
  reopen(claims: Claims, id: string): Promise<Refusal | null> {
    return this.#settle(claims, id, 'tool_suggestion.reopen', async (rows, row, at) => {
      if (row.merged_into !== null) {
        const other = await standingFor(rows, id)
        await set(rows, id, { merged_into: null })
        await rows
          .updateTable('suggestion_voice')
          .set({ suggestion: id })
          .where('origin', 'in', await withDuplicates(rows, id))
          .execute()
        for (const one of [id, other]) await dropAbandoned(rows, one, at)
        return {}
      }
      if (row.declined === null && row.evaluation === null) return refusal('ILLEGAL_MOVE', 'it is open')
      await set(rows, id, {
        ...{ declined: null, evaluation: null, linked_by: null },
        ...{ settled_by: null, settled_by_name: null, settled_at: null },
      })
      await takeBack(rows, at, id)
      await dropAbandoned(rows, id, at)
      return {}
    })
  }

  /** Every voice goes along with its words; whoever is on both has two. What was merged into this one goes along, too. */
  merge(claims: Claims, id: string, into: string): Promise<Refusal | null> {
    return this.#settle(claims, id, 'tool_suggestion.merge', async (rows, row, at) => {
      const target = await suggestionOf(rows, into)
      if (isRefusal(target)) return target
      if (into === id || row.merged_into !== null || target.merged_into !== null)
        return refusal('ILLEGAL_MOVE', 'into one that stands for itself')
      if (evaluationOf(row) !== 'none')
        return refusal('ILLEGAL_MOVE', 'it is being evaluated: the other way round')
      await rows
        .updateTable('suggestion_voice')
        .set({ suggestion: into })
        .where('suggestion', '=', id)
        .execute()
      // As of a decline: what comes back out of the trash would stand where nobody sees it.
      await set(rows, id, { merged_into: into, evaluation: null, linked_by: null })
      await takeBack(rows, at, id)
      return { into }
    })
  }

  /** Whoever writes the evaluation says what it is of: nobody needs leave to evaluate a tool. */
  async evaluate(claims: Claims, id: string, document: DocumentId): Promise<Refusal | null> {
    const admitted = await this.#ports.enter(claims, document)
    if (isRefusal(admitted)) return admitted
    if (admitted.document.type !== 'evaluation' || admitted.document.kind !== 'document')
      return refusal('INVALID_INPUT', 'no evaluation')
    if (admitted.may('content').write === 'no') return refusal('NOT_ALLOWED', 'for those who write it')
    return this.#change(claims, id, 'tool_suggestion.evaluate', async (rows, row, at) => {
      if (row.merged_into !== null) return refusal('ILLEGAL_MOVE', 'merged into another')
      if (row.evaluation === document) return null
      if (evaluationOf(row) !== 'none') return refusal('CHANGED_MEANWHILE', 'it is being evaluated already')
      const { count } = await rows
        .selectFrom('suggestion')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('evaluation', '=', document)
        .executeTakeFirstOrThrow()
      if (count >= SUGGESTIONS_PER_EVALUATION_MAX) return refusal('DOCUMENT_FULL', 'it answers many already')
      // A reason that somebody gave stands: it holds again when the evaluation comes to nothing.
      await set(rows, id, { evaluation: document, linked_by: claims.person })
      const inForce = admitted.document.inForce !== null
      await tellVoices(
        rows,
        at,
        row,
        inForce ? 'suggestion_evaluated' : 'suggestion_evaluating',
        someone(claims),
      )
      return { document }
    })
  }

  /** It is not of this evaluation after all; what was decided before holds again. */
  async unlink(claims: Claims, id: string): Promise<Refusal | null> {
    const settles = watches(claims, await this.#ports.organisation.read())
    return this.#change(claims, id, 'tool_suggestion.unlink', async (rows, row, at) => {
      if (row.evaluation === null || row.merged_into !== null)
        return refusal('ILLEGAL_MOVE', 'it is not linked')
      if (!settles && row.linked_by !== claims.person)
        return refusal('NOT_ALLOWED', 'for whoever has linked it, and those who watch tools')
      await set(rows, id, { evaluation: null, linked_by: null })
      await takeBack(rows, at, id)
      await dropAbandoned(rows, id, at)
      return { document: row.evaluation }
    })
  }

  async #settle(claims: Claims, id: string, action: string, work: Work): Promise<Refusal | null> {
    return watches(claims, await this.#ports.organisation.read())
      ? this.#change(claims, id, action, work)
      : refusal('NOT_ALLOWED', 'for those who watch tools')
  }

  #change(claims: Claims, id: string, action: string, work: Work): Promise<Refusal | null> {
    const { journal, now } = this.#ports
    return journal.transact(async (rows) => {
      const row = await suggestionsIn(rows).where('suggestion.id', '=', id).executeTakeFirst()
      if (!row) return refusal('NOT_FOUND', 'no such suggestion')
      const at = now().toISOString()
      const done = await work(rows, row, at)
      if (done === null || isRefusal(done)) return done
      await record(rows, { at, actor: claims.person, action, subject: id, detail: done })
      return null
    })
  }
}
const set = async (rows: Writing, id: string, what: Partial<SuggestionRow>): Promise<void> =>
  void (await rows.updateTable('suggestion').set(what).where('id', '=', id).execute())

/** What the audit says of it beside the id; null where nothing was to do. */
type Work = (
  rows: Writing,
  row: StandingRow,
  at: string,
) => Promise<{ readonly [key: string]: Json } | Refusal | null>
