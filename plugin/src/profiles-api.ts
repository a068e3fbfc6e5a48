/** Commands on profiles and finished courses, as the screens ask the server for them. */
import type { ProfileCommand } from '@auzolan/shared/profile-life.ts'
import type {
  ProfileGate,
  ProfileOrder,
  ProfileStates,
  TrainingDone,
  TrainingNoted,
} from '@auzolan/shared/protocol/profiles.ts'
import { get, send } from './api.ts'

const at = (id: string): string => `/documents/${encodeURIComponent(id)}`
const course = (id: string, training: string, person: string): string =>
  `${at(id)}/training/${encodeURIComponent(training)}/${encodeURIComponent(person)}`

export const getProfileStates = (id: string): Promise<ProfileStates> => get(`${at(id)}/profiles`)
export const getProfileGate = (id: string, profile: string): Promise<ProfileGate> =>
  get(`${at(id)}/profiles/${encodeURIComponent(profile)}`)
export const orderProfile = (
  id: string,
  profile: string,
  command: ProfileCommand,
  order: ProfileOrder,
): Promise<void> => send('POST', `${at(id)}/profiles/${encodeURIComponent(profile)}/${command}`, order)

export const getTraining = (id: string): Promise<readonly TrainingDone[]> => get(`${at(id)}/training`)
export const noteTraining = (
  id: string,
  training: string,
  person: string,
  noted: TrainingNoted,
): Promise<void> => send('PUT', course(id, training, person), noted)
export const takeBackTraining = (id: string, training: string, person: string): Promise<void> =>
  send('DELETE', course(id, training, person))
