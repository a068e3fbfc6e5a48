/** An address of the web from outside, as it is kept and may be a link (SU2). */
import { z } from 'zod'
import { toolAddress } from '@auzolan/shared/catalogue/address.ts'

/** Whole and inert, or nothing. */
export const webAddress = (maxCharacters: number) =>
  z
    .string()
    .max(maxCharacters)
    .transform((written, context) => {
      const checked = toolAddress(written)
      if ('address' in checked && checked.address.length <= maxCharacters) return checked.address
      context.addIssue(`no address of a tool: ${'fault' in checked ? checked.fault : 'long'}`)
      return z.NEVER
    })
