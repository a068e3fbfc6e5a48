/** How versions are called, everywhere in a history. */
import type { VersionSummary } from '@auzolan/shared/protocol/review.ts'
import { formatMoment, t } from '../../l10n.ts'

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
