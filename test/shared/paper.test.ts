/** What gets on paper: the plan as it is told, its standing, and the two leaflets; nothing that is for the team alone. */
import { describe, expect, it } from 'vitest'
import { leaflet, LEAFLETS, type LeafletFacts } from '@auzolan/shared/export/leaflet.ts'
import { wordsOf } from '@auzolan/shared/export/say.ts'
import { DRAFT, standingLine, standingOf, titleFacts } from '@auzolan/shared/export/standing.ts'
import { isList, tell, type Told, type ToldField, type ToldList } from '@auzolan/shared/export/told.ts'
import { wordsIn } from '@auzolan/shared/export/words.ts'
import { UNDESCRIBED } from '@auzolan/shared/protocol/organisation.ts'
import type { Decision, VersionSummary } from '@auzolan/shared/protocol/review.ts'
import type { Field, ListField } from '@auzolan/shared/schema/fields.ts'
import { PLAN, type Plan } from '@auzolan/shared/schema/plan.ts'
import { MANAGER_AXES } from '@auzolan/shared/schema/plan/team.ts'
import { HARANBERRI_PLAN } from '@auzolan/server/src/standalone/sample-plan.ts'

const plan = HARANBERRI_PLAN as unknown as Plan
const told = (json: unknown, language = 'es', outside = true) =>
  tell({ type: PLAN, json, language, say: wordsIn(language), organisation: UNDESCRIBED, outside })
const fieldsOf = (json: unknown, outside = true): ToldField[] =>
  told(json, 'es', outside).flatMap(({ parts }) =>
    parts.flatMap((part) => (isList(part) ? part.records.flatMap(({ fields }) => fields) : part)),
  )
const lists: [string, ListField][] = PLAN.sections.flatMap((section) =>
  Object.entries(section.fields as { readonly [key: string]: Field }).flatMap(
    ([key, field]): [string, ListField][] => (field.kind === 'list' ? [[key, field]] : []),
  ),
)

describe('[PV2] what is for the team alone', () => {
  const rated = structuredClone(plan) as unknown as { team: { managers: Record<string, unknown>[] } }
  rated.team.managers = [
    {
      id: 'm',
      person: { id: 'ane', name: 'Ane' },
      ...Object.fromEntries(MANAGER_AXES.map((axis) => [axis, '3'])),
    },
  ]
  it.each(MANAGER_AXES)('%s: marked, and on no paper', (axis) => {
    expect(PLAN.sections.find(({ id }) => id === 'team')!.fields).toHaveProperty(
      `managers.item.${axis}.restricted`,
      true,
    )
    expect(fieldsOf(rated).map(({ key }) => key)).not.toContain(axis)
    expect(fieldsOf(rated, false).map(({ key }) => key)).toContain(axis)
  })
  it('is in no column either', () => {
    for (const [, { columns = [], item }] of lists)
      for (const key of columns) {
        expect(item[key], key).toBeDefined()
        expect(item[key]!.restricted).toBeUndefined()
      }
    expect(JSON.stringify(told(rated))).not.toContain('Podría enseñarlo')
    expect(JSON.stringify(told(rated))).toContain('Ane')
  })
})

describe('[PV1] the plan on paper', () => {
  it('has its sections in their order, with what somebody has written and nothing else', () => {
    const sections = told(plan)
    expect(sections.map(({ id }) => id)).toEqual(PLAN.sections.map(({ id }) => id))
    for (const { told: one } of fieldsOf(plan))
      if (one.kind === 'words') expect(one.words.join('').trim()).not.toBe('')
    expect(
      told({})
        .flatMap(({ parts }) => parts)
        .filter((part: ToldField | ToldList) => isList(part) || part.told.kind !== 'flag'),
    ).toEqual([])
  })
  it('says in which language a text is, also where another one stands in for it', () => {
    const one = (language: string): Told | undefined =>
      told({ identity: { title: { eu: 'Plana', es: '' } } }, language)[0]!
        .parts.flatMap((part): ToldField[] => (isList(part) ? [] : [part]))
        .find(({ key }) => key === 'title')?.told
    expect(one('es')).toMatchObject({ words: ['Plana'], language: 'eu' })
    expect(one('eu')).toMatchObject({ words: ['Plana'], language: 'eu' })
  })
  it.each([null, [], 'x', { planning: { audiences: 'x', whyAnswer: 3 }, team: { managers: [1, null] } }])(
    'of damaged JSON (%j) says less, and throws nothing',
    (json) => expect(told(json)).toHaveLength(PLAN.sections.length),
  )
  it('has 200 profiles as 200 rows', () => {
    const many = Array.from({ length: 200 }, (_, i) => ({
      id: `p${i}`,
      displayName: `حساب ${i}`,
      hoursPerWeek: i,
    }))
    const list = told({ profiles: { profiles: many } })
      .flatMap(({ parts }) => parts)
      .find(isList)!
    expect(list.records).toHaveLength(200)
    expect(list.columns.map(({ key }) => key)).toContain('hoursPerWeek')
    expect(list.records[199]!.name).toBe('حساب 199')
  })
})

const decision = (name: string, verdict: 'approve' | 'request_changes'): Decision =>
  ({
    verdict,
    by: { id: name, name },
    onBehalfOf: null,
    places: [0],
    at: '2026-11-20T10:00:00.000Z',
  }) as unknown as Decision
const version = (decisions: Decision[], more: Partial<VersionSummary> = {}): VersionSummary =>
  ({
    n: 3,
    label: null,
    route: { approvers: [{ kind: 'directors' }], quorum: 'any' },
    decisions,
    ...more,
  }) as unknown as VersionSummary

describe('[PV3] the standing of a paper', () => {
  const approved = version([decision('Amaia', 'approve')])
  it.each([
    ['nobody has decided', version([]), null, 'Version 3, not approved'],
    [
      'changes were asked for',
      version([decision('Amaia', 'request_changes')]),
      null,
      'Version 3, not approved',
    ],
    [
      'one of two has approved',
      version([decision('Amaia', 'approve')], {
        route: {
          approvers: [{ kind: 'directors' }, { kind: 'directors' }],
          quorum: 'all',
        } as VersionSummary['route'],
      }),
      null,
      'Version 3, not approved',
    ],
    ['it was only named', version([], { label: 'Before summer' }), null, 'Version 3, not approved'],
    ['it is in force', approved, 3, 'Version 3, in force since 2026-11-20'],
    ['another one is in force', approved, 4, 'Version 3, approved on 2026-11-20, no longer in force'],
  ] as const)('%s', (_, one, inForce, line) => {
    expect(standingLine(standingOf(one, inForce), wordsIn('en'), (at) => at.slice(0, 10))).toBe(line)
  })
  it('stands under the title with who approved it; a draft says that it is one', () => {
    const facts = (standing: Parameters<typeof titleFacts>[0]['standing']) =>
      titleFacts(
        { organisation: { es: 'Ayuntamiento' }, from: '2027-01-01', to: null, standing },
        'es',
        wordsIn('es'),
        (d) => d,
      )
    expect(facts(DRAFT)).toEqual([
      ['Organización', 'Ayuntamiento'],
      ['Vigencia', '2027-01-01'],
      ['Estado', 'Borrador, sin aprobar'],
    ])
    expect(facts(standingOf(approved, 3))).toContainEqual(['Aprobado por', 'Amaia'])
  })
})

describe('[PV5] a leaflet', () => {
  const facts = (language: string, more: Partial<LeafletFacts> = {}): LeafletFacts => ({
    plan,
    organisation: { eu: 'Haranberriko Udala', es: 'Ayuntamiento de Haranberri' },
    standing: DRAFT,
    language,
    say: wordsIn(language),
    day: (at) => at.slice(0, 10),
    ...more,
  })
  it.each(['es', 'eu'])(
    'of norms has three requirements, the promise, times, steps and where to complain (%s)',
    (language) => {
      const { parts } = leaflet('norms', facts(language))
      expect(parts.map(({ kind }) => kind)).toEqual(['numbered', 'prose', 'words', 'steps', 'words'])
      expect(parts[0]).toMatchObject({
        items: [
          plan.participation.pertinent[language],
          plan.participation.respectful[language],
          plan.participation.noPersonalData[language],
        ],
      })
      expect(parts[3]).toHaveProperty('steps.length', plan.participation.ladder.length)
    },
  )
  it('[PV6] of guidance labels the name of the institution as a recommendation, and nothing else; the freedom stands out', () => {
    const { parts } = leaflet('guidance', facts('es'))
    expect(parts.filter((part) => part.kind === 'prose' && part.note !== '')).toMatchObject([
      { note: 'Recomendación', text: plan.staffGuidance.reputation['es'] },
    ])
    expect(parts.filter(({ kind }) => kind === 'strong')).toMatchObject([
      { words: plan.staffGuidance.freedom['es'] },
    ])
  })
  it('says which plan and version it is of; what is not approved has a mark', () => {
    expect(leaflet('norms', facts('es'))).toMatchObject({
      mark: 'Borrador, sin aprobar',
      foot: `${plan.identity.title['es']} · Borrador, sin aprobar`,
    })
    const standing = standingOf(version([decision('Amaia', 'approve')]), 3)
    expect(leaflet('norms', facts('es', { standing }))).toMatchObject({
      mark: '',
      foot: `${plan.identity.title['es']} · Versión 3, en vigor desde el 2026-11-20`,
    })
    expect(leaflet('norms', facts('es', { standing: { kind: 'unapproved', version: 3 } })).mark).not.toBe('')
  })
  it('in one language has no words of another', () => {
    const text = JSON.stringify(LEAFLETS.map((kind) => leaflet(kind, facts('ar'))))
    expect(text).not.toContain(plan.participation.pertinent['es'])
    expect(text).not.toContain(plan.staffGuidance.freedom['eu'])
  })
  it.each(['es', 'eu', 'ca', 'en', 'xx'])(
    'words fetched for %s are those that are there at once',
    async (language) => {
      expect((await wordsOf(language))('Participation norms')).toBe(wordsIn(language)('Participation norms'))
    },
  )
})
