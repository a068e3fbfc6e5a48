/** What lies in which channel of a document. */
import type * as Y from 'yjs'
import { typeOfDocument } from '../document-types.ts'
import { typeNamed } from '../types/facts.ts'
import { channelNameOf, type ChannelId, type ChannelName, type DocumentTypeId } from '../ids.ts'
import { CALENDAR } from './calendar.ts'
import type { DocumentType } from './fields.ts'
import { readMeta } from './shapes.ts'

/** `null`: a list of events that only grows (comments.ts). */
export function typeOf(channel: ChannelId, document: DocumentTypeId): DocumentType | null {
  switch (channelNameOf(channel)) {
    case 'content':
      return typeOfDocument(document).content
    case 'calendar':
      return CALENDAR
    case 'comments':
      return null
  }
}

/** The same, by what the text says of itself: only the server ever writes `meta`. What does not say it yet reads as a plan. */
export const typeIn = (channel: ChannelId, doc: Y.Doc): DocumentType | null =>
  typeOf(channel, typeNamed(readMeta(doc).type) ?? 'plan')

/** Whether documents of this type have the channel at all. */
export const hasChannel = (document: DocumentTypeId, channel: ChannelName): boolean =>
  channel !== 'calendar' || typeOfDocument(document).calendar
