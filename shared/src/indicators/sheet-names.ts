/** What figures and profiles are called in files: as on the screen, and as networks and other sheets call them, in four languages. */
import { indicatorIn, languageIn, type MetricId } from './metrics.ts'

const NAMES: { readonly [id in MetricId]: readonly string[] } = {
  followers_start: [
    ...['seguidores al empezar', 'seguidores al inicio', 'seguidores inicio', 'seguidoras al empezar'],
    ...['jarraitzaileak hasieran', 'seguidors al començar', "seguidors a l'inici", 'followers at the start'],
  ],
  followers_end: [
    ...['seguidores', 'seguidoras', 'seguidores al acabar', 'seguidores al final', 'seguidores fin'],
    ...['amigos', 'jarraitzaileak', 'jarraitzaileak amaieran', 'seguidors', 'seguidors al final'],
    ...['followers', 'friends', 'subscribers', 'suscriptores'],
  ],
  posts: ['publicaciones', 'posts', 'argitalpenak', 'publicacions', 'mensajes'],
  likes: [
    'me gusta',
    'likes',
    'reacciones',
    'favoritos',
    'atsegin dut',
    "m'agrada",
    'reactions',
    'favourites',
  ],
  comments: ['comentarios', 'iruzkinak', 'comentaris', 'comments', 'respuestas', 'replies'],
  shares: [
    ...['compartidos', 'comparticiones', 'veces compartido', 'retuits', 'partekatzeak', 'partekatuak'],
    ...['compartits', 'comparticions', 'shares', 'reposts', 'boosts', 'retweets'],
  ],
  saves: ['guardados', 'gordetakoak', 'desats', 'saves'],
  reach: ['alcance', 'irismena', 'abast', 'reach', 'cuentas alcanzadas'],
  impressions: ['impresiones', 'inpresioak', 'impressions'],
  views: ['visualizaciones', 'reproducciones', 'ikustaldiak', 'visualitzacions', 'views'],
  clicks: ['clics', 'klikak', 'clicks'],
  answerable: ['preguntas recibidas', 'jasotako galderak', 'preguntes rebudes', 'questions received'],
  answered: ['preguntas respondidas', 'erantzundako galderak', 'preguntes respostes', 'questions answered'],
  median_response_min: [
    ...['mediana de respuesta', 'tiempo de respuesta', 'minutos hasta la respuesta', 'erantzuteko denbora'],
    ...['temps de resposta', 'response time', 'median response'],
  ],
  media: ['imágenes y vídeos', 'irudiak eta bideoak', 'imatges i vídeos', 'images and videos'],
  media_alt: ['con texto alternativo', 'ordezko testuarekin', 'amb text alternatiu', 'with alt text'],
}

/** @param label how the screen says it */
export function namesOfFigure(metric: string, label: string): readonly string[] {
  const alone = languageIn(metric) !== null || indicatorIn(metric) !== null
  return alone ? [label] : [label, ...(NAMES[metric as MetricId] ?? [])]
}

export interface NamedProfile {
  readonly id: string
  readonly displayName: string
  readonly handle: string
  /** As people call it. */
  readonly network: string
}
/** «haranberriudala», «Instagram haranberriudala», «Haranberriko Udala»; the network alone where it is the only one there. */
export function namesOfProfile(profile: NamedProfile, all: readonly NamedProfile[]): readonly string[] {
  const { displayName, handle, network } = profile
  const own = [handle, displayName].filter((name) => name.trim() !== '')
  const alone = all.filter((one) => one.network === network).length === 1
  return [...own.flatMap((name) => [name, `${network} ${name}`]), ...(alone ? [network] : [])]
}
