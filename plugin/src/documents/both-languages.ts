/** Whether texts are shown in two languages side by side: a matter of this tab, whichever document it shows. */
import { ref, watch } from 'vue'

const KEY = 'auzolan.both-languages'
export const bothLanguages = ref(sessionStorage.getItem(KEY) === 'yes')
watch(bothLanguages, (on) => sessionStorage.setItem(KEY, on ? 'yes' : 'no'))

/** The language shown beside `language`: the lead language, or the second one beside that. */
export const besideOf = (language: string, languages: readonly string[]): string | null =>
  (language === languages[0] ? languages[1] : languages[0]) ?? null
