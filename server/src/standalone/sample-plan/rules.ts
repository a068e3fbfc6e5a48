/** Privacy, staff guidance, rights, participation norms, listening and the crisis annex in the sample plan. */
import type { Template } from '../../compaction/tasks.ts'
import { both, COMMUNICATIONS, PROPOSED, prose } from './writing.ts'

export const RULES: Template = {
  privacy: { ...PROPOSED['privacy'] },
  staffGuidance: {
    ...PROPOSED['staffGuidance'],
    consulted: ['hr', 'legal'],
    consultedOn: '2026-10-20',
  },
  rights: {
    ...PROPOSED['rights'],
    consentPlace: 'Idazkaritza, «Irudi-baimenak»',
    licence: 'CC-BY-4.0',
    licenceShown: ['bio', 'website'],
    attribution: both('Haranberriko Udala, CC BY 4.0', 'Ayuntamiento de Haranberri, CC BY 4.0'),
    generated: prose(
      'Ez dugu adimen artifizialarekin pertsonen irudirik sortzen. Zirriborro bat idazteko erabiltzen badugu, pertsona batek berrikusten du eta hala esaten dugu.',
      'No generamos imágenes de personas con inteligencia artificial. Si la usamos para un borrador, una persona lo revisa y lo decimos.',
    ),
  },
  participation: {
    ...PROPOSED['participation'],
    answerDays: 2,
    hours: both('Astelehenetik ostiralera, 8:00–15:00', 'De lunes a viernes, de 8:00 a 15:00'),
    languages: ['eu', 'es'],
    spaces: [
      {
        id: 's1',
        name: 'Udal profilak',
        profileIds: ['instagram', 'instagram-gazteria', 'mastodon', 'telegram', 'youtube'],
      },
      { id: 's2', name: 'Liburutegiaren bloga', address: 'https://liburutegia.haranberri.example' },
    ],
    appeal: both(
      'Herritarren Arreta Zerbitzuan, edo udalaren egoitza elektronikoan',
      'En el Servicio de Atención a la Ciudadanía o en la sede electrónica municipal',
    ),
  },
  listening: {
    ...PROPOSED['listening'],
    responsible: COMMUNICATIONS,
    queries: [
      {
        id: 'izena',
        terms: 'Haranberriko Udala, Ayuntamiento de Haranberri, #Haranberri',
        languages: ['eu', 'es'],
        networks: ['mastodon', 'instagram', 'telegram'],
        excludes: 'Haranberri FT (futbola)',
      },
      { id: 'gaiak', terms: 'edukiontzi marroia, contenedor marrón', languages: ['eu', 'es'] },
    ],
  },
  crisis: { ...PROPOSED['crisis'] },
}
