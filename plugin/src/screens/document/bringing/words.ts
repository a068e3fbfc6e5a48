/** What the screen calls places, parts of a file and reasons why it is not read. */
import {
  IMPORT_FILE_MAX_BYTES,
  IMPORT_HEADINGS_MAX,
  PASTE_TOTAL_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import type { Unreadable } from '../../../bringing/refused.ts'
import type { Part, PartKind } from '../../../bringing/parts.ts'
import { PLACES, isListed, type Place } from '../../../bringing/places.ts'
import { formatNumber, t } from '../../../l10n.ts'

const BESIDE: Readonly<Record<Exclude<PartKind, 'heading'>, () => string>> = {
  before: () => t('Before the first heading'),
  contents: () => t('Table of contents'),
  margins: () => t('Headers and footers'),
  comments: () => t('Comments in the margin'),
  deleted: () => t('Marked as deleted in the file'),
}
export const partName = (part: Part): string => (part.kind === 'heading' ? part.title : BESIDE[part.kind]())
/** What stands beside the text comes under a heading that says so; what stands before it needs none. */
export const headingOf = (part: Part): string =>
  part.kind === 'heading' || part.kind === 'before' ? '' : BESIDE[part.kind]()

const placed = (place: Place): { section: string; field: string } | null => {
  for (const { section, places } of PLACES)
    for (const one of places)
      if (one.place === place) return { section: t(section.label), field: t(one.field.label) }
  return null
}
/** `Participation norms – What we promise` */
export function placeName(place: Place): string {
  const found = placed(place)
  return found ? t('{section} – {field}', found) : ''
}
export const sectionName = (place: Place): string => placed(place)?.section ?? ''
/** Within its section: a list says what an entry is made from. */
export function optionName(place: Place, label: string): string {
  if (!isListed(place)) return t(label)
  return place === 'profiles'
    ? t('{list} (one for each row of the table)', { list: t(label) })
    : t('{list} (one for each item)', { list: t(label) })
}

export function whyRefused(why: Unreadable): string {
  switch (why) {
    case 'empty':
      return t('There is no text in this file.')
    case 'too_large':
      return t('This file is larger than {count} MB. Save it without its pictures, and bring in that.', {
        count: IMPORT_FILE_MAX_BYTES / 1024 / 1024,
      })
    case 'unpacks_too_large':
      return t(
        'What is in this file is far larger than any plan. Bring in one with the text alone, or in parts.',
      )
    case 'too_long':
      return t(
        'This text is too long to bring in at once (more than {count} characters). Bring it in in parts.',
        {
          count: formatNumber(PASTE_TOTAL_MAX_CHARACTERS),
        },
      )
    case 'too_many_headings':
      return t('This text has more than {count} headings. Bring it in in parts.', {
        count: IMPORT_HEADINGS_MAX,
      })
    case 'password':
      return t('This file has a password. Open it, save it without one, and bring in that.')
    case 'old_word':
      return t(
        'This is a file of an old Word (.doc). Open it in Word or LibreOffice, save it as .docx, and bring in that.',
      )
    case 'pdf':
      return t(
        'A PDF does not say what is a heading. Bring in the DOCX or ODT it was made from; or copy its text and paste it into each section.',
      )
    case 'rtf':
      return t(
        'This is an RTF file. Open it in Word or LibreOffice, save it as .docx or .odt, and bring in that.',
      )
    case 'no_text_document':
      return t('This is no text document. Choose a DOCX (Word) or an ODT (LibreOffice).')
    case 'damaged':
      return t('This file is damaged. Open it in Word or LibreOffice, save it anew, and bring in that.')
    case 'hostile':
      return t(
        'There is something in this file that text documents do not have, so it was not opened. Save it anew in Word or LibreOffice.',
      )
    case 'old_browser':
      return t('This browser is too old to open such files. Update it, or paste the text into each section.')
  }
}
