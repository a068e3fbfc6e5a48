/** The first file of a backup: what follows it, with the hash of each, and of which program and moment it is. */
import { z } from 'zod'
import { DATABASE } from '../journal/file-place.ts'

export const MANIFEST = 'manifest.json'
export const FORMAT = 'auzolan-backup'
export const ARCHIVE_NAME = /^auzolan-\d{8}T\d{6}Z\.tar(\.age)?$/

const Entry = z.strictObject({
  /** Below the data folder, with `/`; never out of it. */
  path: z
    .string()
    .regex(
      /^(auzolan\.sqlite|signing-keys\.json|files\/[0-9a-f]{2}\/[0-9a-f]{62})$/,
      'is no file of a data folder',
    ),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export const Manifest = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Of the program that made it, and of its tables. */
  program: z.string(),
  schema: z.int().min(1),
  /** What there was, for whoever looks before bringing it back. */
  counts: z.strictObject({ documents: z.int(), files: z.int(), auditRows: z.int() }),
  /** Of the last row of the audit: noted elsewhere, it shows that nothing was taken from the end. */
  auditHead: z.string(),
  contents: z.array(Entry).refine((all) => all.some(({ path }) => path === DATABASE), 'names no database'),
})
export type Manifest = Readonly<z.infer<typeof Manifest>>
export type BackupEntry = Manifest['contents'][number]
