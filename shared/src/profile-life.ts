/**
 * The life of an official profile (DOMAIN A.4): what it is, and the commands that change it. It is no part of the plan's text: the
 * plan says what we want, these are the rows of what was done. Pure: the server decides with it, the screen hints with it.
 */
import { refusal, type Refusal } from './codes.ts'
import type { Role } from './grants.ts'

export const PROFILE_STATUSES = ['planned', 'open', 'dormant', 'closed', 'handed_over'] as const
export type ProfileStatus = (typeof PROFILE_STATUSES)[number]
export const PROFILE_COMMANDS = ['open', 'rest', 'close', 'hand_over', 'reopen'] as const
export type ProfileCommand = (typeof PROFILE_COMMANDS)[number]

const LIFE: {
  readonly [command in ProfileCommand]: {
    readonly from: readonly ProfileStatus[]
    readonly to: ProfileStatus
    /** A director opens what needs a waiver; the rest is daily work. */
    readonly by: readonly Role[]
  }
} = {
  open: { from: ['planned'], to: 'open', by: ['coordinator', 'director'] },
  rest: { from: ['open'], to: 'dormant', by: ['coordinator'] },
  close: { from: ['open', 'dormant'], to: 'closed', by: ['coordinator'] },
  hand_over: { from: ['open', 'dormant'], to: 'handed_over', by: ['coordinator'] },
  reopen: { from: ['dormant', 'closed', 'handed_over'], to: 'open', by: ['coordinator', 'director'] },
}

/** The commands that begin here, for somebody with these roles. */
export const commandsFrom = (status: ProfileStatus, roles: readonly Role[]): ProfileCommand[] =>
  PROFILE_COMMANDS.filter((command) => LIFE[command].from.includes(status) && mayCommand(command, roles))

export const mayCommand = (command: ProfileCommand, roles: readonly Role[]): boolean =>
  LIFE[command].by.some((role) => roles.includes(role))

/** What a profile is after a command; `ILLEGAL_MOVE` when the command does not begin here. */
export const commanded = (status: ProfileStatus, command: ProfileCommand): ProfileStatus | Refusal =>
  LIFE[command].from.includes(status)
    ? LIFE[command].to
    : refusal('ILLEGAL_MOVE', `${command} from ${status}`)

/** Opening, for the first time or again: what the gate asks for is asked for each time. */
export const opens = (command: ProfileCommand): boolean => LIFE[command].to === 'open'
