/** Principles, profiles and their identity in the sample plan. */
import type { Person } from '@auzolan/shared/schema/fields.ts'
import type { Template } from '../../compaction/tasks.ts'
import { COAT_OF_ARMS } from './coat-of-arms.ts'
import { both, COMMUNICATIONS, CULTURE, PROPOSED, prose, YOUTH } from './writing.ts'

export const PROFILES: Template = {
  principles: {
    values: PROPOSED['principles']!['values'],
    stanceGround: true,
    stanceRespect: true,
    stanceListen: true,
    noPersonalOpinions: true,
    editorialLine: prose(
      'Udalaren webguneko ildo bera: lehenik datua eta epea, gero azalpena.',
      'La misma del sitio web municipal: primero el dato y el plazo, después la explicación.',
    ),
    editorialSource: 'https://www.haranberri.example/ildo-editoriala',
    editorialReviewedOn: '2026-10-01',
    tone: [
      {
        id: 't1',
        language: 'eu',
        write: 'Bihar hasten da izen-ematea. Galderarik? Hemen gaude.',
        avoid: 'Jakinarazten da izena emateko epea zabalduko dela.',
      },
      {
        id: 't2',
        language: 'es',
        write: 'Mañana se abre la inscripción. ¿Dudas? Aquí estamos.',
        avoid: 'Se comunica que procederá la apertura del plazo de inscripción.',
      },
    ],
  },
  profiles: {
    profiles: [
      profile(
        'mastodon',
        ['p1', 'p3'],
        ['a1', 'a3'],
        3,
        COMMUNICATIONS,
        'komunikazioa',
        'Software librea da eta zerbitzaria Euskal Herrian dago',
        'Es software libre y el servidor está en Euskal Herria',
      ),
      profile(
        'instagram',
        ['p1', 'p2'],
        ['a1', 'a2'],
        5,
        COMMUNICATIONS,
        'komunikazioa',
        'Gazteek hemen galdetzen digute',
        'La juventud nos pregunta aquí',
      ),
      {
        ...profile(
          'instagram',
          ['p2', 'p3'],
          ['a2'],
          4,
          YOUTH,
          'gazteria',
          'Gazteriaren egitarauak bere ahotsa behar du',
          'El programa de juventud necesita voz propia',
        ),
        id: 'instagram-gazteria',
        displayName: 'Haranberri Gazteria',
        handle: '@haranberriudala_gazteria',
        url: 'https://instagram.example/haranberriudala_gazteria',
      },
      profile(
        'telegram',
        ['p1'],
        ['a1', 'a4'],
        2,
        COMMUNICATIONS,
        'komunikazioa',
        'Abisu laburrak zuzenean iristen dira',
        'Los avisos breves llegan directamente',
      ),
      // Nobody has said how many hours: the second thing the demo asks for.
      profile(
        'youtube',
        ['p1'],
        ['a1', 'a2'],
        null,
        CULTURE,
        'kultura',
        'Osoko bilkurak eta azalpen-bideoak',
        'Plenos y vídeos explicativos',
      ),
    ],
    notOpened: [
      {
        id: 'n1',
        network: 'tiktok',
        reason: both('Ez dugu artatzeko ordurik.', 'No tenemos horas para atenderla.'),
        reviewOn: '2027-06-01',
      },
      {
        id: 'n2',
        network: 'x',
        reason: both('Ez dugu artatzeko ordurik.', 'No tenemos horas para atenderla.'),
      },
    ],
  },
  identityKit: {
    avatar: COAT_OF_ARMS,
    namingPattern: '{org}[_{dept}]',
    shortName: 'haranberriudala',
    departmentNames: [
      { id: 'gazteria', name: 'gazteria', departmentId: 'gazteria' },
      { id: 'kultura', name: 'kultura', departmentId: 'kultura' },
    ],
    affiliation: 'haranberri, udala, ayuntamiento',
    writing: prose(
      'Euskaraz idazten dugu lehenik, eta gero gaztelaniaz. Hizkuntza-zerbitzuak berrikusten ditu testuak argitaratu aurretik; leku gutxi egotea ez da aitzakia.',
      'Escribimos primero en euskera y después en castellano. El servicio de lengua revisa los textos antes de publicarlos; que haya poco sitio no es excusa.',
    ),
  },
}

function profile(
  network: string,
  purposeIds: string[],
  audienceIds: string[],
  hoursPerWeek: number | null,
  owner: Person,
  departmentId: string,
  whyEu: string,
  whyEs: string,
): { [field: string]: unknown } {
  return {
    id: network,
    displayName: 'Haranberriko Udala',
    network,
    handle: '@haranberriudala',
    purposeIds,
    audienceIds,
    why: both(whyEu, whyEs),
    ...(hoursPerWeek === null ? {} : { hoursPerWeek }),
    departmentId,
    owner,
    languages: ['eu', 'es'],
    languageMode: 'bilingual_single',
    bio: both('Haranberriko Udalaren profil ofiziala.', 'Perfil oficial del Ayuntamiento de Haranberri.'),
    url: `https://${network}.example/haranberriudala`,
    avatar: COAT_OF_ARMS,
    website: 'https://www.haranberri.example',
    corporateMailbox: true,
    twoFactor: true,
    credentialsPlace: 'Pasahitz-kutxa, «Sare sozialak»',
    privacyNotice: 'https://www.haranberri.example/pribatutasuna',
    participationNorms: 'https://www.haranberri.example/parte-hartzeko-arauak',
  }
}
