/** Of which type the document is that is decided on. */
import { typeNamed, typeOfDocument, type TypeOfDocument } from '@auzolan/shared/document-types.ts'
import type { Review } from '@auzolan/shared/protocol/review.ts'

/** What a device has kept from before there were others is a plan. */
export const reviewedType = ({ type }: Pick<Review, 'type'>): TypeOfDocument =>
  typeOfDocument(typeNamed(type) ?? 'plan')
