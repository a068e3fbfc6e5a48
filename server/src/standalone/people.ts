/** The invented people of the demo: roles of a town hall rather than names (DOMAIN §G). */
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { Role } from '@auzolan/shared/grants.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Belonging } from '../access/people.ts'

export interface SamplePerson {
  readonly id: string
  readonly name: string
  readonly role: Role | null
  readonly groups: readonly string[]
  /** Ids of Nextcloud Teams. */
  readonly teams: readonly string[]
  readonly admin: boolean
  readonly department: string
  readonly expertise: readonly string[]
  readonly colour: string
  readonly does: Translated<string>
}

export const PEOPLE: readonly SamplePerson[] = [
  {
    id: 'komunikazio-arduraduna',
    name: 'Komunikazio-arduraduna',
    role: 'coordinator',
    groups: ['Komunikazioa'],
    teams: ['ahots-argia'],
    admin: false,
    department: 'komunikazioa',
    expertise: ['Prentsa', 'Hizkuntza argia'],
    colour: '#ffe3b3',
    does: {
      en: 'Coordinates the plan',
      es: 'Coordina el plan',
      eu: 'Plana koordinatzen du',
      ca: 'Coordina el pla',
    },
  },
  {
    id: 'kultura-cm',
    name: 'Kulturako komunitate-kudeatzailea',
    role: 'editor',
    groups: ['Kultura'],
    teams: ['ahots-argia'],
    admin: false,
    department: 'kultura',
    expertise: ['Argazkilaritza'],
    colour: '#c9ead0',
    does: {
      en: 'Writes for Culture',
      es: 'Escribe por Cultura',
      eu: 'Kulturaren izenean idazten du',
      ca: 'Escriu per Cultura',
    },
  },
  {
    id: 'gazteria-teknikaria',
    name: 'Gazteriako teknikaria',
    role: 'editor',
    groups: ['Gazteria'],
    teams: ['ahots-argia'],
    admin: false,
    department: 'gazteria',
    expertise: ['Bideoa', 'Gazteen parte-hartzea'],
    colour: '#f5cfe8',
    does: {
      en: 'Writes for Youth',
      es: 'Escribe por Juventud',
      eu: 'Gazteriaren izenean idazten du',
      ca: 'Escriu per Joventut',
    },
  },
  {
    id: 'alkatetza',
    name: 'Alkatetza',
    role: 'director',
    groups: ['Alkatetza'],
    teams: [],
    admin: false,
    department: 'idazkaritza',
    expertise: [],
    colour: '#cfe0f7',
    does: {
      en: 'Mayor’s office: reads, and decides',
      es: 'Alcaldía: lee, y decide',
      eu: 'Irakurtzen du, eta erabakitzen du',
      ca: 'Alcaldia: llegeix, i decideix',
    },
  },
  {
    id: 'lege-zerbitzuak',
    name: 'Lege-zerbitzuak',
    role: 'legal',
    groups: ['Idazkaritza'],
    teams: [],
    admin: false,
    department: 'idazkaritza',
    expertise: [],
    colour: '#e4d7c5',
    does: {
      en: 'Gives the legal opinion',
      es: 'Da la opinión jurídica',
      eu: 'Lege-iritzia ematen du',
      ca: 'Dona l’opinió jurídica',
    },
  },
  {
    id: 'hizkuntza-zerbitzua',
    name: 'Hizkuntza-zerbitzua',
    role: 'language',
    groups: ['Idazkaritza'],
    teams: [],
    admin: false,
    department: 'idazkaritza',
    expertise: [],
    colour: '#cfe8e4',
    does: {
      en: 'Reviews the language',
      es: 'Revisa la lengua',
      eu: 'Hizkuntza berrikusten du',
      ca: 'Revisa la llengua',
    },
  },
  {
    id: 'ingurumen-teknikaria',
    name: 'Ingurumeneko teknikaria',
    role: null,
    groups: ['Ingurumena'],
    teams: [],
    admin: false,
    department: 'ingurumena',
    expertise: [],
    colour: '#dfe6c8',
    does: {
      en: 'Is in no team of the plan',
      es: 'No está en el equipo del plan',
      eu: 'Ez dago planaren lantaldean',
      ca: 'No és a l’equip del pla',
    },
  },
  {
    id: 'informatika-arduraduna',
    name: 'Informatika-arduraduna',
    role: null,
    groups: ['Informatika'],
    teams: [],
    admin: true,
    department: 'informatika',
    expertise: [],
    colour: '#dcd6f2',
    does: {
      en: 'Administers this Nextcloud; evaluates tools, and is not in the team of the plan',
      es: 'Administra este Nextcloud; evalúa herramientas, y no está en el equipo del plan',
      eu: 'Nextcloud hau administratzen du; tresnak ebaluatzen ditu, eta ez dago planaren lantaldean',
      ca: 'Administra aquest Nextcloud; avalua eines, i no és a l’equip del pla',
    },
  },
  {
    id: 'giza-baliabideak',
    name: 'Giza baliabideetako arduraduna',
    role: null,
    groups: ['Giza Baliabideak'],
    teams: [],
    admin: false,
    department: 'giza-baliabideak',
    expertise: [],
    colour: '#f2d3c7',
    does: {
      en: 'Human resources: has a say on tools, and is not in the team of the plan',
      es: 'Recursos Humanos: opina sobre herramientas, y no está en el equipo del plan',
      eu: 'Giza baliabideak: tresnei buruz iritzia ematen du, eta ez dago planaren lantaldean',
      ca: 'Recursos Humans: opina sobre eines, i no és a l’equip del pla',
    },
  },
]

/** A Nextcloud Team of the demo: people who belong together across departments. */
export const SAMPLE_TEAMS = [{ id: 'ahots-argia', name: 'Ahots argia' }] as const

/** What the Nextcloud of the demo says of a person. */
export async function sampleBelonging(person: string): Promise<Belonging | Refusal> {
  const found = PEOPLE.find(({ id }) => id === person)
  return found ? { groups: found.groups, teams: found.teams } : refusal('ACCESS_ENDED', 'nobody of the demo')
}
