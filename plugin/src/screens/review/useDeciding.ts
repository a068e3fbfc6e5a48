/** What a person does on a review: which dialog is open, what came of it, and what a screen reader is told about it. */
import { nextTick, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { OpinionRole } from '@auzolan/shared/protocol/review.ts'
import type { Verdict } from '@auzolan/shared/receipt.ts'
import type { QueuedDecision } from '../../decisions/desk.ts'
import { withdraw, type Outcome } from '../../decisions/here.ts'
import { t } from '../../l10n.ts'
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
  readonly standing: Pick<Standing, 'waiting' | 'refused'>
  readonly heading: Readonly<Ref<HTMLElement | null>>
  readonly load: () => Promise<unknown>
}

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
    if (before && !now && !standing.refused.value && !takenBack) said.value = t('The decision is made.')
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
      else await done(outcome.kind === 'sent' ? t('The decision is made.') : '')
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
