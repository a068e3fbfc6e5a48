/** Names and titles from outside, in several languages. */
import { z } from 'zod'
import { LANGUAGES_MAX } from '@auzolan/shared/limits.ts'

/** By language tag; in no more languages than anybody speaks to. */
export const translated = (maxCharacters: number) =>
  z
    .record(z.string().max(35), z.string().trim().max(maxCharacters))
    .refine((words) => Object.keys(words).length <= LANGUAGES_MAX, `more than ${LANGUAGES_MAX} languages`)
