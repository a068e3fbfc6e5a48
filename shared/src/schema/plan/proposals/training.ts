/** The courses nobody who looks after an official profile should lack (DOMAIN A.7); until when, is the plan's to say. */
import { proposed } from './proposed.ts'

export const training = {
  training: [
    {
      id: 'privacy',
      name: proposed(
        'Privacy for those who look after official profiles',
        'Privacidad para quienes cuidan perfiles oficiales',
        'Pribatutasuna, profil ofizialak zaintzen dituztenentzat',
        'Privacitat per a qui té cura de perfils oficials',
      ),
      topic: 'privacy',
      audience: ['managers', 'coordinator'],
      hours: 4,
    },
    {
      id: 'image-rights',
      name: proposed(
        'Image rights, authorship and licences',
        'Derechos de imagen, autoría y licencias',
        'Irudi-eskubideak, egiletza eta lizentziak',
        'Drets d’imatge, autoria i llicències',
      ),
      topic: 'rights',
      audience: ['managers'],
      hours: 3,
    },
    {
      id: 'close-writing',
      name: proposed('Writing closer', 'Escribir más cerca', 'Idazkera hurbila', 'Escriure més a prop'),
      topic: 'writing',
      audience: ['managers'],
      hours: 4,
    },
  ],
} as const
