/**
 * Twelve posts around the day on which the demo is first started (DOMAIN G.1), and two from before. Some lack something on purpose: a
 * text that is too long for one network, a post without Basque, a video without captions.
 */
import { addDays } from '@auzolan/shared/working-days.ts'
import type { Template } from '../compaction/tasks.ts'
import { PICTURES } from './sample-pictures.ts'
import { COMMUNICATIONS, CULTURE, YOUTH, both } from './sample-plan/writing.ts'

interface Sample {
  readonly id: string
  /** Days from today. */
  readonly in: number | null
  readonly time?: string
  readonly title: string
  readonly profiles: readonly string[]
  readonly department: 'komunikazioa' | 'kultura' | 'gazteria'
  readonly text: { readonly eu?: string; readonly es?: string }
  readonly more?: { readonly [field: string]: unknown }
}

const OWNERS = { komunikazioa: COMMUNICATIONS, kultura: CULTURE, gazteria: YOUTH } as const

const BIN_EU =
  'Azaroaren amaieratik aurrera, edukiontzi marroia auzo guztietan izango duzu. Janari-hondarrak, kafe-marroa eta sukaldeko papera bota ditzakezu bertan.\n\nTxartela eskatzeko: hilaren 27ra arte, udaletxean edo webgunean. Doakoa da eta bost minutu besterik ez da behar.\n\n#Haranberri #HondakinBilketa https://www.haranberri.example/edukiontzi-marroia'
const BIN_ES =
  'Desde finales de noviembre tendrás el contenedor marrón en todos los barrios. Puedes depositar restos de comida, posos de café y papel de cocina.\n\nPide la tarjeta hasta el día 27, en el ayuntamiento o en la web. Es gratis y se tarda cinco minutos.\n\n#Haranberri #RecogidaDeResiduos https://www.haranberri.example/contenedor-marron'

const SAMPLES: readonly Sample[] = [
  {
    id: 'diru-laguntzak',
    in: 1,
    time: '09:00',
    title: 'Diru-laguntzen epea',
    profiles: ['telegram'],
    department: 'komunikazioa',
    text: {
      eu: 'Kultura-elkarteentzako diru-laguntzak eskatzeko epea bihar amaitzen da. Eskaera webgunean egin daiteke.',
      es: 'El plazo para pedir las subvenciones a asociaciones culturales termina mañana. Se piden en la web.',
    },
    more: { serviceFacts: true, officialSource: 'https://www.haranberri.example/diru-laguntzak' },
  },
  {
    id: 'a25',
    in: 2,
    time: '09:00',
    title: 'A25: ez zaude bakarrik',
    profiles: ['mastodon', 'instagram'],
    department: 'komunikazioa',
    text: {
      eu: 'Indarkeria matxistarik gabeko Haranberri bat nahi dugu. Laguntza behar baduzu, 016 telefonoa, doan eta 24 orduz.',
      es: 'Queremos un Haranberri sin violencia machista. Si necesitas ayuda, teléfono 016, gratis y a cualquier hora.',
    },
    more: { mediaIds: ['kartela-a25'] },
  },
  {
    id: 'auzolana',
    in: 2,
    time: '18:00',
    title: 'Bideoa: auzolana ibai ertzean',
    profiles: ['youtube'],
    department: 'kultura',
    text: {
      eu: 'Joan den larunbateko auzolanaren irudiak. Mila esker etorri zinetenoi!',
      es: 'Imágenes del auzolan del sábado. ¡Muchas gracias a quienes vinisteis!',
    },
    more: { kind: 'video', mediaIds: ['bideo-auzolana'] },
  },
  {
    id: 'antzerkia',
    in: 3,
    time: '18:00',
    title: 'Gabonetako antzerkia',
    profiles: ['instagram'],
    department: 'kultura',
    text: {
      eu: 'Sarrerak salgai daude Gabonetako antzerkirako. Kultura etxean eta webgunean.',
      es: 'Ya están a la venta las entradas del teatro de Navidad. En la casa de cultura y en la web.',
    },
    more: { mediaIds: ['kartela-antzerkia'] },
  },
  {
    id: 'kale-nagusia',
    in: 4,
    time: '12:00',
    title: 'Corte en la calle Mayor',
    profiles: ['mastodon', 'telegram'],
    department: 'komunikazioa',
    text: {
      es: 'El lunes, de 9 a 14 h, la calle Mayor estará cortada por obras. Desvío por el paseo del río.',
    },
    more: { serviceFacts: true },
  },
  {
    id: 'edukiontzia',
    in: 7,
    time: '09:00',
    title: 'Edukiontzi marroia auzo guztietan',
    profiles: ['mastodon', 'instagram', 'telegram'],
    department: 'komunikazioa',
    text: { eu: BIN_EU, es: BIN_ES },
    more: {
      mediaIds: ['edukiontzia'],
      serviceFacts: true,
      officialSource: 'https://www.haranberri.example/edukiontzi-marroia',
    },
  },
  {
    id: 'euskara-eguna',
    in: 9,
    time: '10:00',
    title: 'Euskararen Eguna',
    profiles: ['mastodon', 'instagram-gazteria', 'telegram'],
    department: 'gazteria',
    text: {
      eu: 'Abenduaren 3an, Euskararen Eguna. Kontatu zein den zure hitz kuttuna! #EuskararenEguna',
      es: 'El 3 de diciembre, Día del Euskera. ¡Cuéntanos cuál es tu palabra favorita! #EuskararenEguna',
    },
  },
  {
    id: 'azoka',
    in: 10,
    time: '12:00',
    title: 'Gabonetako azoka',
    profiles: ['instagram'],
    department: 'kultura',
    text: {},
  },
  {
    id: 'edukiontzi-txartela',
    in: -18,
    time: '09:00',
    title: 'Edukiontzi marroia: eskatu txartela',
    profiles: ['mastodon', 'telegram'],
    department: 'komunikazioa',
    text: {
      eu: 'Edukiontzi marroia irekitzeko txartela behar da. Doakoa da: eskatu udaletxean edo webgunean.',
      es: 'Para abrir el contenedor marrón hace falta una tarjeta. Es gratis: pídela en el ayuntamiento o en la web.',
    },
    more: { serviceFacts: true, officialSource: 'https://www.haranberri.example/edukiontzi-marroia' },
  },
  {
    id: 'jaiak',
    in: -24,
    time: '18:00',
    title: 'San Andres jaiak: egitaraua',
    profiles: ['mastodon', 'instagram'],
    department: 'kultura',
    text: {
      eu: 'San Andres jaiak badatoz: kontzertuak, herri-kirolak eta haurren eguna. Egitaraua webgunean. #Jaiak',
      es: 'Llegan las fiestas de San Andrés: conciertos, deporte rural y el día de la infancia. El programa, en la web. #Fiestas',
    },
    more: { mediaIds: ['kartela-jaiak'] },
  },
  {
    id: 'liburutegia',
    in: -12,
    time: '12:00',
    title: 'Liburutegiko ordutegi berria',
    profiles: ['telegram'],
    department: 'kultura',
    text: {
      eu: 'Liburutegia larunbat goizetan ere irekiko da, 10:00etatik 13:00etara.',
      es: 'La biblioteca abrirá también los sábados por la mañana, de 10:00 a 13:00.',
    },
  },
  {
    id: 'uholdea',
    in: -15,
    time: '22:40',
    title: 'Uholde-abisua',
    profiles: ['mastodon', 'telegram'],
    department: 'komunikazioa',
    text: {
      eu: 'Kontuz: ibaiak gora egin du. Ez hurbildu ibai ertzera eta kendu ibilgailuak Azoka aparkalekutik.',
      es: 'Atención: el río ha subido. No os acerquéis a la orilla y retirad los vehículos del aparcamiento del mercado.',
    },
    more: { sensitive: ['emergency'] },
  },
  {
    id: 'gazte-bonua',
    in: 14,
    time: '17:00',
    title: 'Gazte-bonua: eskaerak zabalik',
    profiles: ['instagram-gazteria'],
    department: 'gazteria',
    text: {
      eu: '18 urte beteko dituzu? Eskatu gazte-bonua: 100 euro kulturarako. #GazteBonua',
      es: '¿Vas a cumplir 18 años? Pide el bono joven: 100 euros para cultura. #BonoJoven',
    },
  },
  {
    id: 'kirol-txartela',
    in: null,
    title: 'Kirol-txartela berritzea',
    profiles: ['mastodon'],
    department: 'gazteria',
    text: {},
  },
]

const MEDIA = [
  medium('kartela-a25', 'A25eko kartela', 'graphic', {
    altText: both('Kartel morea: A25, ez zaude bakarrik', 'Cartel morado: 25N, no estás sola'),
  }),
  medium('bideo-auzolana', 'Auzolana ibai ertzean, bideoa', 'video', {
    altText: both('Jende taldea ibai ertza garbitzen', 'Un grupo de gente limpia la orilla del río'),
    showsPeople: 'not_identifiable',
  }),
  medium('kartela-antzerkia', 'Antzerkiaren kartela', 'graphic', {
    origin: 'cc',
    licence: 'CC-BY-4.0',
    author: 'Tarteka taldea',
    attribution: 'Irudia: Tarteka taldea, CC BY 4.0',
    altText: both('Antzezle bi oholtza gainean', 'Dos actrices sobre el escenario'),
  }),
  medium('kartela-jaiak', 'Jaien kartela', 'graphic', {
    altText: both(
      'Jaien kartela: dantzariak plazan, banderatxoen azpian',
      'Cartel de las fiestas: gente bailando en la plaza, bajo banderines',
    ),
  }),
  medium('edukiontzia', 'Edukiontzi marroia plazan', 'image', {
    altText: both(
      'Edukiontzi marroia plazan, janari-hondarren ikurrarekin',
      'Un contenedor marrón en la plaza, con el símbolo de los restos de comida',
    ),
  }),
]

function medium(id: string, title: string, kind: string, more: { readonly [field: string]: unknown }) {
  const picture = PICTURES[id]
  return {
    id,
    title,
    kind,
    origin: 'own',
    author: 'Haranberriko Udala',
    rightsHolder: 'Haranberriko Udala',
    licence: 'own',
    showsPeople: 'none',
    // So small that it is its own copy.
    ...(picture
      ? {
          file: {
            name: picture.name,
            sha256: picture.sha256,
            preview: `data:image/png;base64,${picture.bytes.toString('base64')}`,
          },
        }
      : {}),
    ...more,
  }
}

/** @param today ISO date */
export const haranberriCalendar = (today: string): Template => ({
  calendar: {
    posts: SAMPLES.map(({ id, in: days, time, title, profiles, department, text, more }) => ({
      id,
      title,
      ...(days === null ? {} : { day: addDays(today, days), time }),
      profileIds: [...profiles],
      purposeIds: ['p1'],
      departmentId: department,
      owner: OWNERS[department],
      text,
      ...more,
    })),
    media: MEDIA,
  },
})
