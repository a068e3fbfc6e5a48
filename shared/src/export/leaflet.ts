/**
 * The two leaflets of a plan, in one language: participation norms for citizens, recommendations for staff. Only what is
 * named here gets into one; nothing of the rest of the plan can slip in.
 */
import { paragraphsOf } from '../compare/paragraphs.ts'
import type { RichText, Translated } from '../schema/fields.ts'
import type { Plan } from '../schema/plan.ts'
import { participation } from '../schema/plan/participation.ts'
import { GUIDANCE_BLOCKS, staffGuidance } from '../schema/plan/staff-guidance.ts'
import { spokenOf, type Say } from './say.ts'
import { standingLine, type Standing } from './standing.ts'
import { inLanguage, languageIn } from './told.ts'

export const LEAFLETS = ['norms', 'guidance'] as const
export type LeafletKind = (typeof LEAFLETS)[number]

export type LeafletPart =
  | { readonly kind: 'numbered'; readonly heading: string; readonly items: readonly string[] }
  | { readonly kind: 'prose'; readonly heading: string; readonly note: string; readonly text: RichText }
  | { readonly kind: 'words'; readonly heading: string; readonly lines: readonly string[] }
  | { readonly kind: 'strong'; readonly heading: string; readonly words: string }
  | {
      readonly kind: 'steps'
      readonly heading: string
      readonly steps: readonly { readonly name: string; readonly when: string; readonly who: string }[]
    }

export interface Leaflet {
  readonly language: string
  /** Of its headings: the program does not speak every language a plan is written in. */
  readonly spoken: string
  readonly organisation: string
  readonly title: string
  /** What must not be overlooked while nothing is approved; '' otherwise. */
  readonly mark: string
  readonly parts: readonly LeafletPart[]
  readonly foot: string
}

export interface LeafletFacts {
  readonly plan: Plan
  readonly organisation: { readonly [language: string]: string }
  readonly standing: Standing
  readonly language: string
  readonly say: Say
  readonly day: (instant: string) => string
}

export function leaflet(kind: LeafletKind, facts: LeafletFacts): Leaflet {
  const { plan, organisation, standing, language, say, day } = facts
  const approved = standing.kind === 'approved'
  return {
    language,
    spoken: spokenOf([language]),
    organisation: inLanguage(organisation, language),
    title: kind === 'norms' ? say('How we talk with each other here') : say('Networks and you'),
    mark: approved ? '' : say('Draft, not approved'),
    parts: (kind === 'norms' ? norms(facts) : guidance(facts)).filter(isFilled),
    foot: [own(plan.identity.title, language), standingLine(standing, say, day)].filter(Boolean).join(' · '),
  }
}

/** A leaflet in one language says nothing in another: what is missing there is missing. */
const own = <T>(text: Translated<T> | undefined, language: string): T | undefined =>
  text && Object.hasOwn(text, language) ? text[language] : undefined

function norms({ plan, language, say }: LeafletFacts): LeafletPart[] {
  const { fields } = participation
  const said = plan.participation
  const words = (text: Translated<string>): string => own(text, language) ?? ''
  return [
    {
      kind: 'numbered',
      heading: say('What we ask of you'),
      items: [said.pertinent, said.respectful, said.noPersonalData].map(words),
    },
    {
      kind: 'prose',
      heading: say(fields.commitment.label),
      note: '',
      text: own(said.commitment, language) ?? [],
    },
    {
      kind: 'words',
      heading: say('When we answer'),
      lines: [
        said.answerDays === null
          ? ''
          : said.answerDays === 0
            ? say('On the same working day')
            : say('Within {n} working days', { n: String(said.answerDays) }),
        words(said.hours),
        said.languages.map((tag) => languageIn(tag, language, say)).join(', '),
      ].filter((line) => line.trim() !== ''),
    },
    {
      kind: 'steps',
      heading: say('What happens to what does not keep them'),
      steps: said.ladder.map(({ step, when, who }) => ({
        name: say(fields.ladder.item.step.options.find(({ id }) => id === step)?.label ?? '–'),
        when: words(when),
        who: words(who),
      })),
    },
    { kind: 'words', heading: say('If you do not agree'), lines: [words(said.appeal)] },
  ]
}

function guidance({ plan, language, say }: LeafletFacts): LeafletPart[] {
  const said = plan.staffGuidance
  return GUIDANCE_BLOCKS.map((key): LeafletPart => {
    const heading = say(staffGuidance.fields[key].label)
    if (key === 'freedom') return { kind: 'strong', heading, words: own(said.freedom, language) ?? '' }
    const note = key === 'reputation' ? say('Recommendation') : ''
    return { kind: 'prose', heading, note, text: own(said[key], language) ?? [] }
  })
}

function isFilled(part: LeafletPart): boolean {
  switch (part.kind) {
    case 'numbered':
      return part.items.some((item) => item.trim() !== '')
    case 'prose':
      return paragraphsOf(part.text)?.some(({ text }) => text.trim() !== '') === true
    case 'words':
      return part.lines.some((line) => line.trim() !== '')
    case 'strong':
      return part.words.trim() !== ''
    case 'steps':
      return part.steps.length > 0
  }
}
