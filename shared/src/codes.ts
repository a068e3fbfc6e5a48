/**
 * The refusals a person or a program can meet, in one place: server and client agree on them here,
 * and the plugin turns each into a sentence in the person's language (plugin/src/parts/refusals.ts).
 */
export const REFUSAL_CODES = [
  'TICKET_MISSING',
  'TICKET_INVALID',
  'TICKET_EXPIRED',
  'TICKET_SPENT',
  'LEASE_OVER',
  'ACCESS_ENDED',
  'NOT_FOUND',
  'READ_ONLY',
  'NOT_ALLOWED',
  'OTHER_PERSON',
  'LAST_COORDINATOR',
  'TEAM_FULL',
  'VERSIONS_FULL',
  'IN_USE',
  'CHANGED_MEANWHILE',
  'ILLEGAL_MOVE',
  'GATE_CLOSED',
  'OWN_TEXT',
  'OWN_SCORES',
  'NOT_YOUR_TURN',
  'LOCKED',
  'EPOCH_OLD',
  'MALFORMED',
  'TOO_LARGE',
  'FILE_TYPE',
  'FILE_DAMAGED',
  'FILE_DIFFERS',
  'FILE_IN_USE',
  'FILES_FULL',
  'STORAGE_FULL',
  'DOCUMENT_FULL',
  'ENOUGH_TODAY',
  'GAP',
  'UNKNOWN_ROOT',
  'UNKNOWN_DEPENDENCY',
  'FORGED_AUTHOR',
  'CLIENT_ID_TAKEN',
  'NOT_APPENDED',
  'QUARANTINED',
  'CROWDED',
  'BUILD_OLD',
  'INVALID_INPUT',
  'RESTART',
  'TRY_AGAIN',
  'TOO_SLOW',
] as const

export type RefusalCode = (typeof REFUSAL_CODES)[number]

/** An expected "no": a value, not an exception. */
export interface Refusal {
  readonly refused: RefusalCode
  /** For logs and developers; never shown to a person as it is. */
  readonly detail: string
}

/** What the other side sent may be in the detail, so it is cut. */
export const refusal = (refused: RefusalCode, detail: string): Refusal => ({
  refused,
  detail: detail.slice(0, 100),
})
export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value

/**
 * WebSocket close codes. A stock y-websocket client stops for ever at 4400–4499 and tries again at
 * everything else, so what can heal by itself must stay outside that range.
 */
export function closeCodeOf(code: RefusalCode): number {
  switch (code) {
    case 'TICKET_MISSING':
    case 'TICKET_INVALID':
    case 'TICKET_EXPIRED':
    case 'TICKET_SPENT':
    case 'LEASE_OVER':
      return 4401
    case 'READ_ONLY':
    case 'NOT_ALLOWED':
    case 'OTHER_PERSON':
    case 'OWN_TEXT':
    case 'OWN_SCORES':
    case 'NOT_YOUR_TURN':
    case 'ACCESS_ENDED':
    case 'FORGED_AUTHOR':
    case 'CLIENT_ID_TAKEN':
    case 'QUARANTINED':
      return 4403
    case 'NOT_FOUND':
      return 4404
    case 'EPOCH_OLD':
    case 'LAST_COORDINATOR':
    case 'TEAM_FULL':
    case 'VERSIONS_FULL':
    case 'IN_USE':
    case 'FILE_IN_USE':
    case 'FILES_FULL':
    case 'CHANGED_MEANWHILE':
    case 'ILLEGAL_MOVE':
    case 'GATE_CLOSED':
    case 'ENOUGH_TODAY':
      return 4409
    case 'MALFORMED':
    case 'GAP':
    case 'UNKNOWN_ROOT':
    case 'UNKNOWN_DEPENDENCY':
    case 'NOT_APPENDED':
    case 'INVALID_INPUT':
    case 'FILE_TYPE':
    case 'FILE_DAMAGED':
    case 'FILE_DIFFERS':
      return 4400
    case 'BUILD_OLD':
      return 4426
    case 'TOO_LARGE':
      return 1009
    case 'LOCKED':
    case 'DOCUMENT_FULL':
      return 4523
    case 'RESTART':
      return 1012
    case 'TRY_AGAIN':
    case 'TOO_SLOW':
    case 'CROWDED':
    case 'STORAGE_FULL':
      return 1013
  }
}

/**
 * Refusals of one update that are no verdict on it, and what a channel is then: the edit stays in the outbox and goes
 * out when the channel takes edits again (the review has ended, room was made, the page was reloaded).
 */
export const HOLDS = { LOCKED: 'locked', DOCUMENT_FULL: 'full', BUILD_OLD: 'old' } as const
export type HoldCode = keyof typeof HOLDS
export const isHold = (code: RefusalCode): code is HoldCode => code in HOLDS
