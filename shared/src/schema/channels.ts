/** What lies in which channel of a document. */
import { channelNameOf, type ChannelId, type ChannelName } from '../ids.ts'
import { CALENDAR } from './calendar.ts'
import type { DocumentType } from './fields.ts'
import { PLAN } from './plan.ts'

const TYPES: { readonly [channel in ChannelName]: DocumentType | null } = {
  content: PLAN,
  calendar: CALENDAR,
  /** A list of events that only grows (comments.ts). */
  comments: null,
}

export const typeOf = (channel: ChannelId): DocumentType | null => TYPES[channelNameOf(channel)]
