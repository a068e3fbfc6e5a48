/** Authorship, image rights, consent, licences (DOMAIN A.10) [SEED L169–177]: others' rights, and our own. */
import type { Section } from '../fields.ts'

export const rights = {
  id: 'rights',
  group: 'how',
  label: 'Rights and licences',
  purpose: 'We use nothing that is not ours to use, and let others use what was made with public money.',
  seed: {
    text: 'We respect the authorship and the image of others; and what public resources have made belongs to society, under a licence that says so.',
    section: 5,
  },
  fields: {
    others: {
      kind: 'prose',
      translated: true,
      required: true,
      label: 'Works of others',
      help: 'No images and no documents that are not ours, or that we have no licence for.',
    },
    people: {
      kind: 'prose',
      translated: true,
      required: true,
      label: 'People in pictures',
      help: 'Nobody is shown or tagged without having said yes, expressly.',
    },
    consentForm: {
      kind: 'text',
      translated: true,
      maxCharacters: 2_000,
      required: true,
      label: 'What the consent form says',
      help: 'A choice of its own, not ticked beforehand, and a sentence that saying no has no consequence.',
    },
    consentPlace: {
      kind: 'text',
      translated: false,
      maxCharacters: 200,
      label: 'Where the consents are kept',
      help: 'The place, never the papers themselves.',
    },
    licence: {
      kind: 'choice',
      options: 'licences',
      required: true,
      label: 'Licence of what we make',
    },
    licenceShown: {
      kind: 'choices',
      required: true,
      label: 'Where the licence is shown',
      options: [
        { id: 'bio', label: 'In the presentation of each profile' },
        { id: 'website', label: 'On the website' },
        { id: 'post', label: 'In each post' },
      ],
    },
    attribution: {
      kind: 'text',
      translated: true,
      maxCharacters: 300,
      required: true,
      label: 'How others name us as the author',
      example: 'Haranberri Town Council, CC BY 4.0',
    },
    generated: {
      kind: 'prose',
      translated: true,
      label: 'Pictures and texts made with artificial intelligence',
      help: 'What we use it for, and how we say so.',
    },
  },
} as const satisfies Section
