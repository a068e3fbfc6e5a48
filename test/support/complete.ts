/** A plan that lacks nothing: every field that is asked for has something in it, whatever the template leaves open. */
import * as Y from 'yjs'
import { readPlan } from '@auzolan/shared/checks/run.ts'
import { applies, isFilled, type Field, type Fields } from '@auzolan/shared/schema/fields.ts'
import { paragraphs, writeDocument } from '@auzolan/shared/schema/json.ts'
import { PLAN, type Plan } from '@auzolan/shared/schema/plan.ts'
import { wholePlan } from './reviewed.ts'

export const LANGUAGES = ['eu', 'es'] as const
export type Values = { [key: string]: unknown }
export type Template = { [section: string]: Values }

const WORDS = 'Esateko askatasuna du denak, eta hau da adierazpen-askatasuna. Libertad de expresión.'

/** Fingerprint of the one picture of all profiles. */
export const OURS = 'a'.repeat(64)
/** The course in privacy, and the one who looks after the profiles. */
export const COURSE = 'pribatutasuna'
export const OWNER = { id: 'jon', name: 'Jon' } as const

/** A plan that can be approved, and whose profiles lack nothing but the training of whoever looks after them. */
export function completePlan(change: (template: Template) => void = () => {}): Template {
  const template = structuredClone(wholePlan()) as unknown as Template
  template['identityKit'] = {
    ...template['identityKit'],
    avatar: { name: 'ikurra.png', sha256: OURS, preview: '' },
    namingPattern: '{org}[_{dept}]',
    shortName: 'haranberriudala',
    departmentNames: [{ id: 'dn1', name: 'gazteria' }],
    affiliation: 'udala, haranberri',
  }
  const course = { id: COURSE, topic: 'privacy' }
  template['training'] = { ...template['training'], training: [course] }
  template['team'] = {
    ...template['team'],
    managers: [{ id: 'm1', person: OWNER, profileIds: ['mastodon'] }],
    coordinationUnit: 'komunikazioa',
    coordinator: OWNER,
  }
  for (const profile of template['profiles']!['profiles'] as Values[])
    Object.assign(profile, {
      owner: OWNER,
      avatar: { name: 'ikurra.png', sha256: OURS, preview: '' },
      website: 'https://www.haranberri.example',
      privacyNotice: 'https://www.haranberri.example/pribatutasuna',
      participationNorms: 'https://www.haranberri.example/arauak',
    })
  for (const section of PLAN.sections) fill(section.fields, (template[section.id] ??= {}))
  change(template)
  return template
}

function fill(fields: Fields, values: Values): void {
  for (const [key, field] of Object.entries(fields)) {
    if (field.kind === 'list') {
      const items = (values[key] ??= []) as Values[]
      if (field.required && items.length === 0) items.push({ id: `${key}-1` })
      for (const item of items) fill(field.item, item)
      continue
    }
    if (!field.required || !applies(field, values)) continue
    if (LANGUAGES.every((language) => isFilled(field, values[key], language))) continue
    values[key] = somethingIn(field)
  }
}

function somethingIn(field: Exclude<Field, { kind: 'list' }>): unknown {
  const each = (value: unknown): unknown => Object.fromEntries(LANGUAGES.map((one) => [one, value]))
  switch (field.kind) {
    case 'text':
      return field.translated ? each(WORDS) : 'Testua'
    case 'prose':
      return field.translated ? each(paragraphs(WORDS)) : paragraphs(WORDS)
    case 'link':
      return 'https://www.haranberri.example'
    case 'choice':
      return typeof field.options === 'string' ? 'komunikazioa' : field.options[0]!.id
    case 'choices':
      return typeof field.options === 'string' ? [...LANGUAGES] : [field.options[0]!.id]
    case 'references':
      return []
    case 'flag':
      return true
    case 'time':
      return '09:00'
    case 'date':
      return '2027-01-31'
    case 'number':
      return field.min
    case 'person':
      return { id: 'ane', name: 'Ane' }
    case 'picture':
      return { name: 'irudia.png', sha256: OURS, preview: '' }
    case 'acceptance':
      return { by: 'ane', on: '2026-10-12' }
  }
}

export function planOf(template: Template): Plan {
  const doc = new Y.Doc()
  writeDocument(PLAN, doc, LANGUAGES, template)
  return readPlan(doc)
}
