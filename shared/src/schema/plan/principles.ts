/** Principles, tone and editorial line (DOMAIN A.3) [SEED L120–126]. */
import type { Section } from '../fields.ts'

export const principles = {
  id: 'principles',
  group: 'how',
  label: 'Principles and tone',
  purpose: 'The values we speak from, what we do not do, and how we sound.',
  seed: {
    text: 'Networks are the citizens’ own ground: we share, listen and converse there; we do not try to change their opinions.',
    section: 1,
  },
  fields: {
    values: {
      kind: 'list',
      root: 'values',
      required: true,
      label: 'Values',
      help: 'The seven of the source document. Give each a local example; say why if you leave one out.',
      add: 'Add a value',
      item: {
        name: { kind: 'text', translated: true, maxCharacters: 120, required: true, label: 'Value' },
        example: { kind: 'text', translated: true, maxCharacters: 300, label: 'What it means here' },
        leftOut: { kind: 'flag', label: 'We leave it out' },
        reason: {
          kind: 'text',
          translated: true,
          maxCharacters: 300,
          required: true,
          when: { field: 'leftOut', is: [true] },
          label: 'Why we leave it out',
        },
      },
    },
    stanceGround: { kind: 'flag', required: true, label: 'Networks are the citizens’ own space.' },
    stanceRespect: { kind: 'flag', required: true, label: 'We respect opinions we do not share.' },
    stanceListen: {
      kind: 'flag',
      required: true,
      label: 'We share, listen and converse; we do not try to change or impose opinions.',
    },
    noPersonalOpinions: {
      kind: 'flag',
      required: true,
      label: 'No personal opinions are given from official profiles.',
    },
    editorialLine: {
      kind: 'prose',
      translated: true,
      required: true,
      label: 'Editorial line',
      help: 'It is the one of the official website.',
    },
    editorialSource: {
      kind: 'link',
      required: true,
      label: 'Where the official website sets it out',
      example: 'https://www.haranberri.example/editorial',
    },
    editorialReviewedOn: { kind: 'date', label: 'Last compared with the website' },
    tone: {
      kind: 'list',
      root: 'tone',
      columns: ['language', 'write', 'avoid'],
      label: 'How we sound',
      help: 'Pairs of what to write and what not to. More direct than an official letter, and still correct.',
      add: 'Add an example of tone',
      item: {
        language: { kind: 'choice', options: 'languages', required: true, label: 'Language' },
        write: { kind: 'text', translated: false, maxCharacters: 300, required: true, label: 'We write' },
        avoid: {
          kind: 'text',
          translated: false,
          maxCharacters: 300,
          required: true,
          label: 'We do not write',
        },
      },
    },
  },
} as const satisfies Section
