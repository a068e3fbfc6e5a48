/** "I have read it": how many have said so of an approved version, and never who (DOMAIN A.9). */

/** `GET /documents/:id/versions/:n/acknowledgement`. */
export interface Acknowledgement {
  readonly count: number
  /** Whether the person who asks is among them. */
  readonly mine: boolean
}
