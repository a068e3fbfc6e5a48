/** Lists of reference data, as everybody reads them and administrators replace them. */
import type {
  Edition,
  EditionApplied,
  EditionGiven,
  EditionSummary,
  Preview,
  ReferenceAnswer,
} from '@auzolan/shared/protocol/reference.ts'
import type { ListId } from '@auzolan/shared/reference/references.ts'
import { get, send } from './api.ts'

/** @param known the version this page has; `null` when there is no newer one */
export const getReferences = async (known: string): Promise<ReferenceAnswer | null> =>
  (await get<ReferenceAnswer | ''>(`/reference${known ? `?known=${encodeURIComponent(known)}` : ''}`)) || null
export const listEditions = (list: ListId): Promise<EditionSummary[]> => get(`/reference/${list}/editions`)
export const getEdition = (list: ListId, n: number): Promise<Edition> =>
  get(`/reference/${list}/editions/${n}`)
/** @throws with `CHANGED_MEANWHILE` when it was made from an edition that is no longer the present one */
export const saveEdition = (list: ListId, given: EditionApplied): Promise<Edition> =>
  send<Edition>('PUT', `/reference/${list}`, given)
/** What it would mean for evaluations, for those of the lists they rely on. */
export const previewEdition = (list: ListId, given: EditionGiven): Promise<Preview> =>
  send<Preview>('POST', `/reference/${list}/preview`, given)
