/** What a file of routes gets from the REST interface: who asks, which document they may read, and how to say no. */
import type { Request, RequestHandler, Response } from 'express'
import type { Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Admission } from '../access/access.ts'
import type { Claims } from '../access/claims.ts'

export interface Routing {
  /** Runs the handler for somebody with a valid API token; 401 for everybody else. */
  readonly signedIn: (
    handle: (claims: Claims, request: Request, response: Response) => Promise<void>,
  ) => RequestHandler
  /** The document of the path, with what the person may do in it; for whoever may not read it, it does not exist. */
  readonly enter: (claims: Claims, request: Request) => Promise<Admission | Refusal>
  /** Only its id. */
  readonly entered: (claims: Claims, request: Request) => Promise<DocumentId | Refusal>
  readonly refuse: (response: Response, refused: Refusal) => void
}
