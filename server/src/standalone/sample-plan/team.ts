/** Team and training in the sample plan (DOMAIN G.1): three community managers, one gap, and a course that closes it. */
import type { Template } from '../../compaction/tasks.ts'
import { both, COMMUNICATIONS, CULTURE, PROPOSED, prose, YOUTH } from './writing.ts'

export const TEAM: Template = {
  team: {
    staffing: 'internal',
    managers: [
      {
        id: 'm1',
        person: COMMUNICATIONS,
        departmentId: 'komunikazioa',
        profileIds: ['mastodon', 'instagram', 'telegram'],
        languages: ['eu', 'es'],
        knowsInstitution: '3',
        knowsServices: '3',
        knowsPeople: '2',
        networkSkill: '2',
        informalWriting: '2',
        trainingIds: ['pribatutasuna'],
      },
      {
        // The gap: nobody in Culture writes close to people yet, so a course is planned.
        id: 'm2',
        person: CULTURE,
        departmentId: 'kultura',
        profileIds: ['youtube'],
        languages: ['eu', 'es'],
        knowsInstitution: '2',
        knowsServices: '3',
        knowsPeople: '3',
        networkSkill: '2',
        informalWriting: '1',
        trainingIds: ['pribatutasuna', 'idazkera-hurbila'],
      },
      {
        id: 'm3',
        person: YOUTH,
        departmentId: 'gazteria',
        profileIds: ['instagram-gazteria'],
        languages: ['eu', 'es'],
        knowsInstitution: '2',
        knowsServices: '2',
        knowsPeople: '3',
        networkSkill: '3',
        informalWriting: '3',
        trainingIds: ['pribatutasuna'],
      },
    ],
    coordinationUnit: 'komunikazioa',
    coordinator: COMMUNICATIONS,
    ...PROPOSED['team'],
    continuity: prose(
      'Oporretan, ordezkoak artatzen du profila, eta astelehenetako bileran egiten da txandaketa. Norbait joaten denean, egun berean kentzen zaio sarbidea.',
      'En vacaciones atiende el perfil quien figura como suplente, y el relevo se hace en la reunión de los lunes. Cuando alguien se va, se le retira el acceso el mismo día.',
    ),
    recovery: COMMUNICATIONS,
  },
  training: {
    training: [
      {
        id: 'pribatutasuna',
        name: both(
          'Pribatutasuna, profil ofizialak zaintzen dituztenentzat',
          'Privacidad para quienes cuidan perfiles oficiales',
        ),
        topic: 'privacy',
        audience: ['managers', 'coordinator'],
        hours: 4,
        provider: 'Idazkaritza',
        dueOn: '2026-12-15',
      },
      {
        id: 'idazkera-hurbila',
        name: both('Idazkera hurbila', 'Escritura cercana'),
        topic: 'writing',
        audience: ['managers'],
        hours: 4,
        provider: 'Hizkuntza-zerbitzua',
        dueOn: '2027-01-31',
      },
    ],
  },
}
