/** What was done with a document between and after its versions, read from the audit: taken back, said about it, published. */
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { HAPPENED_MAX } from '@auzolan/shared/limits.ts'
import type { Happening } from '@auzolan/shared/protocol/history.ts'
import type { OpinionRole, Stance } from '@auzolan/shared/protocol/review.ts'
import type { Journal } from '../journal/journal.ts'
import type { Names } from './names.ts'

const KINDS: { readonly [action: string]: Exclude<Happening['kind'], 'opinion'> } = {
  'review.withdraw': 'withdrawn',
  'review.resume': 'resumed',
  'document.publish': 'published',
  'document.archive': 'archived',
  'document.reopen': 'reopened',
}

interface Detail {
  readonly version?: number
  readonly reason?: string
  readonly role?: OpinionRole
  readonly stance?: Stance
}

export class Happened {
  readonly #journal: Journal
  readonly #names: Names
  constructor(journal: Journal, names: Names) {
    this.#journal = journal
    this.#names = names
  }

  /** The newest first. Versions and decisions are not among them: they have rows of their own, with more to say. */
  async with(document: DocumentId): Promise<Happening[]> {
    const { rows } = this.#journal
    const deeds = await rows
      .selectFrom('audit')
      .select(['at', 'actor', 'action', 'detail'])
      .where('subject', '=', document)
      .where('action', 'in', ['review.opinion', ...Object.keys(KINDS)])
      .orderBy('n', 'desc')
      .limit(HAPPENED_MAX)
      .execute()
    const versions = await rows
      .selectFrom('version')
      .select(['n', 'at'])
      .where('document', '=', document)
      .where('label', 'is', null)
      .orderBy('n', 'desc')
      .execute()
    const opinions = await rows
      .selectFrom('opinion')
      .select(['n', 'role', 'person', 'at', 'text'])
      .where('document', '=', document)
      .execute()
    const nameOf = await this.#names.of([...new Set(deeds.map(({ actor }) => actor))])
    return deeds.flatMap(({ at, actor, action, detail }): Happening[] => {
      const found = JSON.parse(detail) as Detail
      const by = { id: actor, name: nameOf(actor) }
      const version = found.version ?? versions.find((one) => one.at <= at)?.n ?? null
      const kind = KINDS[action]
      if (kind) return [{ kind, at, by, version, reason: found.reason ?? '' }]
      const { role, stance } = found
      if (!role || !stance) return []
      // Said anew, the audit keeps that something was said before, and no longer what.
      const said = opinions.find(
        (one) => one.n === version && one.role === role && one.person === actor && one.at === at,
      )
      return [{ kind: 'opinion', at, by, version, reason: said?.text ?? '', role, stance }]
    })
  }
}
