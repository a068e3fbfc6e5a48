/** Making the version in force public: a row that names it, and stays true while a newer one is being prepared. */
import { publicationFindings } from '@auzolan/shared/checks/publication.ts'
import { parseDocument } from '@auzolan/shared/checks/run.ts'
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Publication, PublicationRequest } from '@auzolan/shared/protocol/moves.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Claims } from '../access/claims.ts'
import type { Documents } from '../documents/documents.ts'
import { record } from '../journal/audit.ts'
import { digestOf } from '../journal/digest.ts'
import type { Journal } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import { closed, stops } from './gates.ts'
import { moveOf, type Standing, type Standings } from './standing.ts'
import type { Versions } from './versions.ts'

export interface PublicationPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly standings: Standings
  readonly versions: Versions
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
}

export class Publications {
  readonly #ports: PublicationPorts
  constructor(ports: PublicationPorts) {
    this.#ports = ports
  }

  /** What is public, and what stands in the way; for everybody who may read the document. */
  async read(claims: Claims, id: DocumentId): Promise<Publication | Refusal> {
    const { journal, standings, versions, organisation } = this.#ports
    const standing = await standings.of(journal.rows, id, claims)
    if (isRefusal(standing)) return standing
    const { inForce, published, archived } = standing.flow
    const described = await organisation.read()
    const version = inForce && (await versions.row(journal.rows, id, inForce.version))
    return {
      visibility: standing.visibility,
      inForce: inForce?.version ?? null,
      published,
      archived,
      licence: described.licence,
      findings: version ? this.#findings(version.json, standing, described) : [],
    }
  }

  /** @param request the version that was seen: an approval in between makes nothing public that nobody has looked at */
  async publish(claims: Claims, id: DocumentId, request: PublicationRequest): Promise<Refusal | null> {
    const { journal, standings, versions, organisation, documents, now } = this.#ports
    const at = now().toISOString()
    const described = await organisation.read()
    const refused = await journal.transact(async (rows) => {
      const standing = await standings.of(rows, id, claims)
      if (isRefusal(standing)) return standing
      const flow = moveOf(standing, { kind: 'publish', at }, false)
      if (isRefusal(flow)) return flow
      const n = flow.published!.version
      if (n !== request.version) return refusal('CHANGED_MEANWHILE', `version ${n} is in force`)
      const version = await versions.row(rows, id, n)
      if (!version) return refusal('NOT_FOUND', 'no such version')
      const failing = this.#findings(version.json, standing, described).filter(stops('publication'))
      if (failing.length > 0) return closed(failing)
      const { licence } = described
      const row = {
        document: id,
        n,
        sha256: version.sha256,
        licence,
        person: claims.person,
        name: claims.name,
        at,
      }
      await rows.insertInto('publication').values(row).execute()
      const replaces = standing.flow.published?.version ?? null
      const detail = {
        version: n,
        sha256: version.sha256,
        licence,
        replaces,
        digest: digestOf('publication', row),
      }
      await record(rows, { at, actor: claims.person, action: 'document.publish', subject: id, detail })
      return null
    })
    if (!refused) documents.standingChanged(id)
    return refused
  }

  #findings(
    json: string,
    { type: id, languages, visibility }: Standing,
    organisation: Organisation,
  ): Finding[] {
    const today = localTime(this.#ports.now(), organisation.timeZone).day
    const context = { languages, today, inForce: true, visibility, organisation }
    const type = typeOfDocument(id)
    return publicationFindings(type, parseDocument(type, json, context.languages), context)
  }
}
