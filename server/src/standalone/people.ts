/** The invented people of the demo: roles of a town hall rather than names (DOMAIN §G). */
import type { Role } from '@auzolan/shared/grants.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'

export interface SamplePerson {
  readonly id: string
  readonly name: string
  readonly role: Role | null
  readonly groups: readonly string[]
  readonly colour: string
  readonly does: Translated<string>
}

export const PEOPLE: readonly SamplePerson[] = [
  {
    id: 'komunikazio-arduraduna',
    name: 'Komunikazio-arduraduna',
    role: 'coordinator',
    groups: ['Komunikazioa'],
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
    colour: '#cfe0f7',
    does: {
      en: 'Mayor’s office: reads, and will approve',
      es: 'Alcaldía: lee, y aprobará',
      eu: 'Irakurtzen du, eta onartuko du',
      ca: 'Alcaldia: llegeix, i aprovarà',
    },
  },
  {
    id: 'ingurumen-teknikaria',
    name: 'Ingurumeneko teknikaria',
    role: null,
    groups: ['Ingurumena'],
    colour: '#dfe6c8',
    does: {
      en: 'Is in no team of the plan',
      es: 'No está en el equipo del plan',
      eu: 'Ez dago planaren lantaldean',
      ca: 'No és a l’equip del pla',
    },
  },
]
