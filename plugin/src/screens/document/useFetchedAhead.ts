/**
 * What an open plan needs when the server is away is fetched while it is there: every part of it, one after the other and
 * behind everything that is on the screen. What the network breaks off goes on when it is back.
 */
import { onMounted, onScopeDispose } from 'vue'
import { wordsOf } from '@auzolan/shared/export/say.ts'
import { fetched } from '../../parts/lazy.ts'

const AFTER_MS = 1_000

/** First what says why the server is away and what is safe, then what somebody who loses it is most likely to be at. */
const PARTS: readonly (() => Promise<unknown>)[] = [
  () => import('./ConnectionDialog.vue'),
  () => import('./DraftsDialog.vue'),
  () => import('./sections/QuestionsSection.vue'),
  () => import('../../parts/FormDialog.vue'),
  () => import('../../parts/InStepNote.vue'),
  () => import('./calendar/CalendarSection.vue'),
  () => import('./calendar/post/PostPage.vue'),
  () => import('../../parts/ProseInput.vue'),
  () => import('../../parts/PersonInput.vue'),
  () => import('../../parts/PictureInput.vue'),
  () => import('../../parts/UseProposal.vue'),
  () => import('../../parts/FileAccess.vue'),
  () => import('../../parts/SuggestedText.vue'),
  () => import('./DocumentSidebar.vue'),
  () => import('./sections/ProfilesSection.vue'),
  () => import('./sections/ProfileOrder.vue'),
  () => import('./sections/ProfileRegister.vue'),
  () => import('./sections/IdentityKitSection.vue'),
  () => import('./indicators/IndicatorsSection.vue'),
  () => import('./indicators/EnterFigures.vue'),
  () => import('./indicators/FiguresDialog.vue'),
  () => import('./indicators/WhatWeMeasure.vue'),
  () => import('./indicators/ResultsTab.vue'),
  () => import('./listening/ListeningSection.vue'),
  () => import('./listening/MentionDialog.vue'),
  () => import('./sections/ParticipationSection.vue'),
  () => import('./sections/TrainingSection.vue'),
  () => import('../../parts/BalanceDialog.vue'),
  () => import('../review/SubmitDialog.vue'),
  () => import('./bringing/BringDialog.vue'),
  () => import('./calendar/consents/ConsentRegister.vue'),
  () => import('./calendar/out/SubscribeDialog.vue'),
  () => import('./moves/PublishDialog.vue'),
  () => import('./moves/ArchiveDialog.vue'),
  () => import('./moves/VisibilityDialog.vue'),
  () => import('../report/FiguresSection.vue'),
  () => import('../evaluation/ToolSection.vue'),
  () => import('../evaluation/NeedSection.vue'),
  () => import('../evaluation/LocationSection.vue'),
  () => import('../evaluation/AccessSection.vue'),
  () => import('../evaluation/DecisionSection.vue'),
  () => import('../evaluation/ReopenedNote.vue'),
  () => import('../evaluation/scoring/ScoringSection.vue'),
  () => import('../history/NameDialog.vue'),
  () => import('../paper/PrintPage.vue'),
  () => import('../paper/LeafletPage.vue'),
  () => import('@auzolan/shared/export/evaluation-told.ts'),
]

const whenIdle: (then: () => void) => void =
  typeof requestIdleCallback === 'function'
    ? (then) => void requestIdleCallback(then, { timeout: 1_000 })
    : (then) => void setTimeout(then, 50)
const idle = (): Promise<void> => new Promise((resolve) => whenIdle(resolve))

export function useFetchedAhead(languages: readonly string[]): void {
  let left = [...PARTS, ...languages.map((tag) => () => wordsOf(tag))]
  let going = false
  let ended = false
  async function go(): Promise<void> {
    if (going) return
    going = true
    const failed: typeof left = []
    for (const part of left) {
      await idle()
      if (ended) break
      await fetched(part).catch(() => failed.push(part))
    }
    left = failed
    going = false
  }
  const again = (): void => void go()
  onMounted(() => {
    setTimeout(again, AFTER_MS)
    globalThis.addEventListener('online', again)
  })
  onScopeDispose(() => {
    ended = true
    globalThis.removeEventListener('online', again)
  })
}
