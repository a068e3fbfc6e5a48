/**
 * The round that somebody is scoring, as this device last saw it, so that their sheet opens without network: their own sheet and how
 * many have handed in. Of a round that is revealed nothing stays here.
 */
import type { Scoring } from '@auzolan/shared/protocol/scoring.ts'
import { home, me } from '../../../host.ts'

const keyOf = (document: string): string => `auzolan/round/${home}/${me.id}/${document}`

export function rememberRound(document: string, { rounds }: Scoring): void {
  const last = rounds?.at(-1)
  if (last?.state !== 'open' || !last.own) return forgetRound(document)
  try {
    localStorage.setItem(keyOf(document), JSON.stringify({ rounds: [last] }))
  } catch {
    // A browser that keeps nothing: it is asked again.
  }
}

export function recallRound(document: string): Scoring | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(document)) ?? 'null') as Scoring | null
  } catch {
    return null
  }
}

/** It is over, or the person may not see it any more. */
export function forgetRound(document: string): void {
  try {
    localStorage.removeItem(keyOf(document))
  } catch {
    // A browser that keeps nothing.
  }
}
