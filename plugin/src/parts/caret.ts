/** The caret of somebody else in a rich text, with the name on a flag. Screen readers are told in words elsewhere. */

export function drawCaret(user: { name?: string; color?: string }): HTMLElement {
  const line = document.createElement('span')
  line.className = 'az-caret'
  line.setAttribute('aria-hidden', 'true')
  line.style.setProperty('--caret', user.color ?? '#5c6bc0')
  const flag = document.createElement('span')
  flag.className = 'az-caret__name'
  flag.textContent = user.name ?? ''
  line.append(flag)
  return line
}

/** A flag that would stick out at the edge of the text turns inwards; otherwise the name would be cut. */
export function turnInwards(flags: readonly HTMLElement[], edge: number): void {
  for (const flag of flags) {
    const line = flag.parentElement!
    line.classList.toggle('az-caret--inwards', line.getBoundingClientRect().left + flag.scrollWidth > edge)
  }
}
