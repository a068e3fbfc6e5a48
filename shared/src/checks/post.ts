/** The checks of posts (DOMAIN A.10, A.12, §10). Pure: same post, same context, same findings. */
import type { WholePost } from '../posts/post.ts'
import { CALENDAR } from '../schema/calendar.ts'
import { message, type Finding, type Outcome } from './finding.ts'
import {
  knownFrom,
  seenFrom,
  type Found,
  type Known,
  type PostCheck,
  type PostContext,
  type PostStanding,
  type Seen,
} from './post/check.ts'
import { LANGUAGE_CHECKS } from './post/languages.ts'
import { MEDIA_CHECKS } from './post/media.ts'
import { PEOPLE_CHECKS } from './post/people.ts'
import { POST_PLAN_CHECKS } from './post/plan.ts'
import { recordsFound } from './post/records.ts'
import { RIGHTS_CHECKS } from './post/rights.ts'
import { TEXT_CHECKS } from './post/text.ts'
import { WHEN_CHECKS } from './post/when.ts'
import { requiredFields } from './required.ts'

const CHECKS: readonly PostCheck[] = [
  ...POST_PLAN_CHECKS,
  ...LANGUAGE_CHECKS,
  ...TEXT_CHECKS,
  ...MEDIA_CHECKS,
  ...RIGHTS_CHECKS,
  ...PEOPLE_CHECKS,
  ...WHEN_CHECKS,
]
/** Required fields of which a check of its own says more. */
const SAID_ELSEWHERE = new Set([
  'text',
  'purposeIds',
  'origin',
  'licence',
  'aiLabelShown',
  'showsPeople',
  'who',
])

/** @param standing what is known of this post beside its text */
export const checkPost = (
  whole: WholePost,
  context: PostContext,
  standing: PostStanding | null = null,
): Outcome[] => new PostChecks(context).of(whole, standing)

/** Checks the posts of one calendar, each again only when something of it has changed. */
export class PostChecks {
  readonly #context: PostContext
  readonly #known: Known
  readonly #done = new Map<string, { readonly of: readonly unknown[]; readonly outcomes: Outcome[] }>()

  constructor(context: PostContext) {
    this.#context = context
    this.#known = knownFrom(context)
  }

  of(whole: WholePost, standing: PostStanding | null = null): Outcome[] {
    // Records that are unchanged are the same ones (CalendarReader).
    const of = [whole.post, standing, ...whole.variants, ...whole.mentions, ...whole.media]
    const done = this.#done.get(whole.post.id)
    if (done && done.of.length === of.length && of.every((one, i) => one === done.of[i])) return done.outcomes
    const outcomes = this.#check(seenFrom(whole, this.#context, this.#known, standing))
    this.#done.set(whole.post.id, { of, outcomes })
    return outcomes
  }

  #check(seen: Seen): Outcome[] {
    const checked = CHECKS.map(({ id, field, subject, run }): Outcome => ({
      check: id,
      section: CALENDAR.id,
      path: `posts/${seen.post.id}/${field}`,
      subject: message(subject),
      findings: run(seen).map((found): Finding => ({
        gate: 'post_submit',
        ...found,
        check: id,
        section: CALENDAR.id,
      })),
    }))
    return [this.#required(seen), ...checked]
  }

  #required(seen: Seen): Outcome {
    const { whole, context, known } = seen
    const { post, variants, mentions, media } = whole
    const json = { calendar: { posts: [post], variants, mentions, media } }
    const outcomes = requiredFields(CALENDAR, json, {
      languages: context.languages,
      ...(context.namesIn === undefined ? {} : { namesIn: context.namesIn }),
      today: known.today,
      inForce: context.inForce,
      references: known.references,
    })
    const findings = outcomes
      .flatMap((outcome) => outcome.findings)
      .filter(({ check, path }) => check === 'field' && !SAID_ELSEWHERE.has(fieldOf(path)))
      .map((finding): Finding => ({ ...finding, ...ofThis(finding, post.id), gate: 'post_submit' }))
    return {
      check: 'field',
      section: CALENDAR.id,
      path: `posts/${post.id}/title`,
      subject: message('Nothing is missing that every post needs'),
      findings: [...findings, ...recordsFound(seen).map(blocking)],
    }
  }
}

const blocking = (found: Found): Finding => ({
  gate: 'post_submit',
  ...found,
  check: 'field',
  section: CALENDAR.id,
})
/** Said of the post itself, which is the only one there: it needs no name. */
const ofThis = ({ path, message: { holes } }: Finding, post: string): Partial<Finding> =>
  path.startsWith(`posts/${post}/`)
    ? { message: message('Still missing: {field}.', { field: holes?.['field'] ?? '' }) }
    : {}

const fieldOf = (path: string): string => (path.split('/')[2] ?? '').split(':')[0] ?? ''
