/** The choices of the organisation's page in words. */
import type { ApprovalRoute, OrganisationFacts, Policy } from '@auzolan/shared/protocol/organisation.ts'
import { t } from '../../l10n.ts'

export const kindWords = (): { readonly [kind in OrganisationFacts['kind']]: string } => ({
  municipality: t('Municipality'),
  province: t('Provincial council'),
  foral: t('Foral council'),
  region: t('Autonomous community'),
  state: t('State administration'),
  public_entity: t('Public entity'),
})
export const sizeWords = (): { readonly [size in OrganisationFacts['size']]: string } => ({
  small: t('Small'),
  medium: t('Medium'),
  large: t('Large'),
})
export const levelWords = (): { readonly [level in keyof Policy['minEvaluators']]: string } => ({
  individual: t('Individual use'),
  collective: t('Collective use'),
  institutional: t('Institutional use'),
})
export const typeWords = (): { readonly [type in ApprovalRoute['type']]: string } => ({
  plan: t('Social media plan'),
  report: t('Report of figures'),
  evaluation: t('Tool evaluation'),
})
/** The zones of the State in words, and first; the others by their own name. */
export const zoneWords = (): { readonly [zone: string]: string } => ({
  'Europe/Madrid': t('Peninsula, Balearic Islands, Ceuta and Melilla'),
  'Atlantic/Canary': t('Canary Islands'),
})
export const zonesWith = (chosen: string): readonly string[] => [
  ...new Set([...Object.keys(zoneWords()), chosen, ...Intl.supportedValuesOf('timeZone')]),
]
