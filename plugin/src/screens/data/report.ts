/** The page as a file for the data protection officer: to keep, to print, to send on. */
import { htmlFile } from '../../parts/html-file.ts'
import css from './report.css?inline'

/** What only leads somewhere else, or does something, is of no use on paper. */
const NOT_IN_IT = '.not-in-report, button'

export function reportFile(page: HTMLElement, title: string, language: string): string {
  const copy = document.createElement('main')
  copy.append(...page.cloneNode(true).childNodes)
  for (const one of copy.querySelectorAll(NOT_IN_IT)) one.remove()
  for (const link of copy.querySelectorAll('a')) link.replaceWith(...link.childNodes)
  for (const one of copy.querySelectorAll<HTMLElement>('[hidden]')) one.hidden = false
  return htmlFile(copy, title, language, css)
}
