/** What the catalogue tells of a tool, and what it answers to somebody who wants to use it: the sample G.2, and each rule on both sides. */
import { UNDESCRIBED } from '@auzolan/shared/protocol/organisation.ts'
import { describe, expect, it } from 'vitest'
import { entryOf, isOverdue, statusOf, type CatalogueEntry } from '@auzolan/shared/catalogue/entry.ts'
import {
  allows,
  calledLike,
  nearlyCalled,
  coverOf,
  mayIUse,
  meantBy,
  type Listed,
} from '@auzolan/shared/catalogue/may-i-use.ts'
import { BUILTIN } from '@auzolan/shared/reference/references.ts'
import { EVALUATION, type Evaluation } from '@auzolan/shared/schema/evaluation.ts'
import { reaches } from '@auzolan/shared/schema/evaluation/levels.ts'
import { DATA_CLASSES } from '@auzolan/shared/schema/evaluation/privacy.ts'
import { withEveryField } from '@auzolan/shared/schema/json.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import { GALDETU } from '@auzolan/server/src/standalone/sample-tools/galdetu.ts'
import { IRUDIKA } from '@auzolan/server/src/standalone/sample-tools/irudika.ts'
import { addDays } from '@auzolan/shared/working-days.ts'

const TODAY = '2026-11-20'
const DECIDED = { id: 'saioa', version: 2, sha256: 'x', decidedOn: '2026-11-10' }
const ALLOWED = ['internal', 'personal_staff', 'personal_citizen']
function meet(decision: object = {}, tool: object = {}): Evaluation {
  const base = structuredClone(SAIOA_MEET) as { [section: string]: object }
  const proposed = {
    outcome: 'recommended_with_conditions',
    allowedDataClasses: ALLOWED,
    allowedLevels: ['collective', 'institutional'],
  }
  base['decision'] = { ...base['decision'], ...proposed, ...decision }
  base['tool'] = { ...base['tool'], ...tool }
  return withEveryField(EVALUATION, base, ['eu', 'es']) as unknown as Evaluation
}
const entry = (decision: object = {}, more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  ...entryOf(meet(decision), DECIDED, BUILTIN, UNDESCRIBED.policy, TODAY),
  ...more,
})
const listed = (one: CatalogueEntry, reopened = false, today = TODAY): Listed => ({
  entry: one,
  status: statusOf(one, reopened, today),
})

describe('[CA1] an entry', () => {
  it('says of «Saioa Meet» what was decided, and until when', () => {
    const one = entry()
    expect(one).toMatchObject({
      name: 'Saioa Meet',
      version: 2,
      level: 'institutional',
      nextReviewOn: '2027-07-02',
      expires: { what: 'certificate', on: '2027-09-30' },
      location: { atRest: ['DE', 'FR'], worst: 'THIRD', exposed: true, own: false, law: ['DE', 'US'] },
      exitOn: null,
    })
    expect(one.location.reachedFrom).toContain('IN')
  })
  it('names no person, and nothing of the team alone', () => {
    const text = JSON.stringify(entry())
    expect(text).not.toMatch(
      /kultura-arduraduna|gazteria-arduraduna|"owner"|certificateFile|processorContractFile/,
    )
  })
  it('has no expiry where a year is sooner', () => {
    const evaluation = meet()
    const far = {
      ...evaluation,
      security: { ...evaluation.security, certificateExpiresOn: '2030-01-01' },
      cost: { ...evaluation.cost, contractEndsOn: '2030-01-01' },
    } as Evaluation
    expect(entryOf(far, DECIDED, BUILTIN, UNDESCRIBED.policy, TODAY)).toMatchObject({
      nextReviewOn: '2027-11-10',
      expires: null,
    })
  })
})

describe('[CA2] its status', () => {
  const due = '2027-07-02'
  it.each([
    ['recommended', 'recommended'],
    ['recommended_with_conditions', 'conditional'],
    ['not_recommended', 'not_recommended'],
    ['withdrawn', 'withdrawn'],
  ] as const)('of %s is %s', (outcome, status) =>
    expect(statusOf({ outcome, nextReviewOn: due }, false, TODAY)).toBe(status),
  )
  it('is under review sixty days after it should have been looked at, and not a day before', () => {
    const one = { outcome: 'recommended', nextReviewOn: due } as const
    expect(statusOf(one, false, addDays(due, 60))).toBe('recommended')
    expect(statusOf(one, false, addDays(due, 61))).toBe('under_review')
    expect([isOverdue(one, due), isOverdue(one, addDays(due, 1))]).toEqual([false, true])
  })
  it('is under review as soon as what it rests on has changed, but what was withdrawn stays that', () => {
    expect(statusOf({ outcome: 'recommended', nextReviewOn: due }, true, TODAY)).toBe('under_review')
    expect(statusOf({ outcome: 'withdrawn', nextReviewOn: due }, true, TODAY)).toBe('withdrawn')
  })
})

describe('[CA3] data', () => {
  it.each([
    [['personal_citizen'], 'personal_citizen', true],
    [['personal_citizen'], 'internal', true],
    [['personal_citizen'], 'public', true],
    [['internal'], 'public', true],
    [['public'], 'internal', false],
    [['personal_citizen'], 'personal_staff', false],
    [['special_art9'], 'personal_citizen', false],
    [[], 'public', false],
  ] as const)('where %j may be, %s may: %s', (allowed, data, may) => expect(allows(allowed, data)).toBe(may))
  it('that are allowed by name always may', () => {
    for (const { id } of DATA_CLASSES) expect(allows([id], id)).toBe(true)
  })
})

describe('[CA14] a name', () => {
  const called = (id: string, name: string): Listed => listed(entry({}, { id, name }))
  const all = [called('meet', 'Saioa Meet'), called('gela', 'Gela'), called('orri', 'Orri')]
  it.each([
    ['Saioa Meet', ['meet'], []],
    ['  saioa-meet ', ['meet'], []],
    ['SAIOAMEET', ['meet'], []],
    ['Saioa Meet Public Sector', [], ['Saioa Meet']],
    ['Siaoa Meet', [], ['Saioa Meet']],
    ['Sai', [], []],
    ['Ideamapa', [], []],
    ['…', [], []],
  ] as const)('“%s” finds %j, or is nearly %j', (name, ids, near) => {
    expect(calledLike(name, all).map(({ entry: { id } }) => id)).toEqual(ids)
    const names = all.map(({ entry }) => entry.name)
    expect(nearlyCalled(name, names)).toEqual(near)
  })
})

describe('[CA31] a name that may have been meant', () => {
  const evaluated = ['Gela', 'Orri', 'Saioa Meet']
  const suggested = ['Ideamapa', 'Zoom', 'Kanban', 'Itzulika', 'Saioa']
  it.each([
    ['Gala', ['Gela']],
    ['Gel', ['Gela']],
    ['Orr', ['Orri']],
    ['Sai', ['Saioa Meet', 'Saioa (not)']],
    ['Idea', ['Ideamapa (not)']],
    ['Ideam', ['Ideamapa (not)']],
    ['Zoomm', ['Zoom (not)']],
    ['Kanbanik', ['Kanban (not)']],
    ['Itzulka', ['Itzulika (not)']],
    // Another first letter is another tool; of two signs half of all names begin.
    ['Loom', []],
    ['Hela', []],
    ['Or', []],
    ['Gole', []],
    ['…', []],
    // What is called so is answered for, and nothing is asked.
    ['gela', []],
    ['ZOOM', []],
    // A suggestion of that name hides no tool that is plainly like it.
    ['Saioa', ['Saioa Meet']],
  ] as const)('“%s” may be %j', (name, names) =>
    expect(
      meantBy(name, evaluated, suggested).map(({ name: one, evaluated: is }) => (is ? one : `${one} (not)`)),
    ).toEqual(names),
  )
  it('is offered with two others at most, what is in the catalogue first', () =>
    expect(meantBy('Gel', ['Gela', 'Gelak'], ['Gelo', 'Gelu', 'gela']).map(({ name }) => name)).toEqual([
      'Gela',
      'Gelak',
      'Gelo',
    ]))
})

describe('[CA30] what of a decision covers a case', () => {
  it.each([
    [['personal_citizen'], ['institutional'], 'personal_citizen', 'institutional', 'named', 'institutional'],
    [['personal_citizen'], ['institutional'], 'personal_citizen', 'individual', 'named', 'institutional'],
    [['personal_citizen'], ['collective', 'institutional'], 'public', 'individual', 'harmless', 'collective'],
    [
      ['personal_citizen'],
      ['collective', 'institutional'],
      'personal_citizen',
      'individual',
      'named',
      'institutional',
    ],
    [['public'], ['individual', 'institutional'], 'public', 'individual', 'named', 'individual'],
  ] as const)('%j for %j: %s, %s', (allowedDataClasses, allowedLevels, data, level, by, reach) =>
    expect(coverOf({ allowedDataClasses, allowedLevels }, { data, level })).toEqual({
      data: by,
      level: reach,
    }),
  )
  it.each([
    [['public'], ['institutional'], 'personal_citizen', 'individual'],
    [['personal_citizen'], ['collective'], 'personal_citizen', 'individual'],
    [['public'], ['individual'], 'public', 'collective'],
  ] as const)('%j for %j: not %s, %s', (allowedDataClasses, allowedLevels, data, level) =>
    expect(coverOf({ allowedDataClasses, allowedLevels }, { data, level })).toBe(null),
  )
})

describe('[CA30] data that a decision leaves out', () => {
  const out = (evaluation: Evaluation, data: string) => {
    const one = entryOf(evaluation, DECIDED, BUILTIN, UNDESCRIBED.policy, TODAY).leftOut
    const found = one.find((left) => left.data === data)
    return found && [found.evaluated, found.blocks.map(({ id }) => id)]
  }
  const of = (template: object): Evaluation =>
    withEveryField(EVALUATION, structuredClone(template) as never, ['eu', 'es']) as unknown as Evaluation
  it('have what stands against them, by the level it was evaluated for', () => {
    expect(out(meet(), 'special_art9')?.[1]).toContain('E-K1')
    expect(out(of(IRUDIKA), 'personal_citizen')).toEqual([false, ['E-K7']])
    // It is contracted: nothing but that nobody has looked.
    expect(out(of(GALDETU), 'personal_citizen')).toEqual([false, []])
  })
  it('rest on no question that was not asked, since no data of people were thought of', () =>
    expect(out(of(IRUDIKA), 'personal_staff')).toEqual([false, []]))
  it('say that they were looked at', () =>
    expect(out(meet({ allowedDataClasses: ['public'] }), 'personal_citizen')?.[0]).toBe(true))
  it('are not told where they are allowed, and of nothing that is not recommended', () => {
    expect(out(meet(), 'personal_citizen')).toBeUndefined()
    expect(out(meet({ outcome: 'not_recommended' }), 'special_art9')).toBeUndefined()
  })
})

describe('[CA4] how far', () => {
  it.each([
    [['institutional'], 'individual', true],
    [['institutional'], 'collective', true],
    [['collective'], 'individual', true],
    [['collective'], 'institutional', false],
    [['individual'], 'collective', false],
    [[], 'individual', false],
  ] as const)('what is for %j is for %s: %s', (allowed, level, does) =>
    expect(reaches(allowed, level)).toBe(does),
  )
})

describe('[CA4] may I use it?', () => {
  const gela = entry(
    { outcome: 'recommended', conditions: [], allowedDataClasses: [...ALLOWED, 'special_art9'] },
    { id: 'gela', name: 'Gela' },
  )
  const all = [listed(entry()), listed(gela)]
  const ask = (
    one: Listed,
    data = 'personal_citizen',
    level = 'institutional',
    purpose: string | null = null,
  ) => mayIUse([one], { purpose, data, level } as Parameters<typeof mayIUse>[1], all)!
  const said = (...args: Parameters<typeof ask>) => {
    const { verdict, by, instead } = ask(...args)
    return [verdict, by, instead.map(({ id }) => id)]
  }
  it.each([
    ['as it was decided', listed(entry()), undefined, undefined, ['conditions', 'conditions', ['gela']]],
    ['of the best kind', listed(gela), undefined, undefined, ['yes', 'recommended', []]],
    [
      'with data it is not for',
      listed(entry()),
      'special_art9',
      undefined,
      ['no', 'data_not_allowed', ['gela']],
    ],
    [
      'farther than it is for',
      listed(entry({ allowedLevels: ['individual'] })),
      undefined,
      'collective',
      ['no', 'level_not_allowed', ['gela']],
    ],
    [
      'alone, with data of citizens, that a group may use',
      listed(entry({ allowedLevels: ['collective'] })),
      'personal_citizen',
      'individual',
      ['no', 'level_not_allowed', ['gela']],
    ],
    [
      'alone, with what is of nobody, that a group may use',
      listed(entry({ allowedLevels: ['collective'] })),
      'internal',
      'individual',
      ['conditions', 'conditions', ['gela']],
    ],
    [
      'alone, with data of citizens, that is for one person',
      listed(entry({ allowedLevels: ['individual'] })),
      'personal_citizen',
      'individual',
      ['conditions', 'conditions', ['gela']],
    ],
    [
      'less far than it is for',
      listed(entry({ allowedLevels: ['institutional'] })),
      undefined,
      'individual',
      ['conditions', 'conditions', ['gela']],
    ],
    [
      'while it is looked at again',
      listed(entry(), true),
      undefined,
      undefined,
      ['wait', 'under_review', ['gela']],
    ],
    [
      'looked at again, with other data',
      listed(entry(), true),
      'special_art9',
      undefined,
      ['no', 'data_not_allowed', ['gela']],
    ],
    [
      'that is advised against',
      listed(entry({ outcome: 'not_recommended' })),
      'public',
      undefined,
      ['no', 'not_recommended', ['gela']],
    ],
    [
      'that was withdrawn',
      listed(entry({ outcome: 'withdrawn' })),
      'public',
      undefined,
      ['no', 'withdrawn', ['gela']],
    ],
  ] as const)('a tool %s', (_what, one, data, level, answer) =>
    expect(said(one, data, level)).toEqual(answer),
  )
  it.each([
    ['share', ['conditions', 'conditions', ['gela']]],
    [null, ['conditions', 'conditions', ['gela']]],
    // It may be that it would do: nobody has looked. What is for that is offered, of whatever kind.
    ['present', ['ask', 'purpose_not_evaluated', ['kartelak']]],
    ['manage', ['ask', 'purpose_not_evaluated', []]],
  ] as const)('to %s', (purpose, answer) => {
    const posters = entry({}, { id: 'kartelak', category: 'presentations', classes: ['present'] })
    const found = mayIUse([listed(entry())], { purpose, data: 'personal_citizen', level: 'institutional' }, [
      ...all,
      listed(posters),
    ])!
    expect([found.verdict, found.by, found.instead.map(({ id }) => id)]).toEqual(answer)
  })
  it('what is to be used instead is said in its own words only where they name no tool of the catalogue', () => {
    const words = (useInstead: string, data = 'public') =>
      ask(listed(entry({ outcome: 'not_recommended', useInstead: { es: useInstead } })), data).insteadWords
    expect(words('El correo de la casa')).toEqual({ es: 'El correo de la casa' })
    expect(words('Gela')).toEqual({})
    // Gela would be a no as well.
    expect(words('Gela', 'secret_or_classified')).toEqual({})
    expect(ask(listed(entry({ useInstead: { es: 'El correo' } }))).insteadWords).toEqual({})
  })
  it('what data and level forbid is a no, whatever it is for', () =>
    expect(ask(listed(entry()), 'special_art9', 'institutional', 'present').by).toBe('data_not_allowed'))
  it('recommended, but with conditions in its text, is a yes with these', () => {
    const one = listed({
      ...gela,
      conditions: [{ id: 'c', text: { eu: 'Kontuz' }, dueOn: null, doneOn: null }],
    })
    expect(said(one)).toEqual(['conditions', 'conditions', []])
  })
  it('[CA32] a no that has nothing of its kind names what is for the same purpose, and only then', () => {
    const boards = listed(entry({}, { id: 'boards', category: 'tasks', classes: ['manage', 'share'] }))
    const citizens = { data: 'personal_citizen', level: 'institutional' } as const
    const no = listed(entry({ allowedDataClasses: ['public'] }))
    const found = (purpose: 'share' | 'present' | null, others: readonly Listed[]) => {
      const { instead, otherKinds } = mayIUse([no], { purpose, ...citizens }, [no, ...others])!
      return [instead, otherKinds].map((them) => them.map(({ id }) => id))
    }
    expect(found('share', [boards])).toEqual([[], ['boards']])
    expect(found('share', [boards, listed(gela)])).toEqual([['gela'], []])
    expect(found('present', [boards])).toEqual([[], []])
    expect(found(null, [boards])).toEqual([[], []])
    expect(found('share', [listed(boards.entry, true)])).toEqual([[], []])
  })
  it('of several uses the kindest holds, of equals the later; of nothing nothing is known', () => {
    const older = listed({ ...gela, id: 'older', decidedOn: '2026-01-01' })
    const answer = mayIUse(
      [listed(entry()), older, listed(gela)],
      { purpose: null, data: 'public', level: 'institutional' },
      all,
    )
    expect([answer?.verdict, answer?.entry.id]).toEqual(['yes', 'gela'])
    expect(mayIUse([], { purpose: null, data: 'public', level: 'individual' }, all)).toBe(null)
  })
  it('proposes instead only what may be used in this case, of the same kind, the best first, three at most', () => {
    const other = listed({ ...gela, id: 'forms', category: 'forms' })
    const many = [61, 84, 78, 90].map((overall, i) =>
      listed({
        ...gela,
        id: `g${i}`,
        score: {
          overall,
          low: null,
          high: null,
          people: 3,
          disagreements: 0,
          fragile: false,
          recommendFrom: 70,
        },
      }),
    )
    const answer = mayIUse(
      [listed(entry())],
      { purpose: null, data: 'special_art9', level: 'institutional' },
      [other, ...many],
    )
    expect(answer?.instead.map(({ id }) => id)).toEqual(['g3', 'g1', 'g2'])
  })
})
