/** How versions are called, everywhere in a history. */
import type { Happening } from '@auzolan/shared/protocol/history.ts'
import type { VersionSummary } from '@auzolan/shared/protocol/review.ts'
import { formatMoment, t } from '../../l10n.ts'
import { roleWords } from '../../parts/roles.ts'
import { stanceWords } from '../review/stances.ts'

export function versionName({ n, label, beforeRestoring }: VersionSummary): string {
  if (beforeRestoring !== null)
    return t('Version {n}: before restoring version {other}', {
      n: String(n),
      other: String(beforeRestoring),
    })
  return label === null
    ? t('Version {n}', { n: String(n) })
    : t('Version {n}: {label}', { n: String(n), label })
}

/** For a choice among many: the number first, and as short as it can be. */
export const versionWithDate = (version: VersionSummary): string =>
  `${version.beforeRestoring === null ? versionName(version) : t('Version {n}', { n: String(version.n) })} · ${formatMoment(version.at)}`

/** What was done with the document beside sending and deciding. */
export function happeningName(happening: Happening): string {
  const n = String(happening.version ?? '')
  switch (happening.kind) {
    case 'withdrawn':
      return t('Version {n}, taken back from review', { n })
    case 'resumed':
      return t('The work goes on after version {n}', { n })
    case 'published':
      return t('Version {n}, published', { n })
    case 'archived':
      return t('Archived')
    case 'reopened':
      return t('Opened again')
    case 'opinion':
      return t('Opinion on version {n}. {role}: {stance}', {
        n,
        role: roleWords()[happening.role].name,
        stance: stanceWords()[happening.stance],
      })
  }
}
