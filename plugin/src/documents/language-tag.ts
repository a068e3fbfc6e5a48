/** Paths may end with the language of a translated text: `identity.title:eu`. */
export function languageTagOf(path: string): { readonly bare: string; readonly tag: string | null } {
  const found = /^(.*):([\w-]+)$/.exec(path)
  return found ? { bare: found[1]!, tag: found[2]! } : { bare: path, tag: null }
}
