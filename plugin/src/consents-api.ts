/** The register of consents, as the screens use it; for those who keep it. */
import type {
  ConsentCorrected,
  ConsentGiven,
  ConsentKept,
  ConsentWithdrawn,
} from '@auzolan/shared/protocol/consents.ts'
import { get, send } from './api.ts'

const at = (document: string, consent = ''): string =>
  `/documents/${encodeURIComponent(document)}/consents${consent && `/${encodeURIComponent(consent)}`}`

export const listConsents = (document: string): Promise<ConsentKept[]> => get(at(document))
export const addConsent = (document: string, given: ConsentGiven): Promise<void> =>
  send('POST', at(document), given)
export const correctConsent = (
  document: string,
  consent: string,
  corrected: ConsentCorrected,
): Promise<void> => send('PUT', at(document, consent), corrected)
/** From that day on it counts no more; gives what to look for in the calendar. */
export const withdrawConsent = (document: string, consent: string, on: string): Promise<ConsentWithdrawn> =>
  send('POST', `${at(document, consent)}/withdraw`, { on })
