/** From where, over which line, and without any (DOMAIN B.9) [SEED L100–104, L255]. */
import type { Section } from '../fields.ts'
import { SHARED_USE } from './levels.ts'

export const access = {
  id: 'access',
  group: 'use',
  label: 'Access and slow connections',
  purpose: 'Whether it works where people are: on a phone, over a bad line, and when there is none.',
  seed: {
    text: 'A slow connection, or none, leaves without their work whoever keeps it in the cloud.',
    section: 9,
  },
  fields: {
    devices: {
      kind: 'choices',
      required: true,
      label: 'It works on',
      options: [
        { id: 'windows', label: 'Windows' },
        { id: 'macos', label: 'macOS' },
        { id: 'linux', label: 'Linux' },
        { id: 'android', label: 'Android' },
        { id: 'ios', label: 'iPhone and iPad' },
      ],
    },
    browserOnly: { kind: 'flag', label: 'A browser is enough.' },
    offline: {
      kind: 'choice',
      required: true,
      label: 'Without network',
      options: [
        { id: 'full_edit', label: 'One can go on writing' },
        { id: 'read_only', label: 'One can read' },
        { id: 'none', label: 'Nothing works' },
      ],
    },
    conflicts: {
      kind: 'choice',
      label: 'When two have changed the same',
      options: [
        { id: 'merge', label: 'It brings both together' },
        { id: 'last_write_wins', label: 'The last one wins, the other is lost' },
        { id: 'copy', label: 'It makes a copy' },
        { id: 'none', label: 'Does not happen' },
      ],
    },
    minimumBandwidth: {
      kind: 'number',
      min: 0,
      max: 1_000_000,
      unit: 'kbit/s',
      label: 'It needs at least',
    },
    linkTests: {
      kind: 'list',
      root: 'linkTests',
      columns: ['task', 'link', 'secondsNormal', 'secondsSlow', 'works'],
      label: 'The ten-minute test',
      help: 'Three everyday tasks: over the usual line, over a slow one, and with the cable out for two minutes.',
      add: 'Add a task',
      item: {
        task: {
          kind: 'text',
          translated: true,
          maxCharacters: 200,
          required: true,
          label: 'Task',
          example: 'Open a document and write a paragraph',
        },
        link: {
          kind: 'choice',
          required: true,
          label: 'Slow line used',
          options: [
            { id: 'slow_3g', label: '400 kbit/s, 400 ms' },
            { id: '3g', label: '1.6 Mbit/s, 150 ms' },
            { id: 'adsl', label: '2 Mbit/s, 50 ms' },
            { id: 'other', label: 'Another line' },
          ],
        },
        secondsNormal: { kind: 'number', min: 0, max: 3_600, unit: 's', label: 'Over the usual line' },
        secondsSlow: { kind: 'number', min: 0, max: 3_600, unit: 's', label: 'Over the slow line' },
        works: {
          kind: 'choice',
          required: true,
          label: 'How it went over the slow line',
          options: [
            { id: 'works', label: 'Works' },
            { id: 'barely', label: 'Barely works' },
            { id: 'fails', label: 'Does not work' },
          ],
        },
        unplugged: {
          kind: 'choice',
          required: true,
          label: 'With the cable out',
          options: [
            { id: 'nothing_lost', label: 'Nothing was lost' },
            { id: 'some_lost', label: 'Something was lost' },
            { id: 'all_lost', label: 'Everything was lost' },
            { id: 'impossible', label: 'It could not be used' },
          ],
        },
        note: { kind: 'text', translated: true, maxCharacters: 500, label: 'What was seen' },
      },
    },
    testedOn: { kind: 'date', when: SHARED_USE, label: 'Tested on' },
    testedBy: { kind: 'person', when: SHARED_USE, label: 'Tested by' },
    outage: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      required: true,
      when: SHARED_USE,
      label: 'What we do when it does not work',
    },
  },
} as const satisfies Section
