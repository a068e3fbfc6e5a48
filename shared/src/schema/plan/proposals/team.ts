/** Who does what, for the five activities (DOMAIN A.6): posts that every organisation has, to be put right. */
import { proposed } from './proposed.ts'

const MANAGERS = proposed(
  'Community managers',
  'Gestores y gestoras de comunidades',
  'Komunitate-kudeatzaileak',
  'Gestors i gestores de comunitats',
)
const RESPONSIBLE = proposed(
  'Responsible person of the plan',
  'Persona responsable del plan',
  'Planaren arduraduna',
  'Persona responsable del pla',
)
const COORDINATION = proposed('Coordination', 'Coordinación', 'Koordinazioa', 'Coordinació')
const DEPARTMENTS = proposed(
  'The department it is about',
  'El departamento del que trata',
  'Gaiari dagokion saila',
  'El departament de què tracta',
)
const DIRECTION = proposed('Direction', 'Dirección', 'Zuzendaritza', 'Direcció')
const LEGAL = proposed('Legal services', 'Servicios jurídicos', 'Zerbitzu juridikoak', 'Serveis jurídics')

export const team = {
  duties: [
    {
      id: 'publish',
      activity: 'publish',
      does: MANAGERS,
      answers: RESPONSIBLE,
      consulted: DEPARTMENTS,
      informed: COORDINATION,
    },
    {
      id: 'answer',
      activity: 'answer',
      does: MANAGERS,
      answers: RESPONSIBLE,
      consulted: DEPARTMENTS,
      informed: COORDINATION,
    },
    {
      id: 'moderate',
      activity: 'moderate',
      does: MANAGERS,
      answers: COORDINATION,
      consulted: LEGAL,
      informed: RESPONSIBLE,
    },
    {
      id: 'crisis',
      activity: 'crisis',
      does: COORDINATION,
      answers: DIRECTION,
      consulted: LEGAL,
      informed: MANAGERS,
    },
    {
      id: 'measure',
      activity: 'measure',
      does: COORDINATION,
      answers: RESPONSIBLE,
      consulted: MANAGERS,
      informed: DIRECTION,
    },
  ],
} as const
