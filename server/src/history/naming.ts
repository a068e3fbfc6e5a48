/** A version that somebody gives a name, so that it can be found again: no review, no lock. */
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { WRITERS } from '@auzolan/shared/grants.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { NAMED_VERSIONS_MAX } from '@auzolan/shared/limits.ts'
import type { VersionNamed } from '@auzolan/shared/protocol/history.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import { whileStill } from '../journal/while-still.ts'
import type { Standings } from '../review/standing.ts'
import type { Frozen, Versions } from '../review/versions.ts'

export interface NamingPorts {
  readonly journal: Journal
  readonly standings: Standings
  readonly versions: Versions
  readonly now: () => Date
}

export class NamedVersions {
  readonly #ports: NamingPorts
  constructor(ports: NamingPorts) {
    this.#ports = ports
  }

  /** Keeps the text as it is now. Gives the number of the version. */
  async keep(claims: Claims, id: DocumentId, named: VersionNamed): Promise<number | Refusal> {
    const { journal, versions, standings, now } = this.#ports
    const reading = {
      read: () => versions.freeze(id),
      isStill: (rows: Rows, frozen: Frozen) => versions.isStill(rows, id, frozen),
    }
    return whileStill(journal, reading, async (rows, frozen) => {
      const at = now().toISOString()
      const standing = await standings.of(rows, id, claims)
      if (isRefusal(standing)) return standing
      const { flow, roles, languages } = standing
      if (!roles.some((role) => WRITERS.includes(role))) return refusal('NOT_ALLOWED', 'for those who write')
      // What is in review is a version already, and the last one: another would stand in its way.
      if (flow.work === 'in_review' || flow.archived)
        return refusal('ILLEGAL_MOVE', `the work is ${flow.work}`)
      const { count } = await rows
        .selectFrom('version')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('document', '=', id)
        // What is kept before a restoring is nobody's to delete, and must not end restoring.
        .where('label', '!=', '')
        .executeTakeFirstOrThrow()
      if (Number(count) >= NAMED_VERSIONS_MAX) return refusal('VERSIONS_FULL', 'too many named versions')
      const by = { id: claims.person, name: claims.name }
      const { n, digest } = await versions.add(rows, id, frozen, {
        at,
        by,
        note: '',
        due: null,
        languages,
        label: 'label' in named ? named.label : '',
        beforeRestoring: 'label' in named ? null : named.beforeRestoring,
      })
      const detail = { version: n, sha256: frozen.sha256, digest }
      await record(rows, { at, actor: claims.person, action: 'version.name', subject: id, detail })
      return n
    })
  }
}
