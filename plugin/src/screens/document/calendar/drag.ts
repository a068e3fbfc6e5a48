/** Dragging a post onto another day with a mouse or a pen. A finger scrolls: for it there is "Move to…". */
import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Nearer than this is a click. */
const BEGINS_AFTER_PX = 6

export interface Drag {
  /** The day the pointer is over; empty over the place of those without a date. */
  readonly over: Ref<string | null>
}

/**
 * @param root in it, `data-post` names a post and `data-day` a day
 * @param drop the day, or `null` for none
 */
export function useDrag(
  root: Ref<HTMLElement | null>,
  may: (post: string) => boolean,
  drop: (post: string, day: string | null) => void,
): Drag {
  const over = ref<string | null>(null)
  let held: {
    readonly post: string
    readonly chip: HTMLElement
    readonly x: number
    readonly y: number
  } | null = null
  let ghost: HTMLElement | null = null

  function down(event: PointerEvent): void {
    if (event.button !== 0 || event.pointerType === 'touch') return
    const chip = (event.target as HTMLElement).closest<HTMLElement>('[data-post]')
    if (!chip || (event.target as HTMLElement).closest('button')) return
    const post = chip.dataset['post']!
    if (may(post)) held = { post, chip, x: event.clientX, y: event.clientY }
  }
  function begin(): void {
    const { chip } = held!
    const box = chip.getBoundingClientRect()
    ghost = chip.cloneNode(true) as HTMLElement
    ghost.removeAttribute('data-post')
    ghost.setAttribute('aria-hidden', 'true')
    Object.assign(ghost.style, {
      position: 'fixed',
      zIndex: '2000',
      insetBlockStart: `${box.top}px`,
      left: `${box.left}px`,
      width: `${box.width}px`,
      pointerEvents: 'none',
      boxShadow: '0 4px 16px rgba(0, 0, 0, .3)',
    })
    root.value!.append(ghost)
    chip.style.opacity = '.4'
    root.value!.style.userSelect = 'none'
  }
  function move(event: PointerEvent): void {
    if (!held) return
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y]
    if (!ghost && Math.hypot(dx, dy) < BEGINS_AFTER_PX) return
    if (!ghost) begin()
    // Straight to the element: nothing of the calendar is drawn anew while it moves.
    ghost!.style.transform = `translate(${dx}px, ${dy}px)`
    const under = document.elementFromPoint(event.clientX, event.clientY)
    const day = under?.closest<HTMLElement>('[data-day]')?.dataset['day'] ?? null
    if (day !== over.value) over.value = day
  }
  function end(): void {
    ghost?.remove()
    ghost = null
    if (held) held.chip.style.opacity = ''
    if (root.value) root.value.style.userSelect = ''
    held = null
    over.value = null
  }
  function up(): void {
    const [was, day, dragged] = [held, over.value, ghost !== null]
    end()
    if (!was || !dragged) return
    // The click that follows would open what was dropped.
    addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => removeEventListener('click', swallow, { capture: true }))
    if (day !== null) drop(was.post, day === '' ? null : day)
  }
  const swallow = (event: Event): void => {
    event.preventDefault()
    event.stopPropagation()
  }
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !ghost) return
    event.stopPropagation()
    end()
  }
  onMounted(() => {
    root.value?.addEventListener('pointerdown', down)
    addEventListener('pointermove', move)
    addEventListener('pointerup', up)
    addEventListener('pointercancel', end)
    addEventListener('keydown', key, true)
  })
  onBeforeUnmount(() => {
    end()
    removeEventListener('pointermove', move)
    removeEventListener('pointerup', up)
    removeEventListener('pointercancel', end)
    removeEventListener('keydown', key, true)
  })
  return { over }
}
