/** Of which type the document is that is decided on. */
import { typeNamed } from '@auzolan/shared/types/facts.ts'
import type { TypeOfDocument } from '@auzolan/shared/types/type.ts'
import { knownType } from '../../document-types.ts'
import type { Review } from '@auzolan/shared/protocol/review.ts'

/** What a device has kept from before there were others is a plan. */
export const reviewedType = ({ type }: Pick<Review, 'type'>): TypeOfDocument =>
  knownType(typeNamed(type) ?? 'plan')
