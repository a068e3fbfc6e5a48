/** What keeps a tool true, in words: kinds of material, what needs care, what is needed beyond what was decided. */
import type { Beyond, Care, MaterialKind } from '@auzolan/shared/catalogue/upkeep.ts'
import type { Organisation } from '@auzolan/shared/protocol/rest.ts'
import { formatDate, t } from '../../l10n.ts'
import { departmentName } from '../../parts/names.ts'

export const materialWords = (): { readonly [kind in MaterialKind]: string } => ({
  guide: t('Guide'),
  video: t('Video'),
  course: t('Course'),
  session: t('Session'),
  faq: t('Questions and answers'),
})

/** As a need, and not as an offence: whoever is told off says nothing the next time (DOMAIN C-06). */
export const beyondWords = (what: Beyond): string => {
  switch (what) {
    case 'data':
      return t('They need it for data that nobody has evaluated it for.')
    case 'level':
      return t('They need it for more than it was decided for.')
    case 'withdrawn':
      return t('They still need what it did: see what they can use instead.')
    case 'not_recommended':
      return t('They need what it does: see what they can use instead.')
  }
}

/** Of what somebody else does: who. */
export function doneBy({ kind }: Care): string {
  switch (kind) {
    case 'review':
    case 'beyond':
      return t('This is for those who write its evaluation.')
    case 'training':
      return t('This is for those who write its evaluation, and for whoever looks after the tools.')
    case 'confirm':
      return t(
        'This is for whoever said it, for people of the department, and for whoever looks after the tools.',
      )
  }
}

/** What is to be done, and beside it what it is about. */
export function careWords(
  care: Care,
  organisation: Organisation,
): { readonly what: string; readonly about: string } {
  switch (care.kind) {
    case 'review':
      return {
        what: care.overdue
          ? t('It should have been looked at again on {day}', { day: formatDate(care.on) })
          : t('To be looked at again by {day}', { day: formatDate(care.on) }),
        about: t('Evaluate it again, or say that nothing has changed'),
      }
    case 'training':
      return {
        what: t('Nobody can learn it here yet'),
        about: t('Add material in an official language, or say by when there will be some'),
      }
    case 'confirm':
      return {
        what: t('{department}: nobody has said for a year whether they still use it', {
          department: departmentName(organisation, care.department),
        }),
        about: t('Ask them, or confirm it for them'),
      }
    case 'beyond':
      return {
        what: t('{department} needs more than was decided', {
          department: departmentName(organisation, care.department),
        }),
        about: care.what.map(beyondWords).join(' '),
      }
  }
}
