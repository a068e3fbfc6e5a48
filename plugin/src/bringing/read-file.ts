/** A file a person has chosen, read on this device: what it says, or why not. */
import { IMPORT_FILE_MAX_BYTES, PASTE_TOTAL_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { charactersOf } from './blocks.ts'
import { readDocx } from './docx.ts'
import type { FileText } from './file-text.ts'
import { mimeOf, readOdt } from './odt.ts'
import { Refused, type Unreadable } from './refused.ts'
import { Zip } from './zip.ts'

export type Read =
  { readonly kind: 'read'; readonly text: FileText } | { readonly kind: 'refused'; readonly why: Unreadable }

export async function readFile(file: Blob): Promise<Read> {
  try {
    if (file.size > IMPORT_FILE_MAX_BYTES) throw new Refused('too_large')
    const text = await textOf(new Uint8Array(await file.arrayBuffer()))
    const all = [text.blocks, ...text.notes, text.contents, text.margins, text.comments, text.deleted].flat()
    const characters = charactersOf(all)
    if (characters === 0) throw new Refused('empty')
    if (characters > PASTE_TOTAL_MAX_CHARACTERS) throw new Refused('too_long')
    return { kind: 'read', text }
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', why: error.why }
    throw error
  }
}

async function textOf(bytes: Uint8Array<ArrayBuffer>): Promise<FileText> {
  const begins = (...signs: number[]): boolean => signs.every((sign, i) => bytes[i] === sign)
  if (bytes.length === 0) throw new Refused('empty')
  if (begins(0x25, 0x50, 0x44, 0x46)) throw new Refused('pdf')
  if (begins(0x7b, 0x5c, 0x72, 0x74, 0x66)) throw new Refused('rtf')
  // The container of the old Office; a DOCX with a password is one in it.
  if (begins(0xd0, 0xcf, 0x11, 0xe0))
    throw new Refused(hasWide(bytes, 'EncryptedPackage') ? 'password' : 'old_word')
  if (!begins(0x50, 0x4b)) throw new Refused('no_text_document')
  const zip = new Zip(bytes)
  if (zip.names.includes('encrypted-package')) throw new Refused('password')
  if (zip.names.includes('[Content_Types].xml')) return readDocx(zip)
  if (!zip.names.includes('content.xml')) throw new Refused('no_text_document')
  const mime = await mimeOf(zip)
  if (mime !== '' && !mime.startsWith('application/vnd.oasis.opendocument.text'))
    throw new Refused('no_text_document')
  return readOdt(zip)
}

/** Whether the words stand in it in UTF-16, as names in such a container do. */
function hasWide(bytes: Uint8Array, words: string): boolean {
  const wanted = [...words].flatMap((sign) => [sign.charCodeAt(0), 0])
  for (let at = 0; at + wanted.length <= bytes.length; at += 2)
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return true
  return false
}
