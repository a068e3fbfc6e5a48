/** Somebody is led to a text in another language than theirs: for as long as they are in that section, and then back. */
import { watch, type Ref } from 'vue'

export function useBorrowedLanguage(
  language: Ref<string>,
  section: () => string,
): (wanted: string, where: string) => void {
  let borrowed: { readonly own: string; readonly shown: string; readonly section: string } | null = null
  watch(section, (now) => {
    if (!borrowed || now === borrowed.section) return
    // Whoever has chosen a language meanwhile keeps it.
    if (language.value === borrowed.shown) language.value = borrowed.own
    borrowed = null
  })
  return (wanted, where) => {
    if (wanted === language.value) return
    const own = borrowed && language.value === borrowed.shown ? borrowed.own : language.value
    borrowed = { own, shown: wanted, section: where }
    language.value = wanted
  }
}
