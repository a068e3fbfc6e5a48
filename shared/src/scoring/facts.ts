/**
 * What an evaluation says already about each criterion, so that nobody scores from memory (DOMAIN B.14): which of its fields stand
 * beside which criterion. Pure.
 */
import { EVALUATION } from '../schema/evaluation.ts'
import { applies, isFilled, type DocumentJson, type Field, type Section } from '../schema/fields.ts'
import type { CriterionId } from './criteria.ts'

/** Fields as `section.field`, what says most first. */
export const FIELDS_BESIDE: { readonly [criterion in CriterionId]: readonly string[] } = {
  N1: ['need.need', 'need.whoNeedsIt', 'need.today', 'need.alternatives'],
  N2: ['need.individual', 'balance.jobAdvantages', 'features.improvesExistingSystem'],
  N3: ['need.collective', 'features.cooperation', 'features.newWorkMethods'],
  N4: ['balance.institutionAdvantages', 'cost.annualCost', 'cost.savings'],
  U1: ['ease.easeOfUse', 'ease.pilotPeople', 'ease.pilotSus', 'ease.pilotQuestions'],
  U2: ['ease.easeOfLearning', 'ease.trainingHours', 'ease.pilotMinutes', 'ease.helpLanguages'],
  D1: [
    'dataLocation.places',
    'dataLocation.extraterritorial',
    'dataLocation.residency',
    'dataLocation.keyCustody',
  ],
  D2: [
    'dataProtection.dataClasses',
    'dataProtection.processorContract',
    'dataProtection.audit',
    'dataProtection.deletion',
    'dataProtection.ownPurposes',
  ],
  D3: [
    'dataLocation.subprocessors',
    'dataLocation.subprocessorList',
    'dataLocation.subprocessorNotice',
    'dataProtection.subprocessorAuthorisation',
  ],
  S1: [
    'security.conformity',
    'security.certificateCategory',
    'security.scopeCoversService',
    'security.certificateExpiresOn',
    'security.otherCertificates',
  ],
  S2: ['security.secondFactor', 'security.singleSignOn', 'security.provisioning', 'security.logs'],
  A1: ['accessibility.evidence', 'accessibility.standard', 'accessibility.barriers'],
  A2: ['access.offline', 'access.linkTests', 'access.conflicts', 'access.minimumBandwidth'],
  X1: [
    'independence.exports',
    'independence.exportFormats',
    'independence.exportTestedOn',
    'independence.exitPlan',
  ],
  X2: ['independence.openStandards', 'independence.interfaces'],
  X3: ['independence.licence', 'independence.openness'],
  X4: ['cost.priceStability', 'cost.annualCost', 'cost.contractEndsOn'],
}

export interface Fact {
  readonly path: string
  readonly field: Field
  readonly value: unknown
  /** Language of a translated text: the first of those that were asked for that has one. */
  readonly language: string
  readonly filled: boolean
}

const SECTIONS: ReadonlyMap<string, Section> = new Map(EVALUATION.sections.map((one) => [one.id, one]))

/**
 * What stands beside these criteria, each field once: what is filled in, and what is asked for and is not.
 * @param languages that of the screen first
 */
export const factsBeside = (
  criteria: readonly CriterionId[],
  json: DocumentJson,
  languages: readonly string[],
): readonly Fact[] =>
  [...new Set(criteria.flatMap((id) => FIELDS_BESIDE[id]))].flatMap((path): Fact[] => {
    const [id = '', key = ''] = path.split('.')
    const section = SECTIONS.get(id)
    const field = section?.fields[key]
    if (!section || !field) return []
    const values = json[id] ?? {}
    const value = values[key]
    const language = languages.find((one) => isFilled(field, value, one))
    const asked = applies(section, values, json) && applies(field, values, json)
    if (language === undefined && !asked) return []
    return [{ path, field, value, language: language ?? '', filled: language !== undefined }]
  })
