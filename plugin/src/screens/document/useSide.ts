/** What stands beside the text: the checks, or the record that is being edited; and where the focus goes back to. */
import { nextTick, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue'
import { focusWhenThere } from './focus-field.ts'

export type Side =
  | { readonly kind: 'closed' }
  | { readonly kind: 'checks' }
  | { readonly kind: 'comments' }
  | { readonly kind: 'find' }
  | { readonly kind: 'details' }
  | { readonly kind: 'profile'; readonly id: string }

export interface SideOptions {
  readonly section: () => string
  /** The record an address names, if any. */
  readonly part: () => string | null
  readonly isProfile: (id: string) => boolean
}

export interface UsedSide {
  readonly side: Ref<Side>
  open(next: Side): void
  /** Opens a profile at one of its fields. */
  openProfile(id: string, field: string): Promise<void>
  close(): void
  /** Somebody went from the panel to a field. On a phone the panel covers it; at a desk it stays for the next line. */
  wentFrom(): void
}

export function useSide({ section, part, isProfile }: SideOptions): UsedSide {
  const side = ref<Side>({ kind: 'closed' })
  let opener: HTMLElement | null = null

  function open(next: Side): void {
    opener = document.activeElement as HTMLElement | null
    side.value = next
  }
  async function openProfile(id: string, field: string): Promise<void> {
    open({ kind: 'profile', id })
    await nextTick()
    focusWhenThere(`profiles/${id}/${field}`)
  }
  function close(): void {
    side.value = { kind: 'closed' }
    opener?.focus()
  }
  function wentFrom(): void {
    if (matchMedia('(max-width: 1024px)').matches) side.value = { kind: 'closed' }
  }

  watch(
    part,
    (id) => {
      if (section() === 'profiles' && id && isProfile(id)) side.value = { kind: 'profile', id }
    },
    { immediate: true },
  )
  watch(section, (id) => {
    if (id !== 'profiles' && side.value.kind === 'profile') side.value = { kind: 'closed' }
  })

  /** Escape closes what stands beside the text, unless something on top of it wants the key first. */
  function escape(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || side.value.kind === 'closed') return
    if (document.querySelector('.v-popper__popper--shown, .modal-mask, .vs--open')) return
    close()
  }
  onMounted(() => document.addEventListener('keydown', escape))
  onBeforeUnmount(() => document.removeEventListener('keydown', escape))

  return { side, open, openProfile, close, wentFrom }
}
