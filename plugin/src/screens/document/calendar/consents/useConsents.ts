/** The consents of the plan's register, for those who may know them: fetched for the calendar that is on the screen. */
import {
  computed,
  inject,
  provide,
  shallowRef,
  type ComputedRef,
  type InjectionKey,
  type ShallowRef,
} from 'vue'
import type { Role } from '@auzolan/shared/grants.ts'
import { CONSENT_KEEPERS, CONSENT_READERS } from '@auzolan/shared/posts/consent.ts'
import type { ConsentKept } from '@auzolan/shared/protocol/consents.ts'
import { listConsents } from '../../../../consents-api.ts'
import { usePlanContext } from '../../../../documents/context.ts'

export interface UsedConsents {
  /** They keep them, or decide by them. */
  readonly may: boolean
  /** They note them down and take them back. */
  readonly keeps: boolean
  /** `null` while nobody has answered: offline they are not kept on the device. */
  readonly list: ShallowRef<readonly ConsentKept[] | null>
  readonly byId: ComputedRef<ReadonlyMap<string, ConsentKept> | null>
  /** Asks the server again; when nobody answers, what was known stays. */
  refresh(): Promise<void>
}
const KEY: InjectionKey<UsedConsents> = Symbol('consents')

export function provideConsents(): UsedConsents {
  const { envelope } = usePlanContext()
  const has = (roles: readonly Role[]): boolean => envelope.roles.some((role) => roles.includes(role))
  const may = has(CONSENT_READERS)
  const list = shallowRef<readonly ConsentKept[] | null>(null)
  const used: UsedConsents = {
    may,
    keeps: has(CONSENT_KEEPERS),
    list,
    byId: computed(() => list.value && new Map(list.value.map((one) => [one.id, one]))),
    async refresh() {
      if (!may) return
      await listConsents(envelope.id).then(
        (found) => (list.value = found),
        () => {},
      )
    },
  }
  provide(KEY, used)
  return used
}
export function useConsents(): UsedConsents {
  const used = inject(KEY)
  if (!used) throw new Error('outside of a calendar')
  return used
}
