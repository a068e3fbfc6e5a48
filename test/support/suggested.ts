/** A tool that somebody suggests to colleagues. */
import { expect } from 'vitest'
import type { SuggestionGiven, SuggestionTaken, VoiceTerms } from '@auzolan/shared/protocol/suggestions.ts'
import type { Reviewed, Who } from './reviewed.ts'

export const VOICE: VoiceTerms = {
  kind: 'uses',
  whatFor: 'Tailerretan ideiak biltzeko',
  likes: '',
  cautions: '',
  dataUsed: 'public',
  level: null,
  since: null,
  department: null,
  free: null,
  canTeach: false,
  asked: null,
}

export async function suggest(
  house: Reviewed,
  who: Who,
  name: string,
  { whatFor = VOICE.whatFor, ...more }: { whatFor?: string; address?: string; category?: string } = {},
): Promise<SuggestionTaken> {
  const given: SuggestionGiven = {
    ...{ name, address: '', category: null, imported: null },
    ...more,
    voice: { ...VOICE, whatFor },
  }
  const { status, json, text } = await house.call<SuggestionTaken>(who, 'POST', '/suggestions', given)
  expect([status, text]).toEqual([200, text])
  return json
}
