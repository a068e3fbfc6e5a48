/** The digest, as a person chooses it for themselves. */
import type { DigestChoice } from '@auzolan/shared/protocol/digest.ts'
import { get, send } from './api.ts'

export const getDigest = (): Promise<DigestChoice> => get('/digest')
export const chooseDigest = (choice: DigestChoice): Promise<DigestChoice> => send('PUT', '/digest', choice)
