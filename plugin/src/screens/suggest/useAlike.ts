/** Which tools like the one that is being named are there already: asked for soon after somebody stops typing. */
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { LINK_MAX_CHARACTERS, TOOL_NAME_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { AlikeAsked, SuggestionsAlike } from '@auzolan/shared/protocol/suggestions.ts'
import { suggestionsAlike } from '../../suggestions-api.ts'

const ASK_AFTER_MS = 250
const NOTHING: SuggestionsAlike = { suggestions: [], entries: [] }

/** When nobody answers, what was known stays. */
export function useAlike(asked: () => AlikeAsked): ShallowRef<SuggestionsAlike> {
  const alike = shallowRef(NOTHING)
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = 0
  watch(
    () => [asked().name.trim(), asked().address.trim()] as const,
    ([name, address]) => {
      clearTimeout(timer)
      const turn = ++latest
      if (name === '' && address === '') return void (alike.value = NOTHING)
      timer = setTimeout(() => {
        void suggestionsAlike({
          name: name.slice(0, TOOL_NAME_MAX_CHARACTERS),
          address: address.slice(0, LINK_MAX_CHARACTERS),
        }).then(
          // What was asked before somebody wrote on is no answer any more.
          (found) => void (turn === latest && (alike.value = found)),
          () => undefined,
        )
      }, ASK_AFTER_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return alike
}
