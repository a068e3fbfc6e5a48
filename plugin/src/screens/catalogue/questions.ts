/** What is asked before a tool may be used, in the words of those who ask: each choice with an example. */
import type { DataClass } from '@auzolan/shared/schema/evaluation/privacy.ts'
import type { Purpose } from '@auzolan/shared/catalogue/may-i-use.ts'
import type { UseLevel } from '@auzolan/shared/schema/evaluation/levels.ts'
import { t } from '../../l10n.ts'

export interface Choice<Id extends string = string> {
  readonly id: Id
  readonly label: string
  readonly example: string
}

/** In the order in which they are asked; each is a key of the address. */
export const STEPS = ['tool', 'for', 'data', 'level'] as const
export type Step = (typeof STEPS)[number]
/** What somebody has said to one of the questions. */
export interface Said {
  readonly step: Step
  readonly label: string
}

/** What people do with tools; for what is none of it a tool is answered for by its data and its reach alone. */
export const purposeChoices = (): readonly (Choice & { readonly purpose: Purpose | null })[] => [
  {
    id: 'manage',
    purpose: 'manage',
    label: t('Organise or collect something'),
    example: t('Tasks, a form, appointments, a list'),
  },
  {
    id: 'share',
    purpose: 'share',
    label: t('Work on something with others, or talk to them'),
    example: t('A document, files, a video call, messages'),
  },
  {
    id: 'present',
    purpose: 'present',
    label: t('Show or publish something'),
    example: t('A poster, a presentation, a picture'),
  },
  {
    id: 'other',
    purpose: null,
    label: t('Something else, or I do not know'),
    example: t('The answer says what it was evaluated for'),
  },
]

/** Whoever does not know what data they have is answered as if they had the usual ones of citizens: never less than they need. */
export const dataChoices = (): readonly (Choice & { readonly data: DataClass })[] => [
  {
    id: 'public',
    data: 'public',
    label: t('What everybody may know'),
    example: t('A poster, opening hours, a text that is on our website'),
  },
  {
    id: 'internal',
    data: 'internal',
    label: t('What is only for us, and about nobody'),
    example: t('A draft, minutes without names, a budget that is being prepared'),
  },
  {
    id: 'personal_staff',
    data: 'personal_staff',
    label: t('Data of people who work here'),
    example: t('Names, shifts, telephone numbers of colleagues'),
  },
  {
    id: 'personal_citizen',
    data: 'personal_citizen',
    label: t('Data of citizens'),
    example: t('Names, addresses, a list of who has signed up, a photo of people'),
  },
  {
    id: 'vulnerable_or_minors',
    data: 'vulnerable_or_minors',
    label: t('Data of children, or of people at risk'),
    example: t('A summer camp, victims of violence, social services'),
  },
  {
    id: 'special_art9',
    data: 'special_art9',
    label: t('What the law guards most'),
    example: t('Health, origin, beliefs, trade union, sex life, fingerprints'),
  },
  {
    id: 'criminal_art10',
    data: 'criminal_art10',
    label: t('Offences and sentences'),
    example: t('Files of the police, criminal records'),
  },
  {
    id: 'secret_or_classified',
    data: 'secret_or_classified',
    label: t('Secret or classified'),
    example: t('What has a stamp that says so'),
  },
  {
    id: 'unsure',
    data: 'personal_citizen',
    label: t('I do not know'),
    example: t('If a name of somebody from outside could be in it, or a photo: then as data of citizens'),
  },
]

export const levelChoices = (): readonly Choice<UseLevel>[] => [
  { id: 'individual', label: t('Only I, for my own work'), example: t('Notes, a drawing, a draft of mine') },
  {
    id: 'collective',
    label: t('A group of us'),
    example: t('My team, or several departments that work together in it'),
  },
  {
    id: 'institutional',
    label: t('Everybody here, or citizens'),
    example: t('A service that citizens use, or that all departments have to use'),
  },
]
