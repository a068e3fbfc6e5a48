/**
 * What other nodes have changed in the rows that everybody here goes by: who may do what, and whose tokens are void. The audit tells
 * the first (nobody's rights change without a row in it), the revocations themselves the second. It is looked at when the bus says that
 * there is news, and every two seconds in any case.
 */
import type { Logger } from 'pino'
import { parseDocumentId, parseTeamId, type DocumentId, type TeamId } from '@auzolan/shared/ids.ts'
import type { Change, Revocations } from '../access/revocations.ts'
import type { Journal } from '../journal/journal.ts'
import { OneAtATime } from '../one-at-a-time.ts'

/** Rows of the audit in one question. */
const AT_ONCE = 500
/** Says who has written, and changes nothing of what anybody may do. */
const WITHOUT_CONSEQUENCE = ['document.edit']

export interface ElsewherePorts {
  readonly journal: Pick<Journal, 'rows'>
  readonly revocations: Revocations
  /** What people may do with a document, or in a team, may be otherwise now. */
  readonly standingChanged: (document: DocumentId) => void
  readonly membersChanged: (team: TeamId) => void
  /** Accounts or groups have changed. */
  readonly revoke: (change: Change) => void
  /** Whoever lends a right to somebody may have lost it. */
  readonly giversChanged: () => Promise<void>
  /** Somebody was erased; the audit does not say who. */
  readonly erased: () => void
  readonly log: Pick<Logger, 'error'>
}

interface Looked {
  readonly n: number
  readonly hash: string
}
const NONE: Looked = { n: 0, hash: '' }

export class Elsewhere {
  readonly #ports: ElsewherePorts
  /** The last row of the audit that was looked at, 0 where there was none; `null` before the first look. */
  #last: Looked | null = null
  /** What was read is not read again: what follows from it is owed until it is done. */
  #owesGivers = false
  readonly #looks = new OneAtATime(() => this.#look())

  constructor(ports: ElsewherePorts) {
    this.#ports = ports
  }

  /** Whatever is asked for while a look goes on is in the next one. Never throws: what could not be looked at is in the next, too. */
  look(): Promise<void> {
    return this.#looks.ask()
  }

  async #look(): Promise<void> {
    try {
      await this.#revocations()
      await this.#audit()
      await this.#givers()
    } catch (error) {
      this.#ports.log.error({ err: error }, 'what other nodes have changed could not be looked at')
    }
  }

  async #revocations(): Promise<void> {
    const change = await this.#ports.revocations.fromOthers()
    if (!change) return
    this.#ports.revoke(change)
    this.#owesGivers = true
  }

  async #audit(): Promise<void> {
    for (;;) {
      const last = (this.#last ??= await this.#newest())
      const [known, ...found] = await this.#from(last)
      // The database is an older one, put back: its rows get numbers that were looked at before.
      if (known?.hash !== last.hash) {
        this.#ports.log.error('the audit is not what it was: it is looked at anew from its end')
        this.#last = null
        continue
      }
      const subjects = new Set(
        found.filter(({ action }) => !WITHOUT_CONSEQUENCE.includes(action)).map(({ subject }) => subject),
      )
      if (found.some(({ action }) => action === 'person.erase')) this.#ports.erased()
      // Another route gives others something to lend.
      if (found.some(({ action }) => action === 'organisation.change')) this.#owesGivers = true
      await this.#changed(subjects)
      this.#last = found.at(-1) ?? last
      if (found.length < AT_ONCE) return
    }
  }

  async #newest(): Promise<Looked> {
    const { rows } = this.#ports.journal
    const row = await rows
      .selectFrom('audit')
      .select(['n', 'hash'])
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row ?? NONE
  }

  /** What was looked at last, as it is now, and what follows. */
  async #from(last: Looked): Promise<(Looked & { readonly subject: string; readonly action: string })[]> {
    const found = await this.#ports.journal.rows
      .selectFrom('audit')
      .select(['n', 'hash', 'subject', 'action'])
      .where('n', '>=', last.n)
      .orderBy('n')
      .limit(AT_ONCE + 1)
      .execute()
    return last === NONE ? [{ ...NONE, subject: '', action: '' }, ...found] : found
  }

  async #givers(): Promise<void> {
    if (!this.#owesGivers) return
    await this.#ports.giversChanged()
    this.#owesGivers = false
  }

  /** A subject is a document or a team: which of them, its id does not say. */
  async #changed(subjects: ReadonlySet<string>): Promise<void> {
    const ids = [...subjects]
      .map((subject) => subject.slice(0, 36))
      .filter((id) => parseDocumentId(id) !== null)
    if (ids.length === 0) return
    const belonging = await this.#ports.journal.rows
      .selectFrom('document')
      .select('id')
      .where('about', 'in', ids)
      .execute()
    for (const id of new Set([...ids, ...belonging.map((row) => row.id)])) {
      this.#ports.standingChanged(id as DocumentId)
      const team = parseTeamId(id)
      if (team) this.#ports.membersChanged(team)
    }
  }
}
