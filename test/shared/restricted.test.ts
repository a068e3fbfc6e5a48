/** What is for the team alone is taken out of a text and put beside it again: by the schema, whatever it marks. */
import { describe, expect, it } from 'vitest'
import { compareVersions } from '@auzolan/shared/compare/compare.ts'
import type { Field } from '@auzolan/shared/schema/fields.ts'
import { mouldOf } from '@auzolan/shared/schema/mould.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { restrictedOf, textOf, withRestricted, withoutRestricted } from '@auzolan/shared/schema/restricted.ts'
import { wholePlan } from '../support/reviewed.ts'

type Values = { readonly [key: string]: unknown }
const whole = wholePlan() as unknown as Values
const marked = PLAN.sections.flatMap(({ fields }) =>
  (Object.entries(fields) as [string, Field][]).flatMap(([key, field]) =>
    field.kind === 'list'
      ? Object.entries(field.item).flatMap(([inner, { restricted }]) => (restricted ? [inner] : []))
      : field.restricted
        ? [key]
        : [],
  ),
)

describe('[PV2] what the schema marks as restricted', () => {
  it('is in the plan of these tests, and in no text of it', () => {
    expect(marked).toContain('credentialsPlace')
    const said = marked.filter((key) => JSON.stringify(whole).includes(`"${key}":`))
    expect(said.length).toBeGreaterThan(3)
    for (const key of marked) expect(textOf(PLAN, whole)).not.toContain(`"${key}":`)
    expect(JSON.stringify(mouldOf(PLAN, whole as never, { pictures: true }))).not.toContain(
      'credentialsPlace',
    )
  })
  it('is kept beside it, and nothing else is; both together are the whole again', () => {
    const beside = restrictedOf(PLAN, whole)
    expect(JSON.stringify(beside)).toContain('credentialsPlace')
    expect(JSON.stringify(beside)).not.toContain('displayName')
    expect(withRestricted(PLAN, withoutRestricted(PLAN, whole), beside)).toEqual(whole)
    // A record that is not in the text is in nothing.
    const without = { ...whole, profiles: { profiles: [] } }
    expect(withRestricted(PLAN, without, beside)['profiles']).toEqual({ profiles: [] })
  })
  it('leaves where a plan comes from, what no schema knows, and damage as they are', () => {
    const odd = { parent: { id: 'x' }, later: 1, team: 'broken', profiles: { profiles: [null, 'x'], y: 2 } }
    expect(withoutRestricted(PLAN, odd)).toEqual(odd)
    expect(restrictedOf(PLAN, odd)).toEqual({ ...restrictedOf(PLAN, {}), profiles: { profiles: [] } })
    expect(withRestricted(PLAN, odd, { profiles: 3, team: null })).toEqual(odd)
  })
  it('is no difference between two versions, older ones that have it in them included', () => {
    const other = JSON.parse(
      JSON.stringify(whole).replace(/"credentialsPlace":"[^"]*"/g, '"credentialsPlace":"x"'),
    )
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(whole))
    for (const after of [other, withoutRestricted(PLAN, whole)])
      expect(compareVersions(PLAN, ['eu', 'es'], whole, after).changes).toEqual([])
    const added = compareVersions(PLAN, ['eu', 'es'], {}, whole).changes
    expect(JSON.stringify(added)).not.toContain('credentialsPlace')
  })
})
