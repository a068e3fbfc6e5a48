/** Every finding leads somewhere: each path of the schema is on a screen that exists. */
import { expect, it } from 'vitest'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { locate } from '../../plugin/src/documents/paths.ts'

it.each([
  ['identity.title', { section: 'identity', part: null }],
  ['planning.responsible', { section: 'planning', part: 'who' }],
  ['planning.whomAnswer:es', { section: 'planning', part: 'whom' }],
  ['audiences/a4/languages', { section: 'planning', part: 'whom' }],
  ['indicators/i1/target', { section: 'planning', part: 'why' }],
  // What the second question does not ask is asked where it is measured.
  ['indicators/i1/formula', { section: 'indicators', part: 'i1' }],
  ['indicators/i1/limits:eu', { section: 'indicators', part: 'i1' }],
  ['profiles/youtube/hoursPerWeek', { section: 'profiles', part: 'youtube' }],
  ['notOpened/n1/reason', { section: 'profiles', part: 'n1' }],
  ['values/quality/example', { section: 'principles', part: 'quality' }],
])('%s is at %j', (path, place) => {
  expect(locate(path)).toEqual(place)
})

it('knows a section for every field and list of the plan', () => {
  for (const section of PLAN.sections) {
    for (const [key, field] of Object.entries(section.fields)) {
      const path = field.kind === 'list' ? `${field.root}/x` : `${section.id}.${key}`
      expect(locate(path).section).toBe(section.id)
    }
  }
})
