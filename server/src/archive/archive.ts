/**
 * Approved versions in the folder that an administrator of Nextcloud chose: the approval file, which anybody can verify, and a
 * copy to read. Nextcloud writes them; what is there already is left as it is, so the same parcel may go twice.
 */
import { z } from 'zod'
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { readingCopy } from '@auzolan/shared/export/reading-copy.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import {
  PARCELS_ANSWER_MAX_MS,
  ARCHIVE_BODY_MAX_BYTES,
  ARCHIVE_NAME_MAX_BYTES,
} from '@auzolan/shared/limits.ts'
import type { ApprovalFile } from '@auzolan/shared/receipt-file.ts'
import { record } from '../journal/audit.ts'
import type { Journal } from '../journal/journal.ts'
import { typeOfStored } from '../journal/type-of.ts'
import type { Nextcloud, Outcome } from '../nextcloud/nextcloud.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import type { ReceiptKeys } from '../review/signing-keys.ts'
import type { Versions } from '../review/versions.ts'
import type { ArchiveParcel } from './waiting.ts'

export interface ArchivePorts {
  readonly journal: Journal
  readonly versions: Versions
  readonly organisation: DescribedOrganisation
  readonly lists: ReferenceLists
  readonly keys: ReceiptKeys
  readonly nextcloud: Pick<Nextcloud, 'call'>
  readonly now: () => Date
}

/** `files` is where they lie, seen from the home of the account; empty where nobody has chosen a folder. */
const Kept = z.object({ files: z.array(z.string()) })

export class Archive {
  readonly #ports: ArchivePorts
  constructor(ports: ArchivePorts) {
    this.#ports = ports
  }

  /** `answered` when there is nothing left to do: it is there, nobody wants it, or the document is gone. */
  async deliver({ document, version }: ArchiveParcel): Promise<Outcome> {
    const { nextcloud } = this.#ports
    const files = await this.#files(document, version)
    if (!files) return { kind: 'answered', data: null }
    if (Buffer.byteLength(JSON.stringify({ files })) > ARCHIVE_BODY_MAX_BYTES)
      return { kind: 'failed', why: 'it is too long to be sent' }
    const outcome = await nextcloud.call('archive', { files }, PARCELS_ANSWER_MAX_MS)
    if (outcome.kind !== 'answered') return outcome
    const kept = Kept.safeParse(outcome.data)
    if (!kept.success) return { kind: 'failed', why: 'what answered does not say where it put the files' }
    if (kept.data.files.length > 0) await this.#note(document, version, kept.data.files)
    return outcome
  }

  /** `null` when there is no such approval any more. */
  async #files(id: DocumentId, n: number): Promise<{ name: string; content: string }[] | null> {
    const { versions, organisation, lists, keys, journal } = this.#ports
    const approval = await versions.approvalFile(id, n, await keys.known())
    const version = await versions.row(journal.rows, id, n)
    if (isRefusal(approval) || !version) return null
    const languages = JSON.parse(version.languages) as string[]
    const name = nameOf(approval, languages)
    const signedFile = `${name}.json`
    const copy = readingCopy({
      type: typeOfDocument(await typeOfStored(journal.rows, id)).frozen,
      json: JSON.parse(approval.text) as unknown,
      receipt: approval.receipt,
      languages,
      organisation: await organisation.read(),
      references: await lists.now(),
      signedFile,
    })
    return [
      { name: signedFile, content: `${JSON.stringify(approval, null, 2)}\n` },
      { name: `${name}.md`, content: copy },
    ]
  }

  /** Once, however often the parcel goes. */
  async #note(id: DocumentId, version: number, files: readonly string[]): Promise<void> {
    const at = this.#ports.now().toISOString()
    const deed = { at, actor: '/system', action: 'version.archive', subject: id, detail: { version, files } }
    await this.#ports.journal.transact(async (rows) => {
      const before = await rows
        .selectFrom('audit')
        .select('detail')
        .where('subject', '=', id)
        .where('action', '=', deed.action)
        .execute()
      const known = before.some(
        ({ detail }) => (JSON.parse(detail) as { version: number }).version === version,
      )
      if (!known) await record(rows, deed)
    })
  }
}

/** By title for people, by document, version and hash for everybody else. Signs that some systems do not take are left out. */
export function nameOf({ receipt }: Pick<ApprovalFile, 'receipt'>, languages: readonly string[]): string {
  const { title, document, version, sha256 } = receipt
  const said = languages.map((language) => title[language] ?? '').find((words) => words.trim() !== '') ?? ''
  const exact = `v${version} ${document.slice(0, 8)} ${sha256.slice(0, 12)}`
  const words = said
    // eslint-disable-next-line no-control-regex -- these are the signs that must not be in a name
    .replace(/[\\/:*?"<>|\u0000-\u001f\u007f]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+/, '')
  let room = ARCHIVE_NAME_MAX_BYTES - Buffer.byteLength(exact) - 1
  const fitting = [...words].filter((sign) => (room -= Buffer.byteLength(sign)) >= 0)
  return `${fitting.join('').replace(/[\s.]+$/, '')} ${exact}`.trim()
}
