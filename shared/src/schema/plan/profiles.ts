/** Networks and profiles (DOMAIN A.4). */
import type { Section } from '../fields.ts'

export const profiles = {
  id: 'profiles',
  group: 'how',
  label: 'Profiles',
  purpose:
    'The official voices of the institution: each has its purpose, its audience and somebody who looks after it.',
  fields: {
    profiles: {
      kind: 'list',
      root: 'profiles',
      required: true,
      label: 'Profiles',
      add: 'New profile',
      item: {
        displayName: {
          kind: 'text',
          translated: false,
          maxCharacters: 100,
          required: true,
          label: 'Name shown',
          example: 'Haranberriko Udala',
        },
        network: { kind: 'choice', options: 'networks', required: true, label: 'Network' },
        handle: {
          kind: 'text',
          translated: false,
          maxCharacters: 60,
          required: true,
          label: 'Account name',
          example: '@haranberriudala',
        },
        url: { kind: 'link', label: 'Address' },
        purposeIds: { kind: 'references', to: 'purposes', required: true, label: 'What for' },
        audienceIds: { kind: 'references', to: 'audiences', required: true, label: 'For whom' },
        why: {
          kind: 'text',
          translated: true,
          maxCharacters: 500,
          required: true,
          label: 'Why this network',
          example: 'Our young people are here, and ask here',
        },
        hoursPerWeek: {
          kind: 'number',
          min: 0,
          max: 168,
          unit: 'h',
          required: true,
          label: 'Hours a week to look after it',
        },
        departmentId: { kind: 'choice', options: 'departments', label: 'Department' },
        owner: { kind: 'person', required: true, label: 'Who looks after it' },
        deputy: { kind: 'person', label: 'Deputy' },
        languages: {
          kind: 'choices',
          options: 'languages',
          required: true,
          label: 'Languages of the profile',
        },
        languageMode: {
          kind: 'choice',
          label: 'How the languages share it',
          options: [
            { id: 'bilingual_single', label: 'Every post in all languages' },
            { id: 'one_per_language', label: 'One profile per language' },
            { id: 'single', label: 'One language only' },
          ],
        },
        bio: { kind: 'text', translated: true, maxCharacters: 500, label: 'Presentation text' },
        corporateMailbox: { kind: 'flag', label: 'Registered with the mailbox of a unit, not of a person' },
        twoFactor: { kind: 'flag', label: 'Signing in needs a second factor' },
        credentialsPlace: {
          kind: 'text',
          translated: false,
          maxCharacters: 200,
          label: 'Where the password is kept',
          help: 'The place, never the password.',
        },
        privacyNotice: { kind: 'link', label: 'Privacy notice' },
        participationNorms: { kind: 'link', label: 'Participation norms' },
      },
    },
    notOpened: {
      kind: 'list',
      root: 'notOpened',
      label: 'Networks we do not open',
      help: 'These decisions are part of the plan too.',
      add: 'Add a network we do not open',
      item: {
        network: { kind: 'choice', options: 'networks', required: true, label: 'Network' },
        reason: { kind: 'text', translated: true, maxCharacters: 300, required: true, label: 'Why not' },
        reviewOn: { kind: 'date', label: 'We look at it again on' },
      },
    },
  },
} as const satisfies Section
