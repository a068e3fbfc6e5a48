/** What a session may write now, and how it is refused: one rule for every wire. */
import { isTooOld } from '@auzolan/shared/build.ts'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { WriteRight } from '@auzolan/shared/grants.ts'
import type { WriteState } from '@auzolan/shared/protocol/frames.ts'
import type { Room } from '../rooms/room.ts'

/** @param build of the page, as its greeting says */
export function writeState(right: WriteRight, room: Room, build: string): WriteState {
  if (right === 'no') return 'no'
  if (isTooOld(build)) return 'old'
  return right === 'yes' && room.isFull ? 'full' : right
}

/** `null` when the room decides: a full one still takes deletions. */
export function refusedFor(state: WriteState): RefusalCode | null {
  switch (state) {
    case 'no':
      return 'READ_ONLY'
    case 'old':
      return 'BUILD_OLD'
    case 'locked':
      return 'LOCKED'
    case 'full':
    case 'yes':
      return null
  }
}
