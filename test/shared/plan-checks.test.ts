/** The checks of profiles, team, privacy and staff guidance (DOMAIN §10), both sides of each. */
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { leadsTo, type CheckContext } from '@auzolan/shared/checks/finding.ts'
import { opinionsAskedBy } from '@auzolan/shared/checks/plan/privacy.ts'
import { checkPlan, readPlan } from '@auzolan/shared/checks/run.ts'
import type { Picture } from '@auzolan/shared/schema/fields.ts'
import { writeDocument } from '@auzolan/shared/schema/json.ts'
import { PLAN, type Plan } from '@auzolan/shared/schema/plan.ts'
import { wholePlan } from '../support/reviewed.ts'

const CONTEXT: CheckContext = { languages: ['eu', 'es'], today: '2026-11-26', inForce: true }

type Writable<T> = T extends readonly (infer I)[]
  ? Writable<I>[]
  : T extends object
    ? { -readonly [K in keyof T]: Writable<T[K]> }
    : T
const WHOLE = ((doc: Y.Doc): Plan => {
  writeDocument(PLAN, doc, CONTEXT.languages, wholePlan())
  return readPlan(doc)
})(new Y.Doc())
type Edit = (plan: Writable<Plan>) => void
const change = (edit: Edit): Plan => {
  const plan = structuredClone(WHOLE) as Writable<Plan>
  edit(plan)
  return plan as Plan
}
/** What one check says of the whole plan of the sample after an edit. */
const found = (check: string, edit: Edit = () => {}, context: Partial<CheckContext> = {}): string[] =>
  checkPlan(change(edit), { ...CONTEXT, ...context })
    .findings.filter((finding) => finding.check === check)
    .map(({ severity, gate, path, waivable }) => `${severity} ${gate} ${path}${waivable ? ' waivable' : ''}`)

type Row = readonly [check: string, what: string, edit: Edit, expected: readonly string[]]
const profile =
  (edit: (profile: Writable<Plan>['profiles']['profiles'][number]) => void): Edit =>
  (plan) =>
    edit(plan.profiles.profiles.find(({ id }) => id === 'mastodon')!)
const at = (field: string, waivable = ''): string =>
  `block profile_open profiles/mastodon/${field}${waivable && ` ${waivable}`}`

const other: Picture = { name: 'b.png', sha256: 'b'.repeat(64), preview: '' }
const PIXEL = 'data:image/png;base64,QUFB'
const TOO_SHORT = 'x'.repeat(19)
const REASON = 'x'.repeat(20)

describe('of a profile', () => {
  const rows: readonly Row[] = [
    ['P-07', 'with the mailbox of a unit', () => {}, []],
    [
      'P-07',
      'with the mailbox of a person',
      profile((p) => (p.corporateMailbox = false)),
      [at('corporateMailbox')],
    ],
    ['P-08', 'with both links', () => {}, []],
    ['P-08', 'without privacy notice', profile((p) => (p.privacyNotice = ' ')), [at('privacyNotice')]],
    ['P-08', 'without norms', profile((p) => (p.participationNorms = '')), [at('participationNorms')]],
    ['P-10', 'with the picture of the kit', () => {}, []],
    ['P-10', 'with another picture', profile((p) => (p.avatar = other)), [at('avatar', 'waivable')]],
    [
      'P-10',
      'with another picture under the fingerprint of the kit',
      (plan) => {
        plan.identityKit.avatar = { name: 'a.png', sha256: 'a'.repeat(64), preview: PIXEL }
        plan.profiles.profiles.forEach((p) => (p.avatar = plan.identityKit.avatar))
        plan.profiles.profiles.find(({ id }) => id === 'mastodon')!.avatar = {
          ...plan.identityKit.avatar,
          preview: `${PIXEL}AA`,
        }
      },
      [at('avatar', 'waivable')],
    ],
    [
      'P-10',
      'with the fingerprint of the kit and no copy to look at',
      (plan) => {
        plan.identityKit.avatar = { name: 'a.png', sha256: 'a'.repeat(64), preview: PIXEL }
        plan.profiles.profiles.forEach((p) => (p.avatar = { ...plan.identityKit.avatar!, preview: '' }))
      },
      [],
    ],
    ['P-10', 'without picture', profile((p) => (p.avatar = null)), [at('avatar', 'waivable')]],
    [
      'P-10',
      'with an allowed variant',
      (plan) => {
        plan.profiles.profiles[0]!.avatar = other
        plan.identityKit.variants = [{ id: 'v', name: 'Gazteria', picture: other, departmentId: null }]
      },
      [],
    ],
    [
      'P-10',
      'with another picture and a short reason',
      profile((p) => Object.assign(p, { avatar: other, avatarException: TOO_SHORT })),
      [at('avatar', 'waivable')],
    ],
    [
      'P-10',
      'with another picture and a reason',
      profile((p) => Object.assign(p, { avatar: other, avatarException: REASON })),
      [],
    ],
    [
      'P-10',
      'while the kit has no picture yet',
      (plan) => {
        plan.identityKit.avatar = null
        plan.profiles.profiles[0]!.avatar = null
      },
      [],
    ],
    ['P-11', 'named by the rule', () => {}, []],
    ['P-11', 'named after a department', profile((p) => (p.handle = '@haranberriudala_kultura')), []],
    ['P-11', 'named otherwise', profile((p) => (p.handle = '@haranberri')), [at('handle', 'waivable')]],
    ['P-11', 'without a name yet', profile((p) => (p.handle = ' ')), []],
    [
      'P-11',
      'named otherwise, with a short reason',
      profile((p) => Object.assign(p, { handle: '@haranberri', namingException: TOO_SHORT })),
      [at('handle', 'waivable')],
    ],
    [
      'P-11',
      'named otherwise, with a reason',
      profile((p) => Object.assign(p, { handle: '@haranberri', namingException: REASON })),
      [],
    ],
    [
      'P-11',
      'while there is no rule',
      (plan) => {
        plan.identityKit.namingPattern = ' '
        plan.profiles.profiles[0]!.handle = '@haranberri'
      },
      [],
    ],
    [
      'P-12',
      'with the affiliation in the account name alone',
      profile((p) => Object.assign(p, { displayName: 'Berriak', handle: '@haranberri_berriak' })),
      [],
    ],
    [
      'P-12',
      'with the affiliation in the name shown alone, accents aside',
      profile((p) => Object.assign(p, { displayName: 'HÁRANBERRI', handle: '@berriak' })),
      [],
    ],
    [
      'P-12',
      'that does not say whose it is',
      profile((p) => Object.assign(p, { displayName: 'Berriak', handle: '@berriak' })),
      [at('displayName', 'waivable')],
    ],
    [
      'P-12',
      'while no words are chosen',
      (plan) => {
        plan.identityKit.affiliation = ' , '
        Object.assign(plan.profiles.profiles[0]!, { displayName: 'Berriak', handle: '@berriak' })
      },
      [],
    ],
    ['P-14', 'with both presentations and the website', () => {}, []],
    ['P-14', 'without one presentation', profile((p) => (p.bio = { eu: 'Kaixo', es: ' ' })), [at('bio:es')]],
    ['P-14', 'without website', profile((p) => (p.website = '')), [at('website')]],
  ]
  it.each(rows)('%s: %s', (check, _what, edit, expected) => expect(found(check, edit)).toEqual(expected))

  it.each(['P-07', 'P-08', 'P-10', 'P-11', 'P-12', 'P-14', 'P-18'])(
    '%s asks nothing of one that closes',
    (check) => {
      const bare = profile((p) => {
        Object.assign(p, {
          closing: true,
          corporateMailbox: false,
          privacyNotice: '',
          avatar: null,
          handle: '@x',
          displayName: 'x',
          bio: {},
          website: '',
        })
      })
      expect(
        found(check, bare, { facts: { communications: [], trained: allTrained(), profiles: [] } }),
      ).toEqual([])
    },
  )

  const allTrained = (but?: string) =>
    ['komunikazio-arduraduna', 'kultura-cm', 'gazteria-teknikaria']
      .filter((person) => person !== but)
      .map((person) => ({ training: 'pribatutasuna', person }))
  const trained = (rows: readonly { training: string; person: string }[], edit?: Edit): string[] =>
    found('P-18', edit, { facts: { communications: [], trained: rows, profiles: [] } })
  it('P-18 wants all who look after it trained in privacy, and lets a director waive it', () => {
    expect(trained(allTrained())).toEqual([])
    expect(trained(allTrained('kultura-cm'))).toEqual(['block profile_open profiles/youtube/owner waivable'])
  })
  it('P-18 counts no other course', () => {
    const writing = [...allTrained('kultura-cm'), { training: 'idazkera-hurbila', person: 'kultura-cm' }]
    expect(trained(writing)).toHaveLength(1)
  })
  it('P-18 counts managers of the profile as well as who looks after it, each once', () => {
    const both: Edit = (plan) => {
      plan.team.managers[1]!.profileIds = ['youtube', 'mastodon']
    }
    expect(trained(allTrained('kultura-cm'), both)).toHaveLength(2)
  })
  it('P-18 leads to the course, or to where one is planned', () => {
    const facts = { communications: [], trained: allTrained('kultura-cm'), profiles: [] }
    const leads = (edit: Edit): (string | undefined)[] =>
      checkPlan(change(edit), { ...CONTEXT, facts })
        .findings.filter(({ check }) => check === 'P-18')
        .map(leadsTo)
    expect(leads(() => {})).toEqual(['training/pribatutasuna'])
    expect(new Set(leads((plan) => (plan.training.training = [])))).toEqual(new Set(['training.training']))
  })
  it('P-18 is not checked where nothing is known of courses', () => expect(found('P-18')).toEqual([]))
})

describe('of days that have gone by', () => {
  const course =
    (dueOn: string): Edit =>
    (plan) =>
      void (plan.training.training[0]!.dueOn = dueOn)
  const facts = (training: string | null) => ({
    communications: [],
    profiles: [],
    trained: training === null ? [] : [{ training, person: 'x' }],
  })
  it.each([
    ['today', '2026-11-26', null, 0],
    ['yesterday', '2026-11-25', null, 1],
    ['yesterday, and somebody has finished it', '2026-11-25', 'pribatutasuna', 0],
    ['yesterday, and somebody has finished another one', '2026-11-25', 'idazkera-hurbila', 1],
  ])('A-7: a course of %s', (_what, day, done, count) => {
    expect(found('A-7', course(day), { facts: facts(done) })).toEqual(
      Array.from({ length: count }, () => 'warn live training/pribatutasuna/dueOn'),
    )
    expect(found('A-7', course(day))).toEqual([])
  })
  it.each([
    ['2026-11-26', 0],
    ['2026-11-25', 1],
  ])('A-4b: a network that is not opened, to be looked at again on %s', (reviewOn, count) => {
    const edit: Edit = (plan) =>
      void (plan.profiles.notOpened = [{ id: 'n1', network: 'x', reason: {}, reviewOn }])
    expect(found('A-4b', edit)).toEqual(
      Array.from({ length: count }, () => 'warn live notOpened/n1/reviewOn'),
    )
  })
  it.each([
    ['2026-11-26', 0],
    ['2026-11-25', 1],
  ])('A-1: a period until %s', (to, count) => {
    const edit: Edit = (plan) => void Object.assign(plan.identity, { from: '2026-01-01', to })
    expect(found('A-1', edit)).toEqual(Array.from({ length: count }, () => 'warn review identity.to'))
  })
  it('of a profile without a name or a network only its fields are asked for', () => {
    const edit: Edit = (plan) => {
      const [first] = plan.profiles.profiles
      plan.profiles.profiles = [{ ...first!, id: 'new', displayName: '', handle: '', network: null, bio: {} }]
    }
    const said = checkPlan(change(edit), CONTEXT).findings.filter(({ path }) =>
      path.startsWith('profiles/new/'),
    )
    expect(new Set(said.map(({ check }) => check))).toEqual(new Set(['field']))
    for (const { message } of said) expect(Object.values(message.holes ?? {})).not.toContain('')
  })
})

describe('of the team', () => {
  const gap: Edit = (plan) => (plan.team.managers[1]!.trainingIds = [])
  it.each<[string, Edit, number]>([
    ['a gap with a course planned', () => {}, 0],
    ['a gap without a course', gap, 1],
    [
      'the same value reached by somebody else of the department',
      (plan) => {
        gap(plan)
        plan.team.managers[2]!.departmentId = 'kultura'
      },
      0,
    ],
    [
      'exactly “well”',
      (plan) => {
        gap(plan)
        plan.team.managers[1]!.informalWriting = '2'
      },
      0,
    ],
    [
      'an axis nobody has said',
      (plan) => {
        gap(plan)
        plan.team.managers[1]!.informalWriting = null
      },
      0,
    ],
  ])('P-15: %s', (_what, edit, count) => {
    expect(found('P-15', edit)).toEqual(Array.from({ length: count }, () => 'warn approval managers/m2'))
  })

  it('P-15 names the department when it is known, and the axis by its label', () => {
    const departments = [{ id: 'kultura', name: { eu: 'Kultura', es: 'Cultura' } }]
    const [known] = checkPlan(change(gap), { ...CONTEXT, departments }).findings.filter(isP15)
    const [unknown] = checkPlan(change(gap), CONTEXT).findings.filter(isP15)
    expect(known!.message.holes).toEqual({
      department: 'Kultura',
      field: 'Writes closer than an official letter',
    })
    expect(unknown!.message).toMatchObject({ text: expect.stringMatching(/^In one of the departments/) })
  })
  const isP15 = ({ check }: { check: string }): boolean => check === 'P-15'

  const contractor =
    (more: object): Edit =>
    (plan) => {
      Object.assign(plan.team, {
        staffing: 'external_only',
        contract: '2027/14',
        dataAgreement: true,
        internalResponsible: { id: 'kultura-cm', name: 'x' },
        ...more,
      })
    }
  it.each<[string, Edit, string[]]>([
    ['our own people', (plan) => (plan.team.staffing = 'internal'), []],
    ['outside support', (plan) => (plan.team.staffing = 'external_support'), []],
    ['a contractor with all three', contractor({}), []],
    ['no contract', contractor({ contract: ' ' }), ['block approval team.contract']],
    ['no agreement', contractor({ dataAgreement: false }), ['block approval team.dataAgreement']],
    [
      'nobody of ours',
      contractor({ internalResponsible: null }),
      ['block approval team.internalResponsible'],
    ],
  ])('P-16: %s', (_what, edit, expected) => expect(found('P-16', edit)).toEqual(expected))

  const alone: Edit = (plan) => plan.profiles.profiles.forEach((p) => (p.departmentId = 'kultura'))
  it.each<[string, Edit, readonly string[], string[]]>([
    ['communications', () => {}, ['komunikazioa'], []],
    ['a unit that is not', () => {}, ['prentsa'], ['block approval team.coordinationUnit']],
    ['an organisation that has not said which it is', () => {}, [], []],
    ['no unit', (p) => (p.team.coordinationUnit = null), [], ['block approval team.coordinationUnit']],
    ['nobody', (p) => (p.team.coordinator = null), [], ['block approval team.coordinator']],
    ['nobody, and one department', (p) => (alone(p), (p.team.coordinator = null)), ['prentsa'], []],
  ])('P-17: coordinated by %s', (_what, edit, communications, expected) => {
    expect(found('P-17', edit, { facts: { communications, trained: [], profiles: [] } })).toEqual(expected)
  })
})

function keptAlike(plan: Writable<Plan>, privacy: number | null, listening: number | null): void {
  plan.privacy.protected.find(({ whose }) => whose === 'mentioned')!.retentionMonths = privacy
  plan.listening.retentionMonths = listening
}

describe('of indicators', () => {
  it('A-14 notes the one that says nothing of what it does not tell', () => {
    expect(found('A-14')).toEqual([])
    const silent: Edit = (p) => (p.planning.indicators[0]!.limits = { eu: ' ', es: '' })
    expect(found('A-14', silent)).toEqual(['info review indicators/i1/limits'])
    const half: Edit = (p) => (p.planning.indicators[0]!.limits = { eu: 'Ez du esaten', es: '' })
    expect(found('A-14', half)).toEqual([])
  })
  it('P-52 says which figures are late, where it is known, and leads to where they are entered', () => {
    expect(found('P-52')).toEqual([])
    const facts = { communications: [], trained: [], profiles: [] }
    expect(found('P-52', () => {}, { facts: { ...facts, overdue: [] } })).toEqual([])
    const late = { from: '2026-10-01', to: '2026-10-31', due: '2026-11-06', owners: [], ownerless: true }
    expect(found('P-52', () => {}, { facts: { ...facts, overdue: [late] } })).toEqual([
      'warn live planning.indicators',
    ])
  })
})

describe('of privacy and the leaflet', () => {
  it.each<[string, Edit, readonly string[]]>([
    ['both say the same', () => {}, []],
    ['privacy says less', (p) => keptAlike(p, 6, 12), ['warn review listening.retentionMonths']],
    ['privacy says more', (p) => keptAlike(p, 24, 12), ['warn review listening.retentionMonths']],
    ['privacy says nothing', (p) => keptAlike(p, null, 12), []],
    ['listening says nothing', (p) => keptAlike(p, 6, null), []],
    [
      'nobody listens',
      (p) => (keptAlike(p, 6, 12), (p.listening.notApplicable = { eu: 'Ez dugu sarerik', es: 'No' })),
      [],
    ],
    ['another row says something else', (p) => (p.privacy.protected[0]!.retentionMonths = 3), []],
  ])('A-8 compares how long what is heard is kept: %s', (_what, edit, expected) => {
    expect(found('A-8', edit)).toEqual(expected)
  })
  it('A-8 leads to where the promise stands', () => {
    const [finding] = checkPlan(
      change((p) => keptAlike(p, 6, 12)),
      CONTEXT,
    ).findings.filter(({ check }) => check === 'A-8')
    expect([leadsTo(finding!), finding!.message.holes]).toEqual([
      'protected/mentioned/retentionMonths',
      { privacy: '6', listening: '12' },
    ])
  })

  it('P-19 looks for the official channel among the quick replies', () => {
    expect(found('P-19')).toEqual([])
    const without: Edit = (plan) =>
      (plan.privacy.replies = plan.privacy.replies.filter(({ purpose }) => purpose !== 'official_channel'))
    expect(found('P-19', without)).toEqual(['warn approval privacy.replies'])
  })

  it.each([
    [{ eu: 'Adierazpen-askatasuna dugu', es: 'Hay libertad de expresión' }, []],
    [{ eu: 'ASKATASUNEZ ADIERAZTEN dute', es: 'Pueden  expresar\nlibremente lo que piensan' }, []],
    [{ eu: 'Adierazpen-askatasuna dugu', es: 'Se puede opinar' }, ['es']],
    [{ eu: '', es: '' }, ['eu', 'es']],
    [{}, ['eu', 'es']],
  ])('P-21 hears the freedom of expression: %j', (freedom, missing) => {
    expect(found('P-21', (plan) => (plan.staffGuidance.freedom = freedom as never))).toEqual(
      missing.map((language) => `block approval staffGuidance.freedom:${language}`),
    )
  })
  it('P-21 asks nothing of a plan without leaflet', () => {
    const without: Edit = (plan) =>
      Object.assign(plan.staffGuidance, { freedom: {}, notApplicable: { eu: 'Ez dago langilerik', es: '' } })
    expect(found('P-21', without)).toEqual([])
  })

  it.each(['paidTargeting', 'contactLists', 'addressesChildren'] as const)(
    '%s asks for the legal opinion',
    (flag) => {
      expect(opinionsAskedBy(change(() => {}))).toEqual([])
      expect(opinionsAskedBy(change((plan) => (plan.privacy[flag] = true)))).toEqual(['legal'])
    },
  )
})

describe('P-51, every purpose can be measured', () => {
  const indicator =
    (edit: object): Edit =>
    (plan) =>
      Object.assign(
        plan.planning.indicators.find(({ id }) => id === 'i6')!,
        edit,
      )
  it.each<[string, Edit, boolean]>([
    ['with period and target', () => {}, true],
    ['with a target of zero', indicator({ target: 0 }), true],
    ['without target', indicator({ target: null }), false],
    ['without period', indicator({ period: null }), false],
    ['between two values', indicator({ direction: 'range', min: 1, max: 3 }), true],
    ['above one value', indicator({ direction: 'range', min: 1 }), true],
    ['below one value', indicator({ direction: 'range', max: 3 }), true],
    ['between nothing', indicator({ direction: 'range' }), false],
    ['linked to nothing', (plan) => (plan.planning.purposes[2]!.indicatorIds = []), false],
    ['linked to what is gone', (plan) => (plan.planning.purposes[2]!.indicatorIds = ['gone']), false],
    [
      'with one complete of two',
      (plan) => {
        indicator({ target: null })(plan)
        plan.planning.purposes[2]!.indicatorIds = ['i6', 'i1']
      },
      true,
    ],
  ])('%s', (_what, edit, fine) =>
    expect(found('P-51', edit)).toEqual(fine ? [] : ['block approval purposes/p3/indicatorIds']),
  )
})

describe('a field that is asked for only when it matters', () => {
  const missing = (edit: Edit): string[] => checkPlan(change(edit), CONTEXT).missing.map(({ path }) => path)
  it('is not missed while it does not, and is when it does', () => {
    expect(missing((plan) => (plan.team.staffing = 'internal'))).toEqual([])
    expect(missing((plan) => (plan.team.staffing = 'external_support'))).toEqual(['team.externalReason:eu'])
  })
  it('of a record follows the record', () => {
    expect(missing(profile((p) => (p.closing = true)))).toEqual(
      ['closesOn', 'closingReason:eu', 'closingNotice:eu', 'closingHandle'].map(
        (key) => `profiles/mastodon/${key}`,
      ),
    )
  })
})

describe('a value that is left out', () => {
  const missing = (edit: Edit): string[] => checkPlan(change(edit), CONTEXT).missing.map(({ path }) => path)
  it('has a reason, and one that is kept needs none', () => {
    const edit =
      (leftOut: boolean, eu: string): Edit =>
      (plan) =>
        Object.assign(
          plan.principles.values.find(({ id }) => id === 'quality')!,
          {
            leftOut,
            reason: { eu, es: eu },
          },
        )
    expect(missing(edit(false, ''))).toEqual([])
    expect(missing(edit(true, ''))).toEqual(['values/quality/reason:eu'])
    expect(missing(edit(true, 'Beste batean dago.'))).toEqual([])
  })
})

describe('a part that does not apply', () => {
  const without =
    (reason: object): Edit =>
    (plan) =>
      Object.assign(plan.crisis, { scenarios: [], notApplicable: reason })
  it('is asked for nothing, with a reason in one language', () => {
    const report = checkPlan(change(without({ eu: '', es: 'Lo lleva la diputación' })), CONTEXT)
    expect(report.completeness['crisis']).toBe('not_applicable')
    expect(report.missing).toEqual([])
  })
  it('is asked for all of it without a reason', () => {
    const report = checkPlan(change(without({ eu: ' ', es: '' })), CONTEXT)
    expect(report.completeness['crisis']).toBe('empty')
    expect(report.missing.map(({ path }) => path)).toEqual(['crisis.scenarios'])
  })
})
