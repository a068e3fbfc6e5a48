/** Finding words in whatever one may read. */
import type { SearchAnswer } from '@auzolan/shared/protocol/search.ts'
import { get } from './api.ts'

export const search = (query: string): Promise<SearchAnswer> => get(`/search?q=${encodeURIComponent(query)}`)
