/** A leaflet as a file for a website. */
import { htmlFile } from '../../parts/html-file.ts'
import css from './leaflet.css?inline'

const AROUND = `body { max-width: 210mm; margin: 0 auto; padding: 20px; }
body:has(.beside) { max-width: 400mm; }
@page { size: A4; margin: 16mm; }
@media print { body { max-width: none; padding: 0; } }
`

export function leafletFile(element: HTMLElement, title: string, language: string): string {
  const copy = element.cloneNode(true) as HTMLElement
  // The sheet of the screen is none in a file.
  copy.classList.remove('paper')
  return htmlFile(copy, title, language, `${css}\n${AROUND}`)
}
