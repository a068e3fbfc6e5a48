/** The organisation, as its administrators describe it and everybody else uses it (DOMAIN 0.3). */
import type { RouteRules } from '../approval-route.ts'
import type { Role } from '../grants.ts'
import type { Translated } from '../schema/fields.ts'

export const ORGANISATION_KINDS = [
  'municipality',
  'province',
  'foral',
  'region',
  'state',
  'public_entity',
] as const
export const ORGANISATION_SIZES = ['small', 'medium', 'large'] as const
/** How far a cloud tool is used; thresholds and reviews are set for each. */
export const USE_LEVELS = ['individual', 'collective', 'institutional'] as const
/** What goes through approval; tool evaluations are prepared for. */
export const APPROVED_TYPES = ['plan', 'report', 'evaluation'] as const
/** Roles that are heard before a director decides (DOMAIN D.2). */
export const OPINION_ROLES = ['legal', 'it', 'hr', 'language'] as const satisfies readonly Role[]

export interface Department {
  readonly id: string
  readonly name: Translated<string>
  /** The Nextcloud group its people are in, if there is one. */
  readonly group?: string | null
  /** It is communications or press: it coordinates when several departments have profiles (DOMAIN P-17). */
  readonly communications?: boolean | undefined
}
/** Days with a name of their own; both dates belong to it. */
export interface Period {
  readonly id: string
  readonly name: string
  /** ISO dates. */
  readonly from: string
  readonly to: string
}
type PerLevel = { readonly [level in (typeof USE_LEVELS)[number]]: number }
export interface Policy {
  /** Tools must keep their data in the European Economic Area. */
  readonly requireEea: boolean
  readonly minEvaluators: PerLevel
  /** Of 100 points: from here on recommended, recommended with conditions. */
  readonly thresholds: { readonly recommend: number; readonly conditional: number }
  readonly reviewMonths: PerLevel
  /** One person may evaluate and decide; it is logged (DOMAIN W-02). */
  readonly smallOrganisation: boolean
}
/** Who looks after the tools (DOMAIN C-01): somebody, a department, or somebody of a department, so many hours a week. */
export interface ToolWatch {
  readonly person: { readonly id: string; readonly name: string } | null
  /** Id of a department. */
  readonly department: string | null
  readonly hoursPerWeek: number | null
}
/** Who is heard and who approves, for one type of document. */
export interface ApprovalRoute extends RouteRules {
  readonly type: (typeof APPROVED_TYPES)[number]
  readonly opinions: readonly (typeof OPINION_ROLES)[number][]
}

/** `PUT /organisation` takes these, with the version they were made from. */
export interface OrganisationFacts {
  readonly name: Translated<string>
  /** Official languages, lead language first. New documents are written in these. */
  readonly languages: readonly string[]
  readonly departments: readonly Department[]
  readonly kind: (typeof ORGANISATION_KINDS)[number]
  readonly size: (typeof ORGANISATION_SIZES)[number]
  /** Code in the State's directory of public bodies; empty when there is none. */
  readonly dir3: string
  /** Addresses; empty when there is none. */
  readonly website: string
  readonly editorialPolicyUrl: string
  readonly transparencyUrl: string
  readonly dpoMailbox: string
  readonly holidays: readonly Period[]
  readonly closedPeriods: readonly Period[]
  /** Days that are worked, and on which one thinks twice about what is published (DOMAIN P-49). */
  readonly electoralPeriods: readonly Period[]
  readonly mourningPeriods: readonly Period[]
  /** IANA name: where its days begin and end, and its mornings are. */
  readonly timeZone: string
  /** How profiles are named, e.g. `{org}{Dept}` (DOMAIN A.5); empty when there is no rule. */
  readonly namingPattern: string
  /** Of the list of licences. */
  readonly licence: string
  readonly policy: Policy
  readonly approvalRoutes: readonly ApprovalRoute[]
  readonly toolWatch: ToolWatch
}
export interface Organisation extends OrganisationFacts {
  /** Rises with every change; whoever saves says which one they changed. */
  readonly version: number
}

/** Before anybody has described it; values of the policy: DOMAIN 0.3, B.14. */
export const UNDESCRIBED: Organisation = {
  version: 0,
  name: {},
  languages: ['eu', 'es'],
  departments: [],
  kind: 'municipality',
  size: 'small',
  dir3: '',
  website: '',
  editorialPolicyUrl: '',
  transparencyUrl: '',
  dpoMailbox: '',
  holidays: [],
  closedPeriods: [],
  electoralPeriods: [],
  mourningPeriods: [],
  timeZone: 'Europe/Madrid',
  namingPattern: '',
  licence: 'CC-BY-4.0',
  policy: {
    requireEea: true,
    minEvaluators: { individual: 1, collective: 2, institutional: 3 },
    thresholds: { recommend: 70, conditional: 50 },
    reviewMonths: { individual: 12, collective: 12, institutional: 12 },
    smallOrganisation: false,
  },
  approvalRoutes: [],
  toolWatch: { person: null, department: null, hoursPerWeek: null },
}
