/** From one figure to the next in its column: what is words there is passed over. */
export function walkDown(table: HTMLElement | null, profile: string, by: 1 | -1): void {
  const inputs = [
    ...(table?.querySelectorAll<HTMLInputElement>(`td[data-column="${CSS.escape(profile)}"] input`) ?? []),
  ]
  const at = inputs.indexOf(document.activeElement as HTMLInputElement)
  const next = inputs[at + by]
  // At the end it is saved all the same.
  if (next) next.focus()
  else inputs[at]?.blur()
}
