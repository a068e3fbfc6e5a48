/**
 * Everything that is kept, as files that any program can read: texts, comments and versions as JSON, rows as JSON Lines, files as they are, and a
 * list of it all with hashes, in the form of a Data Package (Frictionless). Without what only this program can use: logs of edits, indexes, passes, secret keys.
 */
import { z } from 'zod'

export const PACKAGE = 'datapackage.json'
export const EXPORT_FORMAT = 'auzolan-export'

const Resource = z.strictObject({
  name: z.string(),
  /** Below the folder, with `/`; never out of it. */
  path: z
    .string()
    .regex(
      /^(?:rows\/\w+\.jsonl|documents\/[\w-]+\/[\w-]+\.json|files\/[0-9a-f]{64}\.bin)$/,
      'is no path of an export',
    ),
  format: z.enum(['json', 'jsonl', 'bin']),
  bytes: z.int().min(0),
  hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
})
export const DataPackage = z.strictObject({
  name: z.literal(EXPORT_FORMAT),
  version: z.literal('1'),
  created: z.iso.datetime(),
  /** Of the program that wrote it, and of its tables. */
  program: z.string(),
  schema: z.int().min(1),
  auditHead: z.string(),
  resources: z.array(Resource),
})
export type DataPackage = Readonly<z.infer<typeof DataPackage>>
export type Resource = DataPackage['resources'][number]

/** Tables that no other program can use, or that are made again of the rest. */
const NOT_EXPORTED = [
  // The edits themselves: what they have come to is in `documents/`.
  'entry',
  'snapshot',
  'quarantined',
  'to_renew',
  // The index of the search.
  'search_look',
  // What is over in minutes, and what waits for one Nextcloud.
  'spent_ticket',
  'revocation',
  'outbox',
  'told',
]
export const isExported = (table: string): boolean =>
  !NOT_EXPORTED.includes(table) && !/^(?:sqlite_|passage)/.test(table)

/** `text`, `calendar`, `comments` and versions of one document. */
export const inDocument = (document: string, name: string): string => `documents/${document}/${name}.json`
