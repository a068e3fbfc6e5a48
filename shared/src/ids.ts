/** Branded identifiers: a string that was parsed once at the edge and needs no second look. */
declare const brand: unique symbol
type Branded<T, Name extends string> = T & { readonly [brand]: Name }

export type DocumentId = Branded<string, 'DocumentId'>
export type PersonId = Branded<string, 'PersonId'>
export type TeamId = Branded<string, 'TeamId'>
/** `<document>/<channel>`: the unit of the log. */
export type ChannelId = Branded<string, 'ChannelId'>

/** The separately permitted parts of a document, each a `Y.Doc` of its own. */
export const CHANNELS = ['content', 'comments', 'calendar'] as const
export type ChannelName = (typeof CHANNELS)[number]

/** The types of document there are (document-types.ts). */
export const DOCUMENT_TYPE_IDS = ['plan', 'report', 'evaluation'] as const
export type DocumentTypeId = (typeof DOCUMENT_TYPE_IDS)[number]

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * What a record of a list may be called. It stands in paths, addresses and calendars of others: whatever is called otherwise is no record
 * for anybody, is not read and does not go out.
 */
export const isRecordId = (text: string): boolean => /^[\w-]{1,64}$/.test(text)

export const parseDocumentId = (text: string): DocumentId | null =>
  UUID.test(text) ? (text as DocumentId) : null
export const parseTeamId = (text: string): TeamId | null => (UUID.test(text) ? (text as TeamId) : null)
/** The number of a version as it is written: from 1, no sign, nothing before or behind. */
export const parseVersionNumber = (text: string): number | null =>
  /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null
export const parseChannelName = (text: string): ChannelName | null =>
  (CHANNELS as readonly string[]).includes(text) ? (text as ChannelName) : null
export const channelId = (document: DocumentId, channel: ChannelName): ChannelId =>
  `${document}/${channel}` as ChannelId
export const channelNameOf = (channel: ChannelId): ChannelName => channel.slice(37) as ChannelName
export const documentOf = (channel: ChannelId): DocumentId => channel.slice(0, 36) as DocumentId

/** A random UUID v4; browsers offer `crypto.randomUUID` only on secure origins, so it is built from bytes. */
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
