/**
 * The lists of reference data on this page: as the server says them, else as this device last knew them, else those of the
 * program. One for all screens; it is asked again when somebody comes back to the page.
 */
import { computed, shallowRef } from 'vue'
import { itemName } from '@auzolan/shared/checks/required.ts'
import type { Edition, ReferenceAnswer } from '@auzolan/shared/protocol/reference.ts'
import { emptyEntry } from '@auzolan/shared/reference/list.ts'
import {
  BUILTIN,
  LISTS,
  licenceLabel,
  networkLabel,
  referencesIn,
  type ListId,
  type References,
} from '@auzolan/shared/reference/references.ts'
import { home } from './host.ts'
import { getReferences } from './reference-api.ts'

const KEY = `auzolan/reference/${home}`

/** What the server said last; `null` when nobody has heard it. */
export const lists = shallowRef<ReferenceAnswer | null>(recall())
export const references = computed<References>(() => {
  const known = lists.value?.lists
  return known ? referencesIn((id) => entriesOf(id, known[id])) : BUILTIN
})

/** A page of another version may have remembered other lists, and other columns. */
function entriesOf(id: ListId, edition: Edition | undefined): Edition['entries'] {
  const empty = emptyEntry(LISTS[id].columns)
  return edition?.entries.map((entry) => ({ ...empty, ...entry })) ?? LISTS[id].builtin.entries
}

/** @throws when nobody answers */
export async function loadLists(): Promise<void> {
  const said = await getReferences(lists.value?.version ?? '')
  if (!said) return
  lists.value = said
  try {
    localStorage.setItem(KEY, JSON.stringify(said))
  } catch {
    // A browser that keeps nothing: offline, those of the program are used.
  }
}

/** Once a page, from its frame. */
export function startReferences(): void {
  const look = (): void => void loadLists().catch(() => {})
  look()
  globalThis.addEventListener('online', look)
  document.addEventListener('visibilitychange', () => void (document.hidden || look()))
  globalThis.addEventListener('storage', ({ key }) => {
    if (key === KEY) lists.value = recall()
  })
}

function recall(): ReferenceAnswer | null {
  try {
    const known = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<ReferenceAnswer> | null
    return known?.version && known.lists ? (known as ReferenceAnswer) : null
  } catch {
    return null
  }
}

export const networkName = (id: string): string => networkLabel(id, references.value)
export const licenceName = (id: string): string => licenceLabel(id, references.value)
/** What people call a record of a plan. */
export const recordName = (record: Parameters<typeof itemName>[0], language: string): string =>
  itemName(record, language, references.value)
