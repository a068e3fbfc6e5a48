/** Reviews, as the screens ask the server for them. */
import type {
  AnyTask,
  DecisionGiven,
  OpinionGiven,
  OpinionRole,
  Review,
  ReviewRequest,
  VersionSummary,
} from '@auzolan/shared/protocol/review.ts'
import { get, send } from './api.ts'

const at = (id: string): string => `/documents/${encodeURIComponent(id)}`

export const listTasks = (): Promise<AnyTask[]> => get('/reviews')
export const getReview = (id: string): Promise<Review> => get(`${at(id)}/review`)
/** The newest first, without their texts. */
export const listVersions = (id: string): Promise<VersionSummary[]> => get(`${at(id)}/versions`)
export const sendToReview = (id: string, request: ReviewRequest): Promise<{ version: number }> =>
  send('POST', `${at(id)}/review`, request)
export const takeOutOfReview = (id: string): Promise<void> => send('POST', `${at(id)}/review/withdraw`)
export const resumeWork = (id: string): Promise<void> => send('POST', `${at(id)}/review/resume`)
export const decide = (id: string, decision: DecisionGiven): Promise<void> =>
  send('POST', `${at(id)}/decisions`, decision)
export const giveOpinion = (id: string, role: OpinionRole, opinion: OpinionGiven): Promise<void> =>
  send('PUT', `${at(id)}/review/opinions/${role}`, opinion)
