/** Training (DOMAIN A.7) [SEED L167, L281]. Who has finished a course is a row beside the plan, and not in its text. */
import type { Section } from '../fields.ts'
import { notApplicable } from './not-applicable.ts'

export const training = {
  id: 'training',
  group: 'how',
  label: 'Training',
  purpose: 'What those who speak for us learn, and until when.',
  seed: {
    text: 'Rules alone are not enough: those who look after official profiles are trained, first of all in privacy.',
    section: 4,
  },
  fields: {
    training: {
      kind: 'list',
      root: 'training',
      columns: ['name', 'topic', 'audience', 'hours', 'provider', 'dueOn'],
      required: true,
      label: 'Training',
      add: 'Add a course',
      item: {
        name: {
          kind: 'text',
          translated: true,
          maxCharacters: 200,
          required: true,
          label: 'Course',
          example: 'Privacy for those who look after official profiles',
        },
        topic: {
          kind: 'choice',
          required: true,
          label: 'Topic',
          options: [
            { id: 'privacy', label: 'Privacy' },
            { id: 'rights', label: 'Image rights and authorship' },
            { id: 'moderation', label: 'Moderation' },
            { id: 'writing', label: 'Writing for networks' },
            { id: 'accessibility', label: 'Accessibility' },
            { id: 'language', label: 'Languages' },
            { id: 'tool', label: 'A tool' },
            { id: 'security', label: 'Security' },
            { id: 'crisis', label: 'Crisis' },
          ],
        },
        audience: {
          kind: 'choices',
          label: 'Who takes it',
          options: [
            { id: 'managers', label: 'Community managers' },
            { id: 'coordinator', label: 'Coordination' },
            { id: 'director', label: 'Direction' },
            { id: 'staff', label: 'All staff' },
          ],
        },
        hours: { kind: 'number', min: 0, max: 500, unit: 'h', required: true, label: 'Hours' },
        provider: { kind: 'text', translated: false, maxCharacters: 200, label: 'Who gives it' },
        material: { kind: 'link', label: 'Material' },
        dueOn: { kind: 'date', required: true, label: 'To be done by' },
      },
    },
    notApplicable,
  },
} as const satisfies Section
