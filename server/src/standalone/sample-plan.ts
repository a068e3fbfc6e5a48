/**
 * The plan of Haranberri for 2027 (DOMAIN G.1). Two things are left unfinished on purpose, so that the first person who
 * opens it has something to do.
 */
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { paragraphs } from '@auzolan/shared/schema/json.ts'
import type { Template } from '../compaction/tasks.ts'
import { seedValues } from '../documents/plan-template.ts'
import { PEOPLE } from './people.ts'

const person = (id: string): { id: string; name: string } => ({
  id,
  name: PEOPLE.find((p) => p.id === id)!.name,
})
const both = (eu: string, es: string): Translated<string> => ({ eu, es })
const prose = (eu: string, es: string): object => ({ eu: paragraphs(eu), es: paragraphs(es) })

/** Who coordinates the plan, and made it. */
export const COMMUNICATIONS = person('komunikazio-arduraduna')
const CULTURE = person('kultura-cm')
const YOUTH = person('gazteria-teknikaria')

export const HARANBERRI_PLAN: Template = {
  identity: {
    title: both('Haranberriko sare sozialen plana 2027', 'Plan de redes sociales de Haranberri 2027'),
    from: '2027-01-01',
    to: '2027-12-31',
    sponsorRole: both('Alkatetza', 'Alcaldía'),
    sponsorBody: 'political',
    sponsoredOn: '2026-10-05',
    sponsorStatement: prose(
      'Alkatetzak plana bere egiten du: astero hiru ordu eskainiko zaizkio sail bakoitzetik, eta urtean bitan aztertuko da gobernu-batzarrean.',
      'La Alcaldía hace suyo el plan: cada departamento le dedicará tres horas a la semana, y se revisará dos veces al año en la junta de gobierno.',
    ),
    strategy: prose(
      'Herritarrek udalaren zerbitzuak garaiz eta euren hizkuntzan ezagutzea nahi dugu, eta galdera bati bi egunetan erantzutea.',
      'Queremos que la ciudadanía conozca a tiempo y en su lengua los servicios municipales, y responder a una pregunta en dos días.',
    ),
    axes: ['transparency', 'participation'],
  },
  planning: {
    whoAnswer: prose(
      'Komunikazio sailak koordinatzen du eta sail bakoitzak bere profila zaintzen du. Astelehenero hamar minutuko bilera bat egiten dugu.',
      'Comunicación coordina y cada departamento cuida su perfil. Los lunes nos reunimos diez minutos.',
    ),
    responsible: COMMUNICATIONS,
    responsibleRole: both('Komunikazio-arduraduna', 'Responsable de comunicación'),
    responsibleDepartment: 'komunikazioa',
    responsibleAccepts: { by: COMMUNICATIONS.id, on: '2026-10-12' },
    deputy: CULTURE,
    whyAnswer: prose(
      'Zerbitzuen berri emateko, herritarrei entzuteko eta euskararen erabilera bultzatzeko. Besterik ez.',
      'Para informar de los servicios, escuchar a la ciudadanía e impulsar el uso del euskera. Nada más.',
    ),
    purposes: [
      {
        id: 'p1',
        text: both(
          'Udal zerbitzuen berri argia ematea',
          'Informar con claridad de los servicios municipales',
        ),
        kind: 'inform',
        axis: 'transparency',
        indicatorIds: ['i1', 'i4'],
      },
      {
        id: 'p2',
        text: both('Herritarrak entzun eta erantzutea', 'Escuchar a la ciudadanía y responderle'),
        kind: 'converse',
        axis: 'participation',
        indicatorIds: ['i3', 'i5'],
      },
      {
        id: 'p3',
        text: both('Euskararen erabilera bultzatzea', 'Impulsar el uso del euskera'),
        kind: 'promote_language',
        indicatorIds: ['i6'],
      },
    ],
    indicators: [
      {
        id: 'i1',
        name: both('Argitalpenen irismena', 'Alcance de las publicaciones'),
        period: 'month',
        target: 40000,
        unit: 'count',
      },
      {
        id: 'i4',
        name: both('Elkarreragin-tasa', 'Tasa de interacción'),
        period: 'month',
        target: 1.2,
        unit: 'percent',
      },
      {
        id: 'i3',
        name: both('Erantzundako galderak', 'Preguntas respondidas'),
        period: 'month',
        target: 90,
        unit: 'percent',
      },
      {
        id: 'i5',
        name: both('Erantzuteko denbora, mediana', 'Tiempo de respuesta, mediana'),
        period: 'month',
        target: 480,
        unit: 'minutes',
      },
      {
        id: 'i6',
        name: both('Euskarazko argitalpenak', 'Publicaciones en euskera'),
        period: 'month',
        target: 100,
        unit: 'percent',
      },
    ],
    whomAnswer: prose(
      'Lau talde lehenetsi ditugu. Auzotarrei zerbitzuen eta epeen berri emango diegu; gazteei, haien kanaletan eta haien tonuan; elkarteei, lankidetza eskainiko diegu; eta iritsi berriei, hizkera errazean lagunduko diegu lehen urratsetan.',
      'Hemos dado prioridad a cuatro grupos. Al vecindario le informaremos de servicios y plazos; a la juventud, en sus canales y en su tono; a las asociaciones les ofreceremos colaboración; y a quienes acaban de llegar les ayudaremos en los primeros pasos, en lectura fácil.',
    ),
    audiences: [
      {
        id: 'a1',
        name: both('Auzotarrak', 'Vecindario'),
        description: both('30–65 urte', 'De 30 a 65 años'),
        needs: both('Zerbitzuen eta epeen berri argia', 'Información clara de servicios y plazos'),
        languages: ['eu', 'es'],
        channels: ['mastodon', 'telegram'],
      },
      {
        id: 'a2',
        name: both('Gazteak', 'Juventud'),
        description: both('16–29 urte', 'De 16 a 29 años'),
        needs: both('Ekitaldiak, bekak, aisialdia', 'Actos, becas, ocio'),
        languages: ['eu'],
        channels: ['instagram'],
      },
      {
        id: 'a3',
        name: both('Elkarteak', 'Asociaciones'),
        description: both(
          'Kultura-, kirol- eta auzo-elkarteak',
          'Asociaciones culturales, deportivas y vecinales',
        ),
        needs: both('Diru-laguntzak, gelen erreserba', 'Subvenciones, reserva de salas'),
        languages: ['eu', 'es'],
        channels: ['mastodon', 'telegram'],
      },
      {
        // Left without language: the first thing the demo asks for.
        id: 'a4',
        name: both('Iritsi berriak', 'Personas recién llegadas'),
        description: both('Azken bi urteetan etorriak', 'Llegadas en los dos últimos años'),
        needs: both('Erroldatzea, hizkera erraza', 'Empadronamiento, lectura fácil'),
        channels: ['telegram', 'whatsapp'],
      },
    ],
    whereAnswer: prose(
      'Lau sare, artatzeko orduak ditugulako. Beste bi ez ditugu irekiko, eta arrazoia idatzita dago.',
      'Cuatro redes, porque tenemos horas para atenderlas. Otras dos no las abriremos, y el motivo está escrito.',
    ),
  },
  principles: {
    values: seedValues(['eu', 'es']),
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
}

function profile(
  network: string,
  purposeIds: string[],
  audienceIds: string[],
  hoursPerWeek: number | null,
  owner: { id: string; name: string },
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
    corporateMailbox: true,
    twoFactor: true,
  }
}
