/** The four rules of a profile's identity as its card shows them, from the checks that are made of it anyway (DOMAIN A.5). */
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import type { Plan, Profile } from '@auzolan/shared/schema/plan.ts'
import { t } from '../../../l10n.ts'

export interface Rule {
  readonly label: string
  /** `null` while there is nothing yet that could follow it, or no rule. */
  readonly kept: boolean | null
}

/** @param findings of this profile */
export function identityRules(
  findings: readonly Finding[],
  languages: readonly string[],
  { avatar, handle, displayName, bio }: Profile,
  { identityKit }: Plan,
): Rule[] {
  const kept = (check: string, isThere: boolean): boolean | null =>
    findings.some((finding) => finding.check === check) ? false : isThere ? true : null
  const says = (...texts: readonly string[]): boolean => texts.every((text) => text.trim() !== '')
  return [
    { label: t('Same picture'), kept: kept('P-10', identityKit.avatar !== null && avatar !== null) },
    {
      label: t('Naming rule'),
      kept: kept('P-11', says(handle, identityKit.namingPattern, identityKit.shortName)),
    },
    {
      label: t('In the institution’s name'),
      kept: kept('P-12', says(`${displayName}${handle}`, identityKit.affiliation)),
    },
    {
      label: t('Presentation {languages}', { languages: languages.join(' + ') }),
      kept: kept('P-14', says(...languages.map((language) => bio[language] ?? ''))),
    },
  ]
}

/** Findings by the profile they are about: looked through once, and not once a card. */
export function byProfile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>()
  for (const finding of findings) {
    if (!finding.path.startsWith('profiles/') || finding.severity === 'info') continue
    const id = finding.path.split('/')[1]!
    found.set(id, [...(found.get(id) ?? []), finding])
  }
  return found
}

/** `profiles/<id>/why:eu` → `why` */
export const fieldKeyOf = (path: string): string => path.split('/')[2]?.replace(/:.*$/, '') ?? ''

/** What stops a review, or an opening; what is worth a look does neither. */
export const isGap = ({ severity, gate }: Finding): boolean =>
  severity === 'block' && (gate === 'review' || gate === 'profile_open')
