/** Identification and the four questions of the sample plan. */
import type { Template } from '../../compaction/tasks.ts'
import { both, COMMUNICATIONS, CULTURE, prose } from './writing.ts'

export const START: Template = {
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
}
