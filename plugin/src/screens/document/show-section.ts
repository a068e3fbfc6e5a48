/** Tells the session which section is on the screen, for the others' section lists. */
import type { InjectionKey } from 'vue'

export const SHOW_SECTION: InjectionKey<(section: string) => void> = Symbol('show section')
