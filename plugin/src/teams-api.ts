/** Teams, and what is done with documents as a whole, as the screens ask the server for it. */
import type { Role } from '@auzolan/shared/grants.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { TrashedDocument } from '@auzolan/shared/protocol/rest.ts'
import type { MemberFacts, Principal, Team, TeamFacts, TeamSummary } from '@auzolan/shared/protocol/teams.ts'
import { get, send, type TeamChoice } from './api.ts'

const at = encodeURIComponent

export const listTeams = (): Promise<TeamSummary[]> => get('/teams')
export const getTeam = (id: string): Promise<Team> => get(`/teams/${at(id)}`)
export const createTeam = async (facts: TeamFacts): Promise<string> =>
  (await send<{ id: string }>('POST', '/teams', facts)).id
export const describeTeam = (id: string, facts: TeamFacts): Promise<void> =>
  send('PUT', `/teams/${at(id)}`, facts)
export const setMember = (
  team: string,
  member: MemberFacts & { readonly before?: readonly Role[] },
): Promise<void> => send('PUT', `/teams/${at(team)}/members`, member)
export const removeMember = (team: string, { kind, id }: Principal): Promise<void> =>
  send('DELETE', `/teams/${at(team)}/members?kind=${at(kind)}&id=${at(id)}`)

export const moveDocument = (id: string, team: string): Promise<void> =>
  send('POST', `/documents/${at(id)}/move`, { team })
export const duplicateDocument = async (
  id: string,
  title: Translated<string>,
  team: TeamChoice,
): Promise<string> =>
  (await send<{ id: string }>('POST', `/documents/${at(id)}/duplicate`, { title, team })).id
export const trashDocument = (id: string): Promise<void> => send('POST', `/documents/${at(id)}/trash`)
export const takeBackDocument = (id: string): Promise<void> => send('POST', `/documents/${at(id)}/take-back`)
export const listTrash = (): Promise<TrashedDocument[]> => get('/trash')
