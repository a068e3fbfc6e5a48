/** An exported audit file, checked without the server and without reading more than a row at a time. */
import { z } from 'zod'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { AUDIT_FORMAT } from '../journal/audit-export.ts'
import type { ChainRow } from '../journal/audit.ts'
import { linesOf } from '../journal/file-reading.ts'
import { Chain } from './chain.ts'
import type { Found } from './found.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const facts = {
  format: z.literal(AUDIT_FORMAT),
  v: z.literal(1),
  from: z.iso.date().nullable(),
  to: z.iso.date().nullable(),
  exportedAt: z.iso.datetime(),
  rows: z.array(z.never()),
}
/** All of it says what its first row follows; the rows of one document do not follow each other. */
const Head = z.union([
  z.strictObject({ ...facts, scope: z.literal('all'), begins: hash }),
  z.strictObject({ ...facts, scope: z.uuid(), begins: z.null() }),
])
const Row = z.strictObject({
  n: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.union([z.string(), z.record(z.string(), z.unknown())]),
  prev_hash: hash,
  hash,
})
const End = z.strictObject({
  rows: z.int(),
  more: z.boolean(),
  n: z.int().nullable(),
  hash: hash.nullable(),
})
const Tail = z.strictObject({ rows: z.array(z.never()), end: End })

export async function verifyFile(path: string, noted: string | null): Promise<Found> {
  const faults: string[] = []
  const whole: string[] = []
  let chain: Chain | null = null
  let head: z.infer<typeof Head> | null = null
  let end: z.infer<typeof End> | null = null
  let last: ChainRow | null = null
  /** Whether the line before has said that another one follows. */
  let follows: boolean | null = null
  for await (const line of linesOf(path)) {
    if (chain === null || head === null) {
      const found = Head.safeParse(asWritten(`${line}]}`))
      if (!found.success)
        return { kind: 'unreadable', why: `${path} is no audit exported as JSON by Auzolan` }
      head = found.data
      chain = new Chain(head.scope === 'all', head.begins, noted)
    } else if (line.startsWith(']')) {
      const found = Tail.safeParse(asWritten(`{"rows":[${line}`))
      if (!found.success) return { kind: 'unreadable', why: `the last line of ${path} cannot be read` }
      if (follows === true) faults.push('behind the last row another one is announced')
      end = found.data.end
    } else {
      const row = Row.safeParse(asWritten(line.replace(/,$/, '')))
      if (!row.success || follows === false || isOpenable(row.data.detail)) {
        faults.push(`line ${chain.count + 2} of the file is not a row as it was exported`)
        break
      }
      follows = line.endsWith(',')
      last = rowOf(row.data)
      const fault = end === null ? chain.next(last) : `row ${last.n} stands behind the end`
      if (fault) faults.push(fault)
      if (head.scope !== 'all' && last.subject !== head.scope && !last.subject.startsWith(`${head.scope}/`))
        faults.push(`row ${last.n} is of another document`)
    }
  }
  if (chain === null || head === null) return { kind: 'unreadable', why: `${path} is empty` }
  if (faults.length === 0 && end === null) faults.push('the file was cut off: its last line is missing')
  if (
    end !== null &&
    (end.rows !== chain.count || (end.rows > 0 && (end.hash !== chain.head.hash || end.n !== chain.head.n)))
  )
    faults.push(`rows are missing at the end: the file says ${end.rows}, and has ${chain.count}`)
  // An export stands in itself, unless it ends before the day it was made.
  const told = end !== null && !end.more && head.to === null
  if (faults.length === 0 && told && !isExport(last, head))
    faults.push('rows are missing at the end: the export itself is not the last one, or is told otherwise')
  whole.push(`audit: ${chain.count} rows read`)
  if (head.scope !== 'all')
    whole.push('these are the rows of one document: each was checked, a row that was left out would not show')
  if (!told) whole.push('not covered: of which days the file says it is, and when it was made')
  if (end?.more) whole.push('the export was cut at its largest size: later rows are in the next one')
  return {
    kind: 'read',
    whole,
    faults,
    notedAt: chain.notedAt,
    head: chain.head,
    partial: head.scope !== 'all',
  }
}

/** Whether this row tells of just this export. */
const isExport = (row: ChainRow | null, { scope, from, to, exportedAt }: z.infer<typeof Head>): boolean =>
  row?.action === 'audit.export' &&
  row.at === exportedAt &&
  row.detail === canonicalJson({ format: 'json', from, to, ...(scope === 'all' ? {} : { document: scope }) })

/** A detail that is JSON leaves as JSON; as a text only what is none. */
const isOpenable = (detail: unknown): boolean => typeof detail === 'string' && parsed(detail) !== null

const rowOf = ({ detail, ...row }: z.infer<typeof Row>): ChainRow => ({
  ...row,
  detail: typeof detail === 'string' ? detail : canonicalJson(detail as Json),
})

/** What is written in exactly this way: a key said twice, or a number in another form, would be read as something else. */
function asWritten(text: string): unknown {
  const value = parsed(text)
  return JSON.stringify(value) === text ? value : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
