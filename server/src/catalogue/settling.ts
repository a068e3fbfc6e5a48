/** What is decided on a suggestion: that it is not evaluated and why, that two are one tool, that it is being evaluated, or none of these after all. */
import type { Transaction } from 'kysely'
import type { Json } from '@auzolan/shared/canonical.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { KeptImport } from '@auzolan/shared/protocol/suggestions.ts'
import type { Admission } from '../access/access.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import { watches } from './watch.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import { takeBack, tellVoices } from '../review/suggestion-notices.ts'
import { evaluationOf, suggestionsIn, type StandingRow } from './suggestion-rows.ts'
import { someone, suggestionOf } from './tool-suggestions.ts'
import { IMPORTS_PER_SUGGESTION_MAX } from '@auzolan/shared/limits.ts'

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
      await this.#set(rows, claims, id, at, { declined: reason })
      await tellVoices(rows, at, row, 'suggestion_declined', someone(claims))
      return {}
    })
  }

  /** As if nobody had settled it. Of a duplicate, what was said on it comes back to it. */
  reopen(claims: Claims, id: string): Promise<Refusal | null> {
    return this.#settle(claims, id, 'tool_suggestion.reopen', async (rows, row, at) => {
      if (row.declined === null && row.merged_into === null && row.evaluation === null)
        return refusal('ILLEGAL_MOVE', 'it is open')
      const open = { declined: null, merged_into: null, evaluation: null }
      const unsettled = { settled_by: null, settled_by_name: null, settled_at: null }
      await rows
        .updateTable('suggestion')
        .set({ ...open, ...unsettled })
        .where('id', '=', id)
        .execute()
      if (row.merged_into !== null)
        await rows.updateTable('suggestion_voice').set({ suggestion: id }).where('origin', '=', id).execute()
      await takeBack(rows, at, id)
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
      await rows.updateTable('suggestion').set({ merged_into: into }).where('merged_into', '=', id).execute()
      await this.#set(rows, claims, id, at, { merged_into: into, declined: null, evaluation: null })
      const imported = [
        ...(JSON.parse(target.imported) as KeptImport[]),
        ...(JSON.parse(row.imported) as KeptImport[]),
      ].slice(0, IMPORTS_PER_SUGGESTION_MAX)
      await rows
        .updateTable('suggestion')
        .set({
          imported: JSON.stringify(imported),
          address: target.address || row.address,
          category: target.category ?? row.category,
        })
        .where('id', '=', into)
        .execute()
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
      await this.#set(rows, claims, id, at, { evaluation: document, declined: null })
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

  async #set(
    rows: Writing,
    claims: Claims,
    id: string,
    at: string,
    what: Partial<Pick<StandingRow, 'declined' | 'merged_into' | 'evaluation'>>,
  ): Promise<void> {
    await rows
      .updateTable('suggestion')
      .set({ ...what, settled_by: claims.person, settled_by_name: claims.name, settled_at: at })
      .where('id', '=', id)
      .execute()
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
/** What the audit says of it beside the id; null where nothing was to do. */
type Work = (
  rows: Writing,
  row: StandingRow,
  at: string,
) => Promise<{ readonly [key: string]: Json } | Refusal | null>
