/** What a person does on a review: which dialog is open, what came of it, and what a screen reader is told about it. */
import { nextTick, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { OpinionRole, Review } from '@auzolan/shared/protocol/review.ts'
import type { Verdict } from '@auzolan/shared/receipt.ts'
import type { QueuedDecision } from '../../decisions/desk.ts'
import { withdraw, type Outcome } from '../../decisions/here.ts'
import { t } from '../../l10n.ts'
import { approvalsGiven } from '../../parts/route.ts'
import type { Standing } from './useStanding.ts'

export interface Deciding {
  readonly deciding: ShallowRef<Verdict | null>
  readonly saying: ShallowRef<OpinionRole | null>
  /** Said once to whoever does not see the page. */
  readonly said: Ref<string>
  begin(verdict: Verdict): void
  give(role: OpinionRole): void
  /** Out of a dialog without having done anything. */
  left(): Promise<void>
  made(outcome: Outcome): Promise<void>
  done(what: string): Promise<void>
  takeBack(): Promise<void>
}

interface Ports {
  readonly decided: Readonly<Ref<QueuedDecision | null>>
  readonly standing: Pick<Standing, 'review' | 'waiting' | 'refused'>
  readonly heading: Readonly<Ref<HTMLElement | null>>
  readonly load: () => Promise<unknown>
}

/** It is made when the version has all that it needs; until then one approval counts among others. */
const madeWords = (review: Review | null): string =>
  review?.work === 'in_review' && review.version.decisions.some(({ verdict }) => verdict === 'approve')
    ? t('Your approval counts: {given} of {needed}', approvalsGiven(review.version))
    : t('The decision is made.')

export function useDeciding({ decided, standing, heading, load }: Ports): Deciding {
  const deciding = shallowRef<Verdict | null>(null)
  const saying = shallowRef<OpinionRole | null>(null)
  const said = ref('')
  let opener: HTMLElement | null = null
  let takenBack = false

  async function done(what: string): Promise<void> {
    deciding.value = saying.value = null
    await load()
    said.value = what
  }
  // It waited, and has been sent meanwhile: said once.
  watch(standing.waiting, (now, before) => {
    if (!before || now) return
    // What was said about waiting goes with it.
    if (!takenBack) said.value = standing.refused.value ? '' : madeWords(standing.review.value)
    takenBack = false
  })
  return {
    deciding,
    saying,
    said,
    done,
    begin(verdict) {
      opener = document.activeElement as HTMLElement | null
      deciding.value = verdict
    },
    give(role) {
      opener = document.activeElement as HTMLElement | null
      saying.value = role
    },
    async left() {
      deciding.value = saying.value = null
      await nextTick()
      opener?.focus()
    },
    async made(outcome) {
      deciding.value = null
      await nextTick()
      // Its button may be gone: what can be done next, or the beginning of what is new.
      ;(document.querySelector<HTMLElement>('#decision button') ?? heading.value)?.focus()
      // The bar says it from now on; this says it once to whoever does not see the bar.
      if (outcome.kind === 'waiting')
        said.value = t('Your decision is kept on this device and is sent when the server answers.')
      else {
        await done('')
        if (outcome.kind === 'sent') said.value = madeWords(standing.review.value)
      }
    },
    async takeBack() {
      if (!decided.value) return
      takenBack = true
      const back = await withdraw(decided.value)
      said.value = back
        ? t('Your decision is withdrawn: it was not sent.')
        : t('Your decision is already on its way.')
    },
  }
}
