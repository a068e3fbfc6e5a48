/** A mention while somebody writes it. */
import { newUuid } from '@auzolan/shared/ids.ts'
import { mentionFault, topicOf, type MentionTerms } from '@auzolan/shared/listening/mention.ts'
import { today } from '../../../l10n.ts'
import { faultWords } from './words.ts'

type Open<T> = { -readonly [K in keyof T]: T[K] }
/** What has not been chosen yet is empty. */
export type Draft = Open<Omit<MentionTerms, 'sentiment'>> & { sentiment: MentionTerms['sentiment'] | '' }

/** Pressed twice, it is the same one: a draft has its id from the beginning. */
export interface NewDraft {
  readonly id: string
  terms: Draft
}

export const emptyDraft = (network: string): NewDraft => ({
  id: newUuid(),
  terms: {
    saidOn: today(),
    network,
    sourceKind: 'citizen',
    author: '',
    url: '',
    summary: '',
    sentiment: '',
    topic: '',
    reach: null,
    needsAnswer: false,
    action: null,
    source: '',
    owner: null,
    closedOn: null,
  },
})

export function draftOf(terms: MentionTerms): Draft {
  const { saidOn, network, sourceKind, author, url, summary, sentiment, topic } = terms
  const { reach, needsAnswer, action, source, owner, closedOn } = terms
  return {
    ...{ saidOn, network, sourceKind, author, url, summary, sentiment, topic },
    ...{ reach, needsAnswer, action, source, owner: owner && { ...owner }, closedOn },
  }
}

/** As it can be sent, or what is wrong with it, in words. */
export function termsFrom(
  draft: Draft,
  words: { network: string; sentiment: string },
): MentionTerms | string {
  const { sentiment } = draft
  if (draft.network === '') return words.network
  if (sentiment === '') return words.sentiment
  const reach = typeof draft.reach === 'number' && draft.reach >= 0 ? Math.round(draft.reach) : null
  const terms = {
    ...draft,
    sentiment,
    reach,
    topic: topicOf(draft.topic),
    summary: draft.summary.trim(),
    author: draft.author.trim(),
    url: draft.url.trim(),
    source: draft.source.trim(),
  }
  const fault = mentionFault(terms, today())
  return fault === null ? terms : faultWords[fault]
}
