/** What can be looked for in a calendar, and what is: each in words, with what is left when it is taken away. */
import { computed, type ComputedRef } from 'vue'
import { POST_STATUSES } from '@auzolan/shared/posts/life.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import { screenLanguage, t } from '../../../l10n.ts'
import { nameOfLanguage, optionLabel, type ShownOption } from '../../../parts/options.ts'
import { networkName } from '../../../references.ts'
import { FILTERS, LACKING, toggled, type Entry, type Filter, type FilterName } from './arrangement.ts'
import { filterWords } from './filter-words.ts'
import { networksOf } from './shown.ts'
import { lackingLooks, postLooks } from './state-looks.ts'

export interface LookedFor {
  readonly key: string
  readonly words: string
  readonly without: Filter
}

export function useLookedFor(
  entries: () => readonly Entry[],
  filter: ComputedRef<Filter>,
  organisation: () => Organisation,
): {
  readonly options: ComputedRef<{ [name in FilterName]: ShownOption[] }>
  readonly lookedFor: ComputedRef<readonly LookedFor[]>
} {
  function labelOf(name: FilterName, id: string): string {
    switch (name) {
      case 'network':
        return networkName(id)
      case 'department':
        return optionLabel('departments', id, organisation())
      case 'language':
        return nameOfLanguage(id)
      case 'state': {
        if (id === LACKING) return lackingLooks().word
        const status = POST_STATUSES.find((one) => one === id)
        return status ? postLooks()[status].word : id
      }
    }
  }
  const options = computed(() => {
    const all = entries()
    const there: { readonly [name in FilterName]: readonly string[] } = {
      network: distinct(all.flatMap(networksOf)).sort(),
      department: distinct(all.map(({ department }) => department)),
      language: distinct(all.flatMap(({ languages }) => languages)),
      state: [LACKING, ...POST_STATUSES.filter((status) => all.some((entry) => entry.status === status))],
    }
    return Object.fromEntries(
      FILTERS.map((name) => [
        name,
        inOrder(
          name,
          distinct([...there[name], ...filter.value[name]]).map((id) => ({ id, label: labelOf(name, id) })),
        ),
      ]),
    ) as { [name in FilterName]: ShownOption[] }
  })
  const lookedFor = computed(() => [
    ...FILTERS.flatMap((name) =>
      filter.value[name].map((id) => ({
        key: `${name} ${id}`,
        words: t('{what}: {which}', { what: filterWords()[name], which: labelOf(name, id) }),
        without: toggled(filter.value, name, id, false),
      })),
    ),
    ...(filter.value.mine
      ? [{ key: 'mine', words: t('Only mine'), without: { ...filter.value, mine: false } }]
      : []),
  ])
  return { options, lookedFor }
}

const distinct = (values: readonly (string | null)[]): string[] =>
  [...new Set(values)].filter((one): one is string => one !== null && one !== '')
/** Languages stand as in the plan, states as in the life of a post. */
const inOrder = (name: FilterName, options: ShownOption[]): ShownOption[] =>
  name === 'department' || name === 'network'
    ? options.sort((a, b) => a.label.localeCompare(b.label, screenLanguage()))
    : options
