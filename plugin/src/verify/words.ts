/** The words of the page that checks receipts: it comes alone, with its four languages inside. */
export const LANGUAGES = { eu: 'Euskara', es: 'Español', ca: 'Català', en: 'English' } as const
export type Language = keyof typeof LANGUAGES

type Words = { readonly [language: string]: { readonly [english: string]: string } }
/** Put into the page by the build, from shared/l10n. */
const words = JSON.parse(document.getElementById('words')!.textContent) as Words

const isOurs = (tag: string): tag is Language => Object.hasOwn(LANGUAGES, tag)

let spoken: Language = navigator.languages.map((tag) => tag.slice(0, 2)).find(isOurs) ?? 'en'
export const language = (): Language => spoken
export function speak(tag: string): void {
  if (isOurs(tag)) spoken = tag
}

export function t(text: string, holes: { readonly [name: string]: string } = {}): string {
  const said = words[spoken]?.[text] ?? text
  return said.replace(/\{(\w+)\}/g, (hole, name: string) => holes[name] ?? hole)
}
