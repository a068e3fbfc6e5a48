/** Consents of people who are seen, heard or named in a post (DOMAIN A.10): who keeps them, what one must say, and when it counts. */
import { WRITERS, type Role } from '../grants.ts'
import { addressesIn } from './addresses.ts'

/** Those who make the posts, and who answers for data protection. */
export const CONSENT_KEEPERS: readonly Role[] = [...WRITERS, 'legal']
/** Whoever decides on posts sees what they rest on. */
export const CONSENT_READERS: readonly Role[] = [...CONSENT_KEEPERS, 'director']

export const SUBJECT_KINDS = ['adult', 'minor_over_age', 'minor_under_age'] as const
export type SubjectKind = (typeof SUBJECT_KINDS)[number]
export const CONSENT_GIVERS = ['self', 'guardian'] as const
export type ConsentGiver = (typeof CONSENT_GIVERS)[number]
export const CONSENT_SCOPES = ['image', 'voice', 'name', 'tagging'] as const
export type ConsentScope = (typeof CONSENT_SCOPES)[number]

/** What somebody agreed to. Days are ISO dates of the organisation. */
export interface ConsentTerms {
  /** A pseudonym: who it is stands in the evidence. */
  readonly subject: string
  readonly subjectKind: SubjectKind
  readonly givenBy: ConsentGiver
  readonly scope: readonly ConsentScope[]
  /** Ids of the reference list of networks. */
  readonly networks: readonly string[] | 'all'
  readonly purpose: string
  readonly obtainedOn: string
  /** The last day on which it counts. */
  readonly expiresOn: string | null
  /** Where the signed paper is: its address in Nextcloud Files, or in words. */
  readonly evidence: string
  readonly freelyGiven: boolean
}

export interface Consent extends ConsentTerms {
  /** From this day on it counts no more. */
  readonly withdrawnOn: string | null
}

export type ConsentFault =
  | 'P-32'
  | 'guardian'
  | 'no scope'
  | 'no network'
  | 'ends before it begins'
  | 'not obtained yet'
  | 'names somebody'

/** What is wrong with it, or nothing. One that was not freely given is none (DOMAIN P-32). */
export function consentFault(terms: ConsentTerms, today: string): ConsentFault | null {
  if (!terms.freelyGiven) return 'P-32'
  if (lacksGuardian(terms)) return 'guardian'
  if (terms.scope.length === 0) return 'no scope'
  if (terms.networks.length === 0) return 'no network'
  if (terms.expiresOn !== null && terms.expiresOn < terms.obtainedOn) return 'ends before it begins'
  if (terms.obtainedOn > today) return 'not obtained yet'
  return namesSomebody(terms.subject) ? 'names somebody' : null
}

export const coversNetwork = ({ networks }: ConsentTerms, network: string): boolean =>
  networks === 'all' || networks.includes(network)

/** Whether it counts on this ISO date. For which network and scope, the caller asks. */
export const holdsOn = (consent: Consent, day: string): boolean =>
  consent.freelyGiven &&
  !lacksGuardian(consent) &&
  consent.obtainedOn <= day &&
  (consent.expiresOn === null || day <= consent.expiresOn) &&
  (consent.withdrawnOn === null || day < consent.withdrawnOn)

/** A child below the age of consent cannot give it (DOMAIN A.8). */
const lacksGuardian = ({ subjectKind, givenBy }: ConsentTerms): boolean =>
  subjectKind === 'minor_under_age' && givenBy !== 'guardian'

/** An account, an address, the number of an identity card or of a telephone: no pseudonym. A name in words cannot be told apart. */
export function namesSomebody(subject: string): boolean {
  const written = subject.normalize('NFKC')
  if (/@|https?:/i.test(written) || addressesIn(written).length > 0) return true
  // However it is spaced and divided.
  const signs = written.replace(/[^\p{L}\p{N}+]/gu, '')
  return /(?<!\d)(?:\d{8}|[XYZ]\d{7})[A-Z](?![A-Z])|(?<!\d)(?:(?:00|\+)34)?[6-9]\d{8}(?!\d)/i.test(signs)
}
