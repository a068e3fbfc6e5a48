/** The checks of a plan say exactly what is missing, and the four questions are open exactly while they are unanswered. */
import fc from 'fast-check'
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import type { CheckContext, Finding } from '@auzolan/shared/checks/finding.ts'
import { planChecks } from '@auzolan/shared/checks/plan.ts'
import { monthsBetween } from '@auzolan/shared/checks/plan/identity.ts'
import { blocksQuestion, questionOf } from '@auzolan/shared/checks/plan/questions.ts'
import { itemName } from '@auzolan/shared/checks/required.ts'
import { checkPlan, readPlan, type PlanReport } from '@auzolan/shared/checks/run.ts'
import { fold } from '@auzolan/shared/reference/list.ts'
import { phrasesOf } from '@auzolan/shared/reference/phrases.ts'
import { BUILTIN } from '@auzolan/shared/reference/references.ts'
import { paragraphs, writeDocument } from '@auzolan/shared/schema/json.ts'
import { isFilled, type Field, type Fields, type ListField } from '@auzolan/shared/schema/fields.ts'
import { PLAN, type Plan } from '@auzolan/shared/schema/plan.ts'
import { ACTIVITIES } from '@auzolan/shared/schema/plan/team.ts'
import { planning, QUESTIONS, type QuestionId } from '@auzolan/shared/schema/plan/planning.ts'
import { planTemplate } from '@auzolan/server/src/documents/plan-template.ts'
import { HARANBERRI_PLAN } from '@auzolan/server/src/standalone/sample-plan.ts'

const CONTEXT: CheckContext = { languages: ['eu', 'es'], today: '2026-11-23', inForce: false }
const planOf = (
  template: Parameters<typeof writeDocument>[3],
  languages: readonly string[] = CONTEXT.languages,
): Plan => {
  const doc = new Y.Doc()
  writeDocument(PLAN, doc, languages, template)
  return readPlan(doc)
}
const SEED = planOf(HARANBERRI_PLAN)
/** The seed with its two gaps filled: nothing is missing. */
const WHOLE = change(SEED, (plan) => {
  plan.planning.audiences.find((a) => a.id === 'a4')!.languages = ['es']
  plan.profiles.profiles.find((p) => p.id === 'youtube')!.hoursPerWeek = 2
})

type Writable<T> = T extends readonly (infer I)[]
  ? Writable<I>[]
  : T extends object
    ? { -readonly [K in keyof T]: Writable<T[K]> }
    : T
function change(plan: Plan, edit: (plan: Writable<Plan>) => void): Plan {
  const copy = structuredClone(plan) as Writable<Plan>
  edit(copy)
  return copy as Plan
}
const report = (edit: (plan: Writable<Plan>) => void, context: Partial<CheckContext> = {}): PlanReport =>
  checkPlan(change(WHOLE, edit), { ...CONTEXT, ...context })
const findings = (
  id: string,
  edit: (plan: Writable<Plan>) => void,
  context: Partial<CheckContext> = {},
): Finding[] => report(edit, context).findings.filter((f) => f.check === id)
const nothing = (): void => {}

const nothingIn = (field: Field): unknown =>
  field.kind === 'text' || field.kind === 'prose'
    ? field.translated
      ? { eu: field.kind === 'text' ? '' : [], es: '' }
      : ''
    : field.kind === 'choices' || field.kind === 'references'
      ? []
      : field.kind === 'flag'
        ? false
        : field.kind === 'link'
          ? ''
          : null
/** A value no check of required fields misses. */
const something = (field: Field): unknown =>
  field.kind === 'text'
    ? field.translated
      ? { eu: 'x', es: 'x' }
      : 'x'
    : field.kind === 'choices' || field.kind === 'references'
      ? ['x']
      : field.kind === 'flag'
        ? true
        : field.kind === 'number'
          ? 1
          : field.kind === 'link'
            ? 'https://www.haranberri.example'
            : 'x'

/** A path without the language its text is missing in. */
const fieldOf = (path: string): string => path.replace(/:.*$/, '')

describe('the plan of Haranberri', () => {
  it('lacks exactly the two things it leaves to the first visitor', () => {
    expect(checkPlan(SEED, CONTEXT).missing.map((f) => [f.check, f.path])).toEqual([
      ['field', 'audiences/a4/languages'],
      ['field', 'profiles/youtube/hoursPerWeek'],
    ])
  })

  it('has two open questions until they are filled', () => {
    expect(checkPlan(SEED, CONTEXT).answered).toEqual({ who: true, why: true, whom: false, where: false })
    expect(checkPlan(WHOLE, CONTEXT).answered).toEqual({ who: true, why: true, whom: true, where: true })
  })

  it('is partial where the gaps are, and complete when they are filled', () => {
    const { completeness } = checkPlan(SEED, CONTEXT)
    expect(Object.keys(completeness)).toEqual(PLAN.sections.map(({ id }) => id))
    const partial = Object.keys(completeness).filter((id) => completeness[id] !== 'complete')
    expect(partial).toEqual(['planning', 'profiles'])
    expect(new Set(Object.values(checkPlan(WHOLE, CONTEXT).completeness))).toEqual(new Set(['complete']))
    expect(checkPlan(WHOLE, CONTEXT).missing).toEqual([])
  })

  it('[D4] gives the same report every time, and changes nothing', () => {
    const before = structuredClone(SEED)
    expect(checkPlan(SEED, CONTEXT)).toEqual(checkPlan(structuredClone(SEED), CONTEXT))
    expect(SEED).toEqual(before)
  })
})

describe('a new plan', () => {
  const fresh = planOf(planTemplate(['eu', 'es'], { eu: 'Plana' }) as never)
  it('is empty where only the organisation knows, and has a text to put right elsewhere', () => {
    expect(checkPlan(fresh, CONTEXT).completeness).toEqual({
      identity: 'partial',
      planning: 'empty',
      principles: 'partial',
      profiles: 'empty',
      identityKit: 'empty',
      team: 'partial',
      training: 'partial',
      privacy: 'complete',
      staffGuidance: 'partial',
      rights: 'partial',
      participation: 'partial',
      listening: 'partial',
      crisis: 'complete',
    })
  })
  it('brings what every plan is proposed', () => {
    expect(fresh.principles.values).toHaveLength(7)
    expect(fresh.team.duties.map(({ activity }) => activity)).toEqual(ACTIVITIES.map(({ id }) => id))
    expect(fresh.training.training.map(({ topic }) => topic)).toEqual(['privacy', 'rights', 'writing'])
    expect(fresh.privacy.protected).toHaveLength(5)
    expect(fresh.privacy.replies.map(({ purpose }) => purpose)).toEqual([
      'official_channel',
      'thanks',
      'out_of_hours',
    ])
    expect(fresh.participation.ladder.map(({ step }) => step)).toEqual([
      'answer',
      'warn',
      'hide',
      'delete',
      'block',
      'report',
    ])
    expect(fresh.crisis.scenarios).toHaveLength(5)
    expect(fresh.rights.consentForm['es']).toContain('Decir que no no tiene ninguna consecuencia')
  })
  it.each(['eu', 'es', 'ca', 'en'])(
    'in %s keeps the freedom of expression and the official channel',
    (own) => {
      const plan = planOf(planTemplate([own], { [own]: 'Plan' }) as never, [own])
      const found = checkPlan(plan, { ...CONTEXT, languages: [own] }).findings.map(({ check }) => check)
      expect(found).not.toContain('P-19')
      expect(found).not.toContain('P-21')
      expect(found).not.toContain('language')
    },
  )
  it('whose languages have no proposals begins empty', () => {
    const plan = planOf(planTemplate(['gl'], { gl: 'Plan' }) as never, ['gl'])
    expect(plan.principles.values).toEqual([])
    expect(plan.staffGuidance.enjoy).toEqual({ gl: [] })
  })
  it('has four open questions', () => {
    expect(Object.values(checkPlan(fresh, CONTEXT).answered)).toEqual([false, false, false, false])
  })
  it('lacks every other required field of every section, once', () => {
    const template = planTemplate(['eu', 'es'], { eu: 'Plana' })
    const required = PLAN.sections.flatMap(({ id, fields }) =>
      Object.entries<Field>(fields)
        .filter(([, field]) => field.required === true && field.when === undefined)
        .filter(([key]) => template[id]?.[key] === undefined)
        .map(([key]) => `${id}.${key}`),
    )
    const missing = checkPlan(fresh, CONTEXT).missing.map((f) => fieldOf(f.path))
    expect(missing.filter((path) => !path.startsWith('training/'))).toEqual(required)
    // Until when a course is to be done, nobody can propose.
    expect(missing.filter((path) => path.startsWith('training/'))).toEqual([
      'training/privacy/dueOn',
      'training/image-rights/dueOn',
      'training/close-writing/dueOn',
    ])
  })
})

describe('required fields', () => {
  it('of the plan are missed where they are', () => {
    expect(report((p) => (p.identity.title = { eu: '', es: 'Título' })).missing).toMatchObject([
      {
        path: 'identity.title:eu',
        message: { text: '{field} has no text yet in {language}.', holes: { language: 'lang:eu' } },
      },
    ])
    expect(report((p) => (p.identity.from = null)).missing.map((f) => f.path)).toEqual(['identity.from'])
    expect(
      report((p) => (p.planning.whoAnswer = { eu: [], es: [] } as never)).missing.map((f) => f.path),
    ).toEqual(['planning.whoAnswer:eu'])
    expect(report((p) => (p.principles.stanceListen = false)).missing.map((f) => f.path)).toEqual([
      'principles.stanceListen',
    ])
  })

  const cases = PLAN.sections.flatMap(({ id: section, fields }) =>
    Object.values<Field>(fields).flatMap((list) =>
      list.kind === 'list'
        ? Object.entries(list.item).map(([key, { required = false, when }]) => ({
            root: list.root,
            section,
            key,
            required,
            when,
          }))
        : [],
    ),
  )
  it.each(cases)('$root/…/$key missing: $required', ({ root, section, key, required, when }) => {
    const { missing } = report((plan) => {
      const lists = (plan as never as Record<string, Record<string, Record<string, unknown>[]>>)[section]!
      const name = Object.entries(PLAN.sections.find(({ id }) => id === section)!.fields as Fields).find(
        ([, field]) => field.kind === 'list' && field.root === root,
      )![0]
      const was = lists[name]![0]
      const { item } = PLAN.sections.find(({ id }) => id === section)!.fields[name as never] as ListField
      const first: Record<string, unknown> = was ?? { id: 'first' }
      lists[name]![0] = first
      // Every other field has something, so that what is missing is this one.
      for (const [other, field] of Object.entries(item))
        if (!isFilled(field, first[other], 'eu')) first[other] = something(field)
      if (when) first[when.field] = when.is[0]
      else if (item['closing']) first['closing'] = false
      first[key] = nothingIn(item[key]!)
    })
    const own = missing.filter((f) => f.path.startsWith(`${root}/`) && fieldOf(f.path).endsWith(`/${key}`))
    expect(own).toHaveLength(required ? 1 : 0)
    expect(missing).toHaveLength(required ? 1 : 0)
    if (required) expect(own[0]!.section).toBe(section)
  })

  it('miss a list that has to have something', () => {
    expect(report((p) => (p.principles.values = [])).missing.map((f) => f.path)).toEqual([
      'principles.values',
    ])
  })

  it('count zero hours as an answer', () => {
    expect(report((p) => (p.profiles.profiles[0]!.hoursPerWeek = 0)).missing).toEqual([])
  })

  it('ask for the other official languages without stopping anybody', () => {
    const { missing, findings } = report((p) => (p.identity.title = { eu: 'Plana', es: ' ' }))
    expect(missing).toEqual([])
    expect(findings.filter((f) => f.check === 'language')).toMatchObject([
      { severity: 'warn', path: 'identity.title:es', section: 'identity' },
    ])
  })

  it('ask for the other languages of an item too, and say which language is missing', () => {
    const half = report(
      (p) => ((p.planning.audiences[0] as { name: object }).name = { eu: 'Auzotarrak', es: '' }),
    )
    expect(half.findings.filter((f) => f.check === 'language')).toMatchObject([
      {
        severity: 'warn',
        path: expect.stringMatching(/\/name:es$/) as string,
        message: { holes: { language: 'lang:es' } },
      },
    ])
    const other = report(
      (p) => ((p.planning.audiences[0] as { name: object }).name = { eu: '', es: 'Vecindario' }),
    )
    expect(other.missing).toMatchObject([
      {
        path: expect.stringMatching(/\/name:eu$/) as string,
        message: { holes: { item: 'Vecindario', language: 'lang:eu' } },
      },
    ])
  })

  it('name the record they are about', () => {
    const [finding] = checkPlan(SEED, CONTEXT).missing
    expect(finding!.message.holes).toMatchObject({ item: 'Iritsi berriak' })
    expect(itemName({ name: { eu: ' ', es: 'Jóvenes' } }, 'eu')).toBe('Jóvenes')
    expect(itemName({ id: 'x', name: { eu: '' } }, 'eu')).toBe('')
  })
})

describe('P-01, profiles may be opened', () => {
  const gates = (edit: (plan: Writable<Plan>) => void, inForce: boolean): string[] =>
    findings('P-01', edit, { inForce }).map(
      (f) => `${f.severity} ${f.gate} ${f.path} ${f.message.holes?.['count'] ?? ''}`,
    )
  it('passes when the four questions are answered and the plan is in force', () =>
    expect(gates(nothing, true)).toEqual([]))
  it('stops while the plan needs approval', () => {
    expect(gates(nothing, false)).toEqual(['block profile_open profiles.profiles '])
  })
  it('stops while a question is open, and counts them', () => {
    expect(gates((p) => (p.planning.responsible = null), true)).toEqual(['block profile_open planning 1'])
    expect(
      gates((p) => {
        p.planning.responsible = null
        p.planning.purposes = []
        p.planning.audiences = []
        p.profiles.profiles = []
      }, true),
    ).toEqual(['block profile_open planning 4'])
  })
  it('never stops sending to review', () => {
    expect(report(nothing, { inForce: false }).missing).toEqual([])
  })
})

describe('P-02, every purpose says what for', () => {
  const purpose = (text: string, language = 'eu'): Finding[] =>
    findings('P-02', (p) => (p.planning.purposes[0]!.text = { eu: '', es: '', [language]: text }))
  const empty = [
    ['es', 'Porque toca'],
    ['es', 'PORQUE TOCA, como a todos los ayuntamientos'],
    ['es', 'Pues hay que estar en las redes sociales'],
    ['es', 'Todo el mundo está en las redes'],
    ['es', 'TODO  EL MUNDO ESTÁ'],
    ['ca', 'Perquè toca, senzillament'],
    ['ca', 'TOTHOM HI ÉS i nosaltres també'],
    ['eu', 'Denak daude sareetan gaur egun'],
    ['eu', 'Sareetan EGON BEHAR DELAKO'],
    ['en', 'Because everyone else does it too'],
    ['en', 'Everybody is there nowadays, so are we'],
    ['es', 'Porque\ntoca estar en las redes sociales'],
    ['ca', 'Perque\u0300 toca estar a les xarxes'],
  ]
  it.each(empty)('hears it in %s: %s', (language, text) => {
    const [finding, ...more] = purpose(text, language)
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      severity: 'warn',
      gate: 'review',
      section: 'planning',
      path: 'purposes/p1/text',
    })
    expect(finding!.message.text).toContain('not what for')
  })
  it.each([
    'Informar con claridad de los servicios municipales',
    'Udal zerbitzuen berri argia ematea',
    'Listen to people and answer within two days',
    'Escoltar tothom que ens escriu i respondre',
  ])('has nothing against: %s', (text) => expect(purpose(text)).toEqual([]))
  it('finds 19 characters very short and 20 not', () => {
    expect(purpose('x'.repeat(19))).toMatchObject([
      { severity: 'warn', message: { text: expect.stringContaining('very short') as string } },
    ])
    expect(purpose('x'.repeat(20))).toEqual([])
    expect(purpose(`  ${'x'.repeat(19)}  `)).toHaveLength(1)
    expect(purpose('🦔'.repeat(19))).toHaveLength(1)
    expect(purpose('🦔'.repeat(20))).toEqual([])
  })
  it('says nothing of a purpose nobody has written yet', () => expect(purpose('   ')).toEqual([]))
  it('looks at every language', () => {
    const both = { eu: 'Udal zerbitzuen berri argia ematea', es: 'porque toca' }
    expect(findings('P-02', (p) => (p.planning.purposes[0]!.text = both))).toHaveLength(1)
  })
  it('folds accents and capitals away, and nothing else', () => {
    expect(fold('  ÀÉÎÕÜ Ñandú\tçà ')).toBe('aeiou nandu ca')
    expect(fold('llibertat d’expressió')).toBe("llibertat d'expressio")
    for (const { use, phrase } of BUILTIN.phrases)
      expect(phrasesOf(BUILTIN.phrases, use).in(`… ${phrase.toUpperCase()} …`)).toBe(true)
  })
  it('[RD5] goes by the phrases it is given', () => {
    const phrase = { use: 'noPurpose', language: 'es', phrase: 'Por si acaso' } as const
    const references = { ...BUILTIN, phrases: [phrase] }
    const says = (text: string) =>
      findings('P-02', (p) => (p.planning.purposes[0]!.text = { es: text }), { references })
    expect(says('Porque toca, y hay que estar en las redes')).toEqual([])
    expect(says('Abrimos el perfil pòr si acaso hace falta')).toHaveLength(1)
  })
})

describe('P-03, the plan has a sponsor', () => {
  it('passes when role, level and date are there', () => expect(findings('P-03', nothing)).toEqual([]))
  const gaps: [string, (plan: Writable<Plan>) => void][] = [
    ['the role', (p) => (p.identity.sponsorRole = { eu: ' ', es: 'Alcaldía' })],
    ['the level', (p) => (p.identity.sponsorBody = null)],
    ['the date', (p) => (p.identity.sponsoredOn = null)],
  ]
  it.each(gaps)('without %s it is said once, at the field, and nowhere that there is one', (_what, edit) => {
    const { outcomes, missing } = report(edit)
    expect(missing).toHaveLength(1)
    expect(outcomes.filter(({ check }) => check === 'P-03')).toEqual([])
    const [own] = planChecks(change(WHOLE, edit), CONTEXT).filter(({ check }) => check === 'P-03')
    expect(own!.findings).toMatchObject([
      { severity: 'block', gate: 'approval', path: 'identity.sponsorRole' },
    ])
  })
})

describe('P-05, no personal opinions', () => {
  it('passes when it is accepted, and is said once when it is not', () => {
    expect(report(nothing).outcomes.filter(({ check }) => check === 'P-05')).toHaveLength(1)
    expect(findings('P-05', nothing)).toEqual([])
    const { missing, outcomes } = report((p) => (p.principles.noPersonalOpinions = false))
    expect(missing.map(({ path }) => path)).toEqual(['principles.noPersonalOpinions'])
    expect(outcomes.filter(({ check }) => check === 'P-05')).toEqual([])
  })
})

describe('A-1, the period makes sense', () => {
  const period = (from: string | null, to: string | null): string[] =>
    findings('A-1', (p) => Object.assign(p.identity, { from, to })).map((f) => f.severity)
  it.each([
    ['23 months', '2027-01-01', '2028-12-01', []],
    ['two years to the day before', '2027-01-01', '2028-12-31', []],
    ['24 months', '2027-01-15', '2029-01-15', []],
    ['24 months and a day', '2027-01-15', '2029-01-16', ['warn']],
    ['25 months', '2027-01-15', '2029-02-15', ['warn']],
    ['one day', '2027-01-01', '2027-01-01', []],
    ['an end before the beginning', '2027-01-02', '2027-01-01', ['block']],
    ['an end a year before the beginning', '2027-06-01', '2026-12-31', ['block']],
    ['no beginning', null, '2027-01-01', []],
    ['no end', '2027-01-01', null, []],
  ] as const)('%s: %s to %s', (_what, from, to, expected) => expect(period(from, to)).toEqual(expected))

  it.each([
    ['2027-01-31', '2027-02-28', 1],
    ['2027-01-01', '2027-01-31', 1],
    ['2027-01-01', '2027-02-01', 1],
    ['2027-12-31', '2028-01-01', 1],
    ['2027-01-01', '2027-01-01', 0],
    ['2024-02-29', '2026-02-28', 24],
  ])('from %s to %s are %i months', (from, to, months) => expect(monthsBetween(from, to)).toBe(months))
})

describe('A-2 and A-3', () => {
  it.each(['Herritar guztiak', 'Todo el mundo', 'Toda la ciudadanía', 'TOTHOM', 'The general public'])(
    'an audience that is everybody (%s) is nobody, if there is no other',
    (name) => {
      const only = (p: Writable<Plan>): void => {
        p.planning.audiences = [{ ...p.planning.audiences[0]!, name: { eu: name, es: '' } }]
      }
      expect(findings('A-2', only)).toMatchObject([{ severity: 'warn', path: 'audiences/a1/name' }])
      expect(findings('A-2', (p) => (p.planning.audiences[0]!.name = { eu: name, es: '' }))).toEqual([])
    },
  )
  it('has nothing to say where there is no audience', () =>
    expect(findings('A-2', (p) => (p.planning.audiences = []))).toEqual([]))
  it('the yes of somebody who was responsible before is no yes', () => {
    expect(findings('A-3', nothing)).toEqual([])
    expect(findings('A-3', (p) => (p.planning.responsible = { id: 'jon', name: 'Jon' }))).toMatchObject([
      { severity: 'block', gate: 'review', path: 'planning.responsibleAccepts' },
    ])
    expect(findings('A-3', (p) => (p.planning.responsibleAccepts = null))).toEqual([])
  })
})

describe('the four questions', () => {
  const none = { eu: [], es: paragraphs('solo en castellano') } as never
  const reasons: [string, QuestionId[], (plan: Writable<Plan>) => void][] = [
    ['no text on how it is organised', ['who'], (p) => (p.planning.whoAnswer = none)],
    ['no responsible person', ['who'], (p) => (p.planning.responsible = null)],
    ['no post of the responsible person', ['who'], (p) => (p.planning.responsibleRole = { eu: '', es: 'x' })],
    ['nobody has accepted', ['who'], (p) => (p.planning.responsibleAccepts = null)],
    ['somebody else has accepted', ['who'], (p) => (p.planning.responsibleAccepts!.by = 'kultura-cm')],
    ['no text on what for', ['why'], (p) => (p.planning.whyAnswer = none)],
    ['no purpose', ['why'], (p) => (p.planning.purposes = [])],
    ['a purpose without text', ['why'], (p) => (p.planning.purposes[0]!.text = { eu: '', es: '' })],
    ['a purpose without kind', ['why'], (p) => (p.planning.purposes[0]!.kind = null)],
    ['a purpose without indicator', ['why'], (p) => (p.planning.purposes[0]!.indicatorIds = [])],
    ['an indicator without target', ['why'], (p) => (p.planning.indicators[0]!.target = null)],
    ['no text on for whom', ['whom'], (p) => (p.planning.whomAnswer = none)],
    ['no audience', ['whom'], (p) => (p.planning.audiences = [])],
    ['an audience without needs', ['whom'], (p) => (p.planning.audiences[0]!.needs = { eu: '', es: '' })],
    ['an audience without language', ['whom'], (p) => (p.planning.audiences[0]!.languages = [])],
    ['no text on which networks', ['where'], (p) => (p.planning.whereAnswer = none)],
    ['no profile', ['where'], (p) => (p.profiles.profiles = [])],
    ['a profile without network', ['where'], (p) => (p.profiles.profiles[0]!.network = null)],
    ['a profile without purpose', ['where'], (p) => (p.profiles.profiles[0]!.purposeIds = [])],
    ['a profile without audience', ['where'], (p) => (p.profiles.profiles[0]!.audienceIds = [])],
    ['a profile without reason', ['where'], (p) => (p.profiles.profiles[0]!.why = { eu: '', es: '' })],
    ['a profile without hours', ['where'], (p) => (p.profiles.profiles[0]!.hoursPerWeek = null)],
    ['a profile nobody looks after', ['where'], (p) => (p.profiles.profiles[0]!.owner = null)],
    ['nothing', [], nothing],
    ['no deputy', [], (p) => (p.planning.deputy = null)],
    ['no unit of an indicator', [], (p) => (p.planning.indicators[0]!.unit = null)],
    ['no networks of an audience', [], (p) => (p.planning.audiences[0]!.channels = [])],
    ['no account name of a profile yet', [], (p) => (p.profiles.profiles[0]!.handle = '')],
    ['no languages of a profile yet', [], (p) => (p.profiles.profiles[0]!.languages = [])],
    [
      'no reason for a network that is not opened',
      [],
      (p) => (p.profiles.notOpened[0]!.reason = { eu: '', es: '' }),
    ],
    ['a purpose that says little', [], (p) => (p.planning.purposes[0]!.text = { eu: 'porque toca', es: '' })],
    ['another section with a gap', [], (p) => (p.identity.from = null)],
  ]
  it.each(reasons)('[D3] with %s lacking, %j is open', (_what, open, edit) => {
    const { answered, findings } = report(edit, { inForce: true })
    expect(QUESTIONS.map((q) => q.id).filter((id) => !answered[id])).toEqual(open)
    // What P-01 counts is what the questions show.
    const counted = findings.find((f) => f.check === 'P-01')?.message.holes?.['count'] ?? '0'
    expect(Number(counted)).toBe(open.length)
  })

  it('and P-01 agree whatever is lacking', () => {
    fc.assert(
      fc.property(fc.subarray(reasons), (some) => {
        const { answered, findings, missing } = report(
          (p) =>
            some.forEach(([, , edit]) => {
              try {
                edit(p)
              } catch {
                // Two of them can be about the same record, which the first has removed.
              }
            }),
          { inForce: true },
        )
        const open = Object.values(answered).filter((yes) => !yes).length
        expect(Number(findings.find((f) => f.check === 'P-01')?.message.holes?.['count'] ?? '0')).toBe(open)
        if (open > 0) expect(missing.length).toBeGreaterThan(0)
      }),
    )
  })

  it.each([
    ['planning.whoAnswer', 'who'],
    ['planning.whoAnswer:es', 'who'],
    ['planning.responsible', 'who'],
    ['planning.responsibleAccepts', 'who'],
    ['planning.deputy', 'who'],
    ['planning.whyAnswer', 'why'],
    ['planning.purposes', 'why'],
    ['purposes/p1/text', 'why'],
    ['indicators/i1/target', 'why'],
    ['planning.whomAnswer', 'whom'],
    ['planning.audiences', 'whom'],
    ['audiences/a1/languages', 'whom'],
    ['planning.whereAnswer:eu', 'where'],
    ['profiles.profiles', 'where'],
    ['profiles/x/network', 'where'],
    ['profiles.notOpened', null],
    ['notOpened/n1/reason', null],
    ['identity.title', null],
    ['principles.values', null],
    ['values/v1/name', null],
    ['planning', null],
    ['', null],
  ])('%s belongs to %s', (path, question) => expect(questionOf(path)).toBe(question))

  it('have each field of their section', () => {
    expect(QUESTIONS.flatMap(({ fields }) => [...fields])).toEqual(Object.keys(planning.fields))
  })

  it('are kept open only by what stops sending to review', () => {
    const finding = (severity: Finding['severity'], gate: Finding['gate'], path: string): Finding => ({
      check: 'x',
      severity,
      gate,
      section: 'planning',
      path,
      message: { text: '' },
    })
    expect(blocksQuestion(finding('block', 'review', 'planning.whoAnswer'))).toBe(true)
    expect(blocksQuestion(finding('warn', 'review', 'planning.whoAnswer'))).toBe(false)
    expect(blocksQuestion(finding('block', 'approval', 'planning.whoAnswer'))).toBe(false)
    expect(blocksQuestion(finding('block', 'review', 'profiles/x/handle'))).toBe(false)
    expect(blocksQuestion(finding('block', 'review', 'profiles/x/owner'))).toBe(true)
  })
})

describe('a section', () => {
  it('is partial with one field of many, and complete with all', () => {
    const one = planOf({ principles: { stanceGround: true } })
    expect(checkPlan(one, CONTEXT).completeness).toMatchObject({ identity: 'empty', principles: 'partial' })
    expect(checkPlan(WHOLE, CONTEXT).completeness['principles']).toBe('complete')
  })
  it('with only gaps that stop nobody is complete', () => {
    expect(report((p) => (p.identity.title = { eu: 'Plana', es: '' })).completeness['identity']).toBe(
      'complete',
    )
    expect(
      report((p) => (p.planning.purposes[0]!.text = { eu: 'porque toca', es: '' })).completeness['planning'],
    ).toBe('complete')
  })
  it('of the four questions is not complete while a profile leaves the fourth open', () => {
    expect(report((p) => (p.profiles.profiles[0]!.owner = null)).completeness).toMatchObject({
      planning: 'partial',
      profiles: 'partial',
    })
    expect(report((p) => (p.profiles.profiles[0]!.handle = '')).completeness).toMatchObject({
      planning: 'complete',
      profiles: 'partial',
    })
  })
  it('has an outcome for every check, passed or not', () => {
    const ids = planChecks(WHOLE, CONTEXT).map((o) => o.check)
    expect(ids).toEqual([
      ...['P-01', 'P-02', 'P-51', 'P-52', 'A-14', 'A-2', 'A-3', 'P-03', 'A-1', 'A-9', 'P-05'],
      ...['A-4b', 'P-07', 'P-08', 'P-10', 'P-11', 'P-12', 'P-14', 'P-18', 'P-04'],
      ...['P-15', 'P-16', 'P-17', 'A-7', 'A-8', 'P-19', 'P-21'],
    ])
    for (const outcome of checkPlan(SEED, CONTEXT).outcomes) {
      expect(outcome.subject.text).not.toBe('')
      for (const finding of outcome.findings) expect(finding.message.text).not.toBe('')
    }
  })
})
