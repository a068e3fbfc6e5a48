/** The consents of the plan's register, for those who may know them: fetched once for the post that is on the screen. */
import {
  computed,
  inject,
  provide,
  shallowRef,
  type ComputedRef,
  type InjectionKey,
  type ShallowRef,
} from 'vue'
import { CONSENT_READERS } from '@auzolan/shared/posts/consent.ts'
import type { ConsentKept } from '@auzolan/shared/protocol/consents.ts'
import { listConsents } from '../../../../consents-api.ts'
import { usePlanContext } from '../../../../documents/context.ts'

export interface UsedConsents {
  /** They keep them, or decide by them. */
  readonly may: boolean
  /** `null` while nobody has answered: offline they are not kept on the device. */
  readonly list: ShallowRef<readonly ConsentKept[] | null>
  readonly byId: ComputedRef<ReadonlyMap<string, ConsentKept> | null>
}
const KEY: InjectionKey<UsedConsents> = Symbol('consents')

export function provideConsents(): UsedConsents {
  const { envelope } = usePlanContext()
  const may = envelope.roles.some((role) => CONSENT_READERS.includes(role))
  const list = shallowRef<readonly ConsentKept[] | null>(null)
  if (may)
    void listConsents(envelope.id).then(
      (found) => (list.value = found),
      () => {},
    )
  const used: UsedConsents = {
    may,
    list,
    byId: computed(() => list.value && new Map(list.value.map((one) => [one.id, one]))),
  }
  provide(KEY, used)
  return used
}
export function useConsents(): UsedConsents {
  const used = inject(KEY)
  if (!used) throw new Error('outside of a post')
  return used
}
