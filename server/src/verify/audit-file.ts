/** An exported audit file, checked without the server and without reading more than a row at a time. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { AUDIT_FORMAT } from '../journal/audit-export.ts'
import type { ChainRow } from '../journal/audit.ts'
import { Chain } from './chain.ts'
import type { Found } from './found.ts'

const Head = z.object({
  format: z.literal(AUDIT_FORMAT),
  v: z.literal(1),
  scope: z.string(),
  begins: z.string().nullable(),
})
const Row = z.object({
  n: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.union([z.string(), z.record(z.string(), z.unknown())]),
  prev_hash: z.string(),
  hash: z.string(),
})
const End = z.object({
  rows: z.int(),
  more: z.boolean(),
  hash: z.string().nullable(),
})

export async function verifyFile(path: string, noted: string | null): Promise<Found> {
  const faults: string[] = []
  const whole: string[] = []
  let chain: Chain | null = null
  let scope = ''
  let end: z.infer<typeof End> | null = null
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })
  for await (const line of lines) {
    if (line.trim() === '') continue
    if (chain === null) {
      const head = Head.safeParse(parsed(`${line}]}`))
      if (!head.success) return { kind: 'unreadable', why: `${path} is no audit exported as JSON by Auzolan` }
      scope = head.data.scope
      chain = new Chain(scope === 'all', head.data.begins, noted)
    } else if (line.startsWith(']')) {
      const found = z.object({ end: End }).safeParse(parsed(`{"rows":[${line}`))
      if (!found.success) return { kind: 'unreadable', why: `the last line of ${path} cannot be read` }
      end = found.data.end
    } else {
      const row = Row.safeParse(parsed(line.replace(/,$/, '')))
      if (!row.success) {
        faults.push(`line ${chain.count + 2} of the file is no row of an audit`)
        break
      }
      const fault = end === null ? chain.next(rowOf(row.data)) : `row ${row.data.n} stands behind the end`
      if (fault) faults.push(fault)
    }
  }
  if (chain === null) return { kind: 'unreadable', why: `${path} is empty` }
  if (faults.length === 0 && end === null) faults.push('the file was cut off: its last line is missing')
  if (end !== null && (end.rows !== chain.count || (end.rows > 0 && end.hash !== chain.head.hash)))
    faults.push(`rows are missing at the end: the file says ${end.rows}, and has ${chain.count}`)
  whole.push(`audit: ${chain.count} rows read`)
  if (scope !== 'all')
    whole.push('these are the rows of one document: each was checked, a row that was left out would not show')
  if (end?.more) whole.push('the export was cut at its largest size: later rows are in the next one')
  return { kind: 'read', whole, faults, notedAt: chain.notedAt, head: chain.head, partial: scope !== 'all' }
}

const rowOf = ({ detail, ...row }: z.infer<typeof Row>): ChainRow => ({
  ...row,
  detail: typeof detail === 'string' ? detail : canonicalJson(detail as Json),
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
