/** A suggestion while somebody writes it: kept on this device with every key, until it is shared or thrown away. */
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { SUGGESTED_DATA, type SuggestedData } from '@auzolan/shared/catalogue/suggestion.ts'
import type { SuggestionGiven, VoiceTerms } from '@auzolan/shared/protocol/suggestions.ts'
import { USE_LEVELS, type UseLevel } from '@auzolan/shared/schema/evaluation/levels.ts'
import { home, me } from '../../host.ts'

/** As it stands in the fields: nothing is missing, only empty. */
export interface VoiceDraft {
  whatFor: string
  likes: string
  cautions: string
  dataUsed: SuggestedData
  canTeach: boolean
  level: UseLevel | ''
  since: string
  department: string
  free: '' | 'yes' | 'no'
}
export interface Draft extends VoiceDraft {
  name: string
  address: string
  category: string
}

export const emptyVoice = (): VoiceDraft => ({
  whatFor: '',
  likes: '',
  cautions: '',
  dataUsed: 'unsure',
  canTeach: false,
  level: '',
  since: '',
  department: '',
  free: '',
})
const empty = (): Draft => ({ name: '', address: '', category: '', ...emptyVoice() })

export function voiceFrom(draft: VoiceDraft): VoiceTerms {
  const year = Number(draft.since)
  return {
    kind: 'uses',
    whatFor: draft.whatFor.trim(),
    likes: draft.likes.trim(),
    cautions: draft.cautions.trim(),
    dataUsed: draft.dataUsed,
    level: draft.level || null,
    since: draft.since !== '' && Number.isInteger(year) ? year : null,
    department: draft.department || null,
    free: draft.free === '' ? null : draft.free === 'yes',
    canTeach: draft.canTeach,
    asked: null,
  }
}
export const givenFrom = (draft: Draft): SuggestionGiven => ({
  name: draft.name.trim(),
  address: draft.address.trim(),
  category: draft.category || null,
  voice: voiceFrom(draft),
  imported: null,
})
export const draftOfVoice = (terms: VoiceTerms): VoiceDraft => ({
  whatFor: terms.whatFor,
  likes: terms.likes,
  cautions: terms.cautions,
  dataUsed: terms.dataUsed,
  canTeach: terms.canTeach,
  level: terms.level ?? '',
  since: terms.since === null ? '' : String(terms.since),
  department: terms.department ?? '',
  free: terms.free === null ? '' : terms.free ? 'yes' : 'no',
})

/** Of one person at one server: whoever signs in next on this device is somebody else. */
const KEY = `auzolan.suggestion.${home}.${me.id}`

export interface KeptDraft {
  readonly draft: Ref<Draft>
  readonly written: ComputedRef<boolean>
  /** Whether this device keeps it; some keep nothing. */
  readonly kept: Ref<boolean>
  readonly clear: () => void
}
export function useDraft(): KeptDraft {
  const draft = ref(read())
  const written = computed(() => JSON.stringify(draft.value) !== JSON.stringify(empty()))
  const kept = ref(written.value)
  watch(
    draft,
    (now) => {
      try {
        if (written.value) localStorage.setItem(KEY, JSON.stringify(now))
        else localStorage.removeItem(KEY)
        kept.value = written.value
      } catch {
        kept.value = false
      }
    },
    { deep: true, flush: 'sync' },
  )
  return { draft, written, kept, clear: () => void (draft.value = empty()) }
}

/** Only what an earlier edition of this page could have written there. */
function read(): Draft {
  const draft = empty()
  let known: Partial<Record<keyof Draft, unknown>> = {}
  try {
    known = (JSON.parse(localStorage.getItem(KEY) ?? '{}') as typeof known | null) ?? {}
  } catch {
    return draft
  }
  const text = (key: keyof Draft): string => (typeof known[key] === 'string' ? known[key] : '')
  return {
    ...draft,
    name: text('name'),
    address: text('address'),
    category: text('category'),
    whatFor: text('whatFor'),
    likes: text('likes'),
    cautions: text('cautions'),
    since: text('since'),
    department: text('department'),
    dataUsed: SUGGESTED_DATA.find((one) => one === known.dataUsed) ?? 'unsure',
    level: USE_LEVELS.find(({ id }) => id === known.level)?.id ?? '',
    free: known.free === 'yes' || known.free === 'no' ? known.free : '',
    canTeach: known.canTeach === true,
  }
}
