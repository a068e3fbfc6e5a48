/** The fingerprint of a row: what the audit chain remembers of it, so that a later change shows. */
import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'

export const digestOf = (row: { readonly [column: string]: string | number | null }): string =>
  createHash('sha256')
    .update(canonicalJson(row as Json))
    .digest('hex')
