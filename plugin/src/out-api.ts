/** The calendar of a plan as files, as the server writes them. */
import type { CsvChoice, CsvKind } from '@auzolan/shared/export/posts-csv.ts'
import { get } from './api.ts'
import { screenLanguage } from './l10n.ts'

const at = (id: string): string => `/documents/${encodeURIComponent(id)}`

export const getCalendarFile = (id: string): Promise<string> =>
  get(`${at(id)}/calendar.ics?language=${screenLanguage()}`)

/** With the mark at its beginning that spreadsheets know UTF-8 by; a browser takes it off on the way. */
export const getPostsFile = async (id: string, posts: CsvChoice, kind: CsvKind): Promise<string> =>
  `\uFEFF${(await get<string>(`${at(id)}/posts.csv?posts=${posts}&kind=${kind}&language=${screenLanguage()}`)).replace(/^\uFEFF/, '')}`
