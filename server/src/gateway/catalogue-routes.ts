/** The catalogue of tools: for everybody in the house, whoever may read the evaluations it comes from. */
import type { Router } from 'express'
import { z } from 'zod'
import { wordsBeyondShelf } from '@auzolan/shared/catalogue/card-words.ts'
import { leadsTo, mayIUse, sameNeed } from '@auzolan/shared/catalogue/may-i-use.ts'
import { isRefusal, refusal } from '@auzolan/shared/codes.ts'
import { parseDocumentId } from '@auzolan/shared/ids.ts'
import { TOOL_NAME_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { Answered, Catalogue, OnShelf, ToolCard, ToolNamed } from '@auzolan/shared/protocol/catalogue.ts'
import type { Listed } from '@auzolan/shared/catalogue/may-i-use.ts'
import { CLASSES } from '@auzolan/shared/schema/evaluation/features.ts'
import { USE_LEVELS } from '@auzolan/shared/schema/evaluation/levels.ts'
import { DATA_CLASSES } from '@auzolan/shared/schema/evaluation/privacy.ts'
import type { Access } from '../access/access.ts'
import type { CatalogueEntries } from '../catalogue/entries.ts'
import type { ToolUpkeep } from '../catalogue/upkeep.ts'
import {
  NOTHING_SAID,
  type AllSaidToday,
  type SaidToday,
  type ToolSaidToday,
} from '../catalogue/said-today.ts'
import type { ToolSuggestions } from '../catalogue/tool-suggestions.ts'
import type { Routing } from './routing.ts'

const Asked = z.object({
  tool: z.string().trim().min(1).max(TOOL_NAME_MAX_CHARACTERS),
  purpose: z.enum(CLASSES.map(({ id }) => id)).optional(),
  data: z.enum(DATA_CLASSES.map(({ id }) => id)),
  level: z.enum(USE_LEVELS.map(({ id }) => id)),
})

export interface CatalogueRoutesPorts {
  readonly access: Access
  readonly catalogue: CatalogueEntries
  readonly upkeep: ToolUpkeep
  readonly saidToday: SaidToday
  readonly toolSuggestions: ToolSuggestions
}

export function addCatalogueRoutes(
  api: Router,
  { signedIn, enter, refuse }: Routing,
  { access, catalogue, upkeep, saidToday, toolSuggestions }: CatalogueRoutesPorts,
): void {
  let made: { readonly of: readonly Listed[]; readonly said: AllSaidToday; readonly json: Buffer } | null =
    null
  const shelves = new WeakMap<Listed, { readonly said: ToolSaidToday; readonly tool: OnShelf }>()
  /** Its words are cut anew only when something of it has changed. */
  function shelved(listed: Listed, said: ToolSaidToday): OnShelf {
    const known = shelves.get(listed)
    if (known?.said === said) return known.tool
    const tool = onShelf(listed, said)
    shelves.set(listed, { said, tool })
    return tool
  }
  /** Anybody signed in. */
  api.get(
    '/catalogue',
    signedIn(async (_claims, _request, response) => {
      const all = await catalogue.all()
      const said = await saidToday.all()
      // Of thousands of tools most of the time is their JSON: it is made once for each list.
      if (made?.of !== all || made.said !== said) {
        const tools = all.map((listed) => shelved(listed, said.get(listed.entry.id) ?? NOTHING_SAID))
        const answer: Catalogue = { tools }
        made = { of: all, said, json: Buffer.from(JSON.stringify(answer)) }
      }
      response.type('json').send(made.json)
    }),
  )

  /** Anybody signed in. */
  api.get(
    '/catalogue/answer',
    signedIn(async (claims, request, response) => {
      const asked = Asked.safeParse(request.query)
      if (!asked.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(asked.error)))
      const all = await catalogue.all()
      const { tool } = asked.data
      const before = await toolSuggestions.before(claims, tool)
      const known = await toolSuggestions.evaluatedAs(tool, all)
      const answer = mayIUse(known, { ...asked.data, purpose: asked.data.purpose ?? null }, all)
      const evaluation = answer && parseDocumentId(answer.entry.id)
      const readable = evaluation !== null && !isRefusal(await access.enter(claims, evaluation))
      response.json({ answer, readable, before } satisfies Answered)
    }),
  )

  /** Anybody signed in; the evaluation itself stays with whoever may read it. */
  api.get(
    '/catalogue/:id',
    signedIn(async (claims, request, response) => {
      const id = parseDocumentId(String(request.params['id']))
      const listed = id && (await catalogue.one(id))
      if (!listed) return refuse(response, refusal('NOT_FOUND', 'no such tool'))
      const said = await upkeep.read(claims, id)
      if (isRefusal(said)) return refuse(response, said)
      const all = await catalogue.all()
      const instead = leadsTo(listed.entry, all)
      const card: ToolCard = {
        ...listed,
        history: await catalogue.history(id),
        readable: !isRefusal(await enter(claims, request)),
        instead: instead && named(instead),
        sameNeed: sameNeed(listed.entry, all).map(named),
        upkeep: said,
      }
      response.json(card)
    }),
  )
}

const named = ({ entry: { id, name, intendedUse }, status }: Listed): ToolNamed => ({
  ...{ id, name, intendedUse, status },
})

function onShelf({ entry, status }: Listed, { usedBy, texts }: ToolSaidToday): OnShelf {
  const { id, name, vendor, category, classes, level, intendedUse, description, tags } = entry
  const { allowedDataClasses, allowedLevels, licence, openness, costModel, offline } = entry
  const { departmentsUsing, nextReviewOn } = entry
  const { worst, exposed, atRest, backedUp, reachedFrom, own } = entry.location
  return {
    ...{ id, name, vendor, category, classes, level, intendedUse, description, tags, status },
    ...{
      allowedDataClasses,
      allowedLevels,
      licence,
      openness,
      costModel,
      offline,
      departmentsUsing,
      nextReviewOn,
      usedBy,
      words: wordsBeyondShelf(entry, texts),
    },
    location: { worst, exposed, atRest, backedUp, reachedFrom, own },
  }
}
