/**
 * What Nextcloud itself says to us, or whoever holds the secret on the server's machine: that accounts or groups changed, whether we two
 * understand each other, and what is to be handed out or erased of a person.
 */
import express, { type Request, type RequestHandler, type Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal } from '@auzolan/shared/codes.ts'
import { JSON_BODY_MAX_BYTES } from '@auzolan/shared/limits.ts'
import { ErasureAsked, PersonAsked } from '@auzolan/shared/protocol/personal-data.ts'
import type { PersonId } from '@auzolan/shared/ids.ts'
import type { SelfTestAnswer } from '@auzolan/shared/protocol/rest.ts'
import type { News } from '../access/revocations.ts'
import type { HostCall, Tokens } from '../access/tokens.ts'
import type { ReceiptKeys } from '../review/signing-keys.ts'
import type { PersonalData } from '../personal-data/personal-data.ts'
import { bearer, refuse } from './answers.ts'

export interface HostPorts {
  readonly tokens: Tokens
  /** `at` by Nextcloud's clock, Unix seconds. */
  readonly changed: (news: News, at: number) => Promise<void>
  /** Looks at the disk and calls Nextcloud back; takes as long as that does. */
  readonly selfTest: (nonce: string) => Promise<SelfTestAnswer>
  readonly personalData: PersonalData
  readonly keys: ReceiptKeys
}

const Names = z.array(z.string().min(1).max(255)).max(10_000).default([])
const HostChange = z
  .object({
    people: Names,
    groups: Names,
    teams: Names,
    ended: Names,
    endedGroups: Names,
    endedTeams: Names,
  })
  // What is gone has changed, too.
  .transform((change) => ({
    ...change,
    groups: [...change.groups, ...change.endedGroups],
    teams: [...change.teams, ...change.endedTeams],
  }))
const NOTHING: News = { people: [], groups: [], teams: [], ended: [], endedGroups: [], endedTeams: [] }
const SelfTest = z.object({ nonce: z.string().min(8).max(128) })

export function hostRoutes({ tokens, changed, selfTest, personalData, keys }: HostPorts): Router {
  const host = express.Router()

  /** Nextcloud, with a token over exactly this body: accounts, groups or Teams have changed. */
  host.post(
    '/changed',
    ...signedBody(tokens, 'changed', HostChange, async (change, at, _request, response) => {
      await changed(change, at)
      response.status(204).end()
    }),
  )

  /** Nextcloud, with a token over exactly this body: its administrator asks whether all is well. */
  host.post(
    '/self-test',
    ...signedBody(tokens, 'self-test', SelfTest, async ({ nonce }, _at, _request, response) => {
      response.json(await selfTest(nonce))
    }),
  )

  /** Another key signs from now on: somebody may have seen the one in use. */
  host.post(
    '/rotate-key',
    ...signedBody(tokens, 'rotate-key', z.strictObject({}), async (_nothing, _at, _request, response) => {
      response.json(await keys.rotate())
    }),
  )

  /** What is held of a person, for them (GDPR art. 15 and 20). */
  host.post(
    '/personal-data',
    ...signedBody(tokens, 'personal-data', PersonAsked, async ({ person }, _at, _request, response) => {
      response.json(await personalData.of(person as PersonId))
    }),
  )

  /** A person is erased (GDPR art. 17), or what that would do is told. */
  host.post(
    '/erase',
    ...signedBody(
      tokens,
      'erase',
      ErasureAsked,
      async ({ person, preview, asker }, at, _request, response) => {
        const done = await (preview
          ? personalData.preview(person as PersonId)
          : personalData.erase(person as PersonId, asker, () => changed({ ...NOTHING, ended: [person] }, at)))
        if (isRefusal(done)) refuse(response, done)
        else response.json(done)
      },
    ),
  )
  return host
}

/** The raw body first: what is signed are its bytes. Whoever signed wrongly learns nothing about its form. */
function signedBody<T>(
  tokens: Tokens,
  call: HostCall,
  form: z.ZodType<T>,
  handle: (body: T, at: number, request: Request, response: Parameters<RequestHandler>[1]) => Promise<void>,
): RequestHandler[] {
  return [
    express.raw({ type: 'application/json', limit: JSON_BODY_MAX_BYTES }),
    async (request, response) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const at = await tokens.readHostCall(bearer(request), call, body)
      if (isRefusal(at)) return refuse(response, at)
      const parsed = form.safeParse(parseJson(body))
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      await handle(parsed.data, at, request, response)
    },
  ]
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
