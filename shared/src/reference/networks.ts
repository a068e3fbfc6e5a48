/**
 * Social networks a profile can be on, and how much fits into a post of each (DOMAIN A.13). Units matter: graphemes
 * (`Intl.Segmenter`), weighted (twitter-text), UTF-16 code units, bytes of UTF-8, or what the network calls characters and
 * says no more of (`shared/src/posts/counting.ts` counts each).
 */
import { referenceList, type EntryOf } from './list.ts'

export const UNITS = ['characters', 'graphemes', 'weighted', 'utf16', 'bytes'] as const
export const CONFIDENCES = ['high', 'medium', 'low'] as const
const LENGTH = { kind: 'number', min: 1, max: 1_000_000 } as const
const COUNT = { kind: 'number', min: 0, max: 1_000 } as const

export const networks = referenceList(
  {
    id: 'networks',
    key: ['id'],
    columns: {
      id: { kind: 'id', required: true },
      label: { kind: 'text', max: 60, required: true },
      /** Empty where there is no limit. */
      textMax: LENGTH,
      /** Where there is less room under a picture or a video. */
      mediaTextMax: LENGTH,
      unit: { kind: 'choice', options: UNITS, required: true },
      /** A second limit that holds as well. */
      bytesMax: LENGTH,
      /** Longer is possible, and not read. */
      softMax: LENGTH,
      /** What any address counts, however long it is. */
      urlWeight: COUNT,
      mediaMax: COUNT,
      altMax: LENGTH,
      hashtagMax: COUNT,
      needsMedia: { kind: 'flag' },
      notes: { kind: 'translated', max: 600 },
      sources: { kind: 'texts', max: 300, count: 10 },
      confidence: { kind: 'choice', options: CONFIDENCES, required: true },
    },
  },
  {
    verifiedOn: '2026-11-23',
    source: 'Auzolan',
    entries: [
      {
        id: 'mastodon',
        label: 'Mastodon',
        textMax: 500,
        unit: 'graphemes',
        urlWeight: 23,
        mediaMax: 4,
        altMax: 1_500,
        notes: {
          en: 'Each instance has its own limit: it says so at /api/v2/instance (max_characters).',
          es: 'Cada instancia tiene su límite: lo dice en /api/v2/instance (max_characters).',
          eu: 'Instantzia bakoitzak bere muga du: /api/v2/instance helbidean dago (max_characters).',
          ca: 'Cada instància té el seu límit: ho diu a /api/v2/instance (max_characters).',
        },
        sources: [
          'docs.joinmastodon.org',
          'github.com/mastodon/mastodon (app/validators/status_length_validator.rb)',
          'help.publer.com',
        ],
        confidence: 'medium',
      },
      {
        id: 'bluesky',
        label: 'Bluesky',
        textMax: 300,
        unit: 'graphemes',
        bytesMax: 3_000,
        mediaMax: 4,
        notes: {
          en: '300 graphemes and 3,000 bytes, both. 4 images or 1 video. Hashtags in the text count as text; the 8 of its data format are tags beside it. Limit of the alt text not confirmed.',
          es: '300 grafemas y 3.000 bytes, las dos cosas. 4 imágenes o 1 vídeo. Las etiquetas del texto cuentan como texto; las 8 de su formato de datos van aparte. Límite del texto alternativo sin confirmar.',
          eu: '300 grafema eta 3.000 byte, biak. 4 irudi edo bideo 1. Testuko traolak testu gisa kontatzen dira; datu-formatuko 8ak aparteko etiketak dira. Ordezko testuaren muga berretsi gabe.',
          ca: '300 grafemes i 3.000 bytes, totes dues coses. 4 imatges o 1 vídeo. Les etiquetes del text compten com a text; les 8 del seu format de dades van a part. Límit del text alternatiu sense confirmar.',
        },
        sources: ['app.bsky lexicon (@atcute/bluesky 3.3.0)'],
        confidence: 'high',
      },
      {
        id: 'instagram',
        label: 'Instagram',
        textMax: 2_200,
        unit: 'characters',
        altMax: 1_000,
        hashtagMax: 5,
        needsMedia: true,
        notes: {
          en: 'The API takes 30 hashtags; the app has been going down to 5 since December 2025.',
          es: 'La API admite 30 etiquetas; la aplicación las limita a 5, poco a poco, desde diciembre de 2025.',
          eu: 'APIak 30 traola onartzen ditu; aplikazioa 5era jaisten ari da 2025eko abendutik.',
          ca: "L'API admet 30 etiquetes; l'aplicació les limita a 5, a poc a poc, des del desembre del 2025.",
        },
        sources: ['developers.facebook.com', 'socialmediatoday.com (2025-12-18)'],
        confidence: 'high',
      },
      {
        id: 'facebook',
        label: 'Facebook',
        textMax: 63_206,
        unit: 'characters',
        softMax: 500,
        notes: {
          en: 'Meta publishes no limit; other programs count with 16,192, 10,000 or 5,000.',
          es: 'Meta no publica ningún límite; otros programas cuentan con 16.192, 10.000 o 5.000.',
          eu: 'Metak ez du mugarik argitaratzen; beste programa batzuek 16.192, 10.000 edo 5.000 hartzen dituzte.',
          ca: 'Meta no publica cap límit; altres programes compten amb 16.192, 10.000 o 5.000.',
        },
        sources: ['developers.facebook.com', 'publer.com', 'github.com/gitroomhq/postiz-app'],
        confidence: 'low',
      },
      {
        id: 'x',
        label: 'X',
        textMax: 280,
        unit: 'weighted',
        urlWeight: 23,
        mediaMax: 4,
        altMax: 1_000,
        notes: {
          en: 'Every emoji counts 2. With Premium 25,000. 4 photos, or 1 GIF, or 1 video.',
          es: 'Cada emoji cuenta 2. Con Premium, 25.000. 4 fotos, o 1 GIF, o 1 vídeo.',
          eu: 'Emoji bakoitzak 2 balio du. Premiumekin, 25.000. 4 argazki, edo GIF 1, edo bideo 1.',
          ca: 'Cada emoji compta 2. Amb Premium, 25.000. 4 fotos, o 1 GIF, o 1 vídeo.',
        },
        sources: ['docs.x.com'],
        confidence: 'high',
      },
      {
        id: 'threads',
        label: 'Threads',
        textMax: 500,
        unit: 'bytes',
        hashtagMax: 1,
        notes: {
          en: 'Meta says that emoji count as their bytes; the API counts accents and curly quotes so, too. One topic tag.',
          es: 'Meta dice que los emojis cuentan por sus bytes; la API cuenta así también los acentos y las comillas tipográficas. Una sola etiqueta de tema.',
          eu: 'Metak dio emojiek beren byteen arabera kontatzen dutela; APIak azentuak eta komatxo tipografikoak ere hala kontatzen ditu. Gai-etiketa bakarra.',
          ca: "Meta diu que els emojis compten pels seus bytes; l'API hi compta així també els accents i les cometes tipogràfiques. Una sola etiqueta de tema.",
        },
        sources: ['developers.facebook.com/docs/threads/posts', 'github.com/gitroomhq/postiz-app (#1946)'],
        confidence: 'medium',
      },
      {
        id: 'linkedin',
        label: 'LinkedIn',
        textMax: 3_000,
        unit: 'characters',
        altMax: 4_086,
        notes: {
          en: 'Better no more than 120 characters of alt text.',
          es: 'Mejor no más de 120 caracteres de texto alternativo.',
          eu: 'Hobe ordezko testuak 120 karaktere baino gehiago ez izatea.',
          ca: 'Millor no més de 120 caràcters de text alternatiu.',
        },
        sources: ['linkedin.com/help'],
        confidence: 'high',
      },
      {
        id: 'youtube',
        label: 'YouTube',
        textMax: 5_000,
        unit: 'bytes',
        mediaMax: 1,
        hashtagMax: 15,
        needsMedia: true,
        notes: {
          en: 'Of the description; the title has 100 characters. No < and no >. Accents take 2 bytes. With more than 15 hashtags all are ignored.',
          es: 'De la descripción; el título tiene 100 caracteres. Sin < ni >. Los acentos ocupan 2 bytes. Con más de 15 etiquetas no cuenta ninguna.',
          eu: 'Deskribapenarena; izenburuak 100 karaktere ditu. < eta > gabe. Azentuek 2 byte hartzen dituzte. 15 traola baino gehiagorekin ez du bat ere kontuan hartzen.',
          ca: "De la descripció; el títol té 100 caràcters. Sense < ni >. Els accents ocupen 2 bytes. Amb més de 15 etiquetes no n'hi compta cap.",
        },
        sources: ['developers.google.com/youtube/v3/docs/videos'],
        confidence: 'high',
      },
      {
        id: 'tiktok',
        label: 'TikTok',
        textMax: 2_200,
        unit: 'utf16',
        mediaMax: 35,
        needsMedia: true,
        notes: {
          en: 'Of a video by API. With photos: title 90, description 4,000. In the app 4,000 and 5 hashtags since August 2025, not confirmed.',
          es: 'De un vídeo por la API. Con fotos: título 90, descripción 4.000. En la aplicación, 4.000 y 5 etiquetas desde agosto de 2025, sin confirmar.',
          eu: 'Bideoarena, API bidez. Argazkiekin: izenburua 90, deskribapena 4.000. Aplikazioan, 4.000 eta 5 traola 2025eko abuztutik, berretsi gabe.',
          ca: "D'un vídeo per l'API. Amb fotos: títol 90, descripció 4.000. A l'aplicació, 4.000 i 5 etiquetes des de l'agost del 2025, sense confirmar.",
        },
        sources: ['developers.tiktok.com'],
        confidence: 'high',
      },
      {
        id: 'telegram',
        label: 'Telegram',
        textMax: 4_096,
        mediaTextMax: 1_024,
        unit: 'utf16',
        mediaMax: 10,
        notes: {
          en: 'Under pictures and videos 1,024.',
          es: 'Bajo imágenes y vídeos, 1.024.',
          eu: 'Irudi eta bideoen azpian, 1.024.',
          ca: 'Sota imatges i vídeos, 1.024.',
        },
        sources: ['core.telegram.org/bots/api'],
        confidence: 'high',
      },
      {
        id: 'whatsapp',
        label: 'WhatsApp',
        textMax: null,
        unit: 'characters',
        softMax: 1_024,
        notes: {
          en: 'Of channels no limit is confirmed. They go one way and are not end-to-end encrypted; followers do not see each other.',
          es: 'De los canales no se ha confirmado ningún límite. Van en un solo sentido y no van cifrados de extremo a extremo; quienes siguen no se ven entre sí.',
          eu: 'Kanalen mugarik ez da berretsi. Norabide bakarrekoak dira eta ez daude muturretik muturrera zifratuta; jarraitzaileek ez dute elkar ikusten.',
          ca: "Dels canals no s'ha confirmat cap límit. Van en un sol sentit i no van xifrats d'extrem a extrem; els qui segueixen no es veuen entre ells.",
        },
        sources: ['help.pickyassist.com', 'ondacero.es'],
        confidence: 'low',
      },
      { id: 'blog', label: 'Blog', textMax: null, unit: 'characters', confidence: 'high' },
    ],
  },
)
export type Network = EntryOf<(typeof networks)['columns']>
