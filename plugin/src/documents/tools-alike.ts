/** What the organisation has already of a tool that somebody is writing down: asked for soon after they stop typing. */
import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { toolSaidIn } from '@auzolan/shared/find/tool-said.ts'
import { LINK_MAX_CHARACTERS, NEED_MAX_CHARACTERS, TOOL_NAME_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { ToolAsked, ToolsAlike } from '@auzolan/shared/protocol/tools.ts'
import type { DocumentJson } from '@auzolan/shared/schema/fields.ts'
import { send } from '../api.ts'

const ASK_AFTER_MS = 250

export interface UsedToolsAlike {
  /** As the server last said; when nobody answers, what was known stays. */
  readonly alike: ShallowRef<ToolsAlike>
  /** For the checks; nothing until it is known. */
  readonly coveredBy: ComputedRef<readonly string[]>
  readonly stop: () => void
}

const NOTHING: ToolsAlike = { found: [], more: 0 }
export function useToolsAlike(asked: () => ToolAsked): UsedToolsAlike {
  const alike = shallowRef<ToolsAlike>(NOTHING)
  const key = computed(() => JSON.stringify(asked()))
  let timer: ReturnType<typeof setTimeout> | undefined
  async function ask(): Promise<void> {
    const now = key.value
    try {
      const found = await send<ToolsAlike>('POST', '/tools/alike', JSON.parse(now))
      // What was asked before somebody wrote on is no answer any more.
      if (key.value === now) alike.value = found
    } catch {
      // As it was.
    }
  }
  const end = watch(
    key,
    () => {
      clearTimeout(timer)
      const { name, category, address } = asked()
      if (name.trim() === '' && category === null && address === '') alike.value = NOTHING
      else timer = setTimeout(() => void ask(), ASK_AFTER_MS)
    },
    { immediate: true },
  )
  return {
    alike,
    coveredBy: computed(() =>
      alike.value.found.filter(({ covers, forAll }) => covers && forAll).map(({ name }) => name),
    ),
    stop: () => (clearTimeout(timer), end()),
  }
}

/** What an open evaluation asks. */
export function askedBy(json: DocumentJson, document: string): ToolAsked {
  const { name = '', category = null, address = '', need = {} } = toolSaidIn(json) ?? {}
  return {
    name: name.slice(0, TOOL_NAME_MAX_CHARACTERS),
    category,
    address: address.slice(0, LINK_MAX_CHARACTERS),
    need: Object.fromEntries(
      Object.entries(need).map(([language, text]) => [language, text.slice(0, NEED_MAX_CHARACTERS)]),
    ),
    document,
  }
}
