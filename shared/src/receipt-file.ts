/** The file in which a receipt leaves the server, with the text it is about and the key that signed it. */
import type { Receipt } from './receipt.ts'

export const APPROVAL_FORMAT = 'auzolan-approval'

export interface ApprovalFile {
  readonly format: typeof APPROVAL_FORMAT
  readonly v: 1
  readonly receipt: Receipt
  /** The canonical JSON as one string, so that its bytes survive being written and read. */
  readonly text: string
  /** base64url. It says who signed only to those who compare it with the published one. */
  readonly publicKey: string
}

/** Receipts of one version differ by their decision: by the beginning of its number. */
export const approvalFileName = (document: string, version: number, decision: string): string =>
  `auzolan-${document}-${version}-${decision.slice(0, 8)}.json`

/** What a file brings of what is needed; what it lacks, somebody else has to bring. */
export interface Brought {
  /** Whatever stands for a receipt; it is parsed where it is checked. */
  readonly receipt: unknown
  readonly text: string | null
  readonly publicKey: string | null
}

/** Reads an approval file, or a bare receipt. Never throws. */
export function openReceiptFile(content: string): Brought {
  const alone: Brought = { receipt: content, text: null, publicKey: null }
  try {
    const value = JSON.parse(content) as Partial<ApprovalFile> | null
    if (value?.format !== APPROVAL_FORMAT) return alone
    return {
      receipt: value.receipt,
      text: typeof value.text === 'string' ? value.text : null,
      publicKey: typeof value.publicKey === 'string' ? value.publicKey : null,
    }
  } catch {
    return alone
  }
}
