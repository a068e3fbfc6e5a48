/** Tools that somebody in the house has named, as pages ask the server for them. */
import type {
  AlikeAsked,
  SuggestionGiven,
  SuggestionList,
  SuggestionPage,
  SuggestionsAlike,
  SuggestionTaken,
  VoiceTerms,
} from '@auzolan/shared/protocol/suggestions.ts'
import { get, send } from './api.ts'
import { signed } from './signed.ts'

const at = (id: string): string => `/suggestions/${encodeURIComponent(id)}`

export const getSuggestions = (): Promise<SuggestionList> => get('/suggestions')
export const getSuggestion = (id: string): Promise<SuggestionPage> => get(at(id))
export const suggestionsAlike = (asked: AlikeAsked): Promise<SuggestionsAlike> =>
  send('POST', '/suggestions/alike', asked)
export const giveSuggestion = (given: SuggestionGiven): Promise<SuggestionTaken> =>
  send('POST', '/suggestions', signed(given))
export const sayVoice = (id: string, terms: VoiceTerms, whole = false): Promise<void> =>
  send('PUT', `${at(id)}/voice`, signed({ ...terms, whole }))
export const takeVoiceBack = (id: string): Promise<void> => send('DELETE', `${at(id)}/voice`, signed({}))
export const declineSuggestion = (id: string, reason: string): Promise<void> =>
  send('POST', `${at(id)}/decline`, signed({ reason }))
export const reopenSuggestion = (id: string): Promise<void> => send('POST', `${at(id)}/reopen`, signed({}))
export const mergeSuggestion = (id: string, into: string): Promise<void> =>
  send('POST', `${at(id)}/merge`, signed({ into }))
export const evaluateSuggestion = (id: string, document: string): Promise<void> =>
  send('POST', `${at(id)}/evaluation`, signed({ document }))
export const unlinkSuggestion = (id: string): Promise<void> =>
  send('DELETE', `${at(id)}/evaluation`, signed({}))

/** Who says no more than that they use it, or ask for it. */
export const SILENT: VoiceTerms = {
  kind: 'uses',
  whatFor: '',
  likes: '',
  cautions: '',
  dataUsed: 'unsure',
  level: null,
  since: null,
  department: null,
  free: null,
  canTeach: false,
  asked: null,
}
