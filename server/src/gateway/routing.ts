/** What a file of routes gets from the REST interface: who asks, and how to say no. */
import type { Request, RequestHandler, Response } from 'express'
import type { Refusal } from '@auzolan/shared/codes.ts'
import type { Claims } from '../access/claims.ts'

export interface Routing {
  /** Runs the handler for somebody with a valid API token; 401 for everybody else. */
  readonly signedIn: (
    handle: (claims: Claims, request: Request, response: Response) => Promise<void>,
  ) => RequestHandler
  readonly refuse: (response: Response, refused: Refusal) => void
}
