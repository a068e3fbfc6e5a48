/** The roles of a team in words (DOMAIN D.1): their names, and what each may do. */
import type { Role } from '@auzolan/shared/grants.ts'
import { t } from '../l10n.ts'

interface RoleWords {
  readonly name: string
  readonly may: string
}

/** In the order in which they are offered. */
export const roleWords = (): { readonly [role in Role]: RoleWords } => ({
  coordinator: {
    name: t('Coordinator'),
    may: t(
      'Everything an editor may; looks after the team and its documents: takes them out of review, publishes and archives them.',
    ),
  },
  editor: { name: t('Editor'), may: t('Writes, comments, and sends what is ready to review.') },
  reader: { name: t('Reader'), may: t('Reads the documents of the team, and comments on them.') },
  director: {
    name: t('Director (reviewer)'),
    may: t('Reads, and decides: approves a version or requests changes. Does not write.'),
  },
  legal: { name: t('Legal services'), may: t('Reads, and gives a legal opinion, also on data protection.') },
  it: { name: t('IT and security'), may: t('Reads, and gives an opinion on technology and security.') },
  hr: { name: t('Human resources'), may: t('Reads, and gives an opinion on training and advice to staff.') },
  language: { name: t('Language review'), may: t('Reads, and reviews the language of the texts.') },
})
export const ROLE_ORDER: readonly Role[] = [
  'coordinator',
  'editor',
  'director',
  'reader',
  'legal',
  'it',
  'hr',
  'language',
]
