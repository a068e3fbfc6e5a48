/**
 * Indicators of the source document [SEED L199]: followers and friends, likes and favourites, shares and retweets, comments; and
 * what administrations ask beside them. Each is added by a press, none comes by itself: what is aimed at is the plan's to say.
 */
import type { Dimension, FormulaKey, MeasureUnit } from '../../../indicators/catalogue.ts'
import { proposed, type Proposed } from './proposed.ts'

export interface UsualIndicator {
  readonly formula: FormulaKey
  readonly dimension: Dimension
  readonly unit: MeasureUnit
  readonly name: Proposed
  readonly limits: Proposed
}

export const USUAL_INDICATORS: readonly UsualIndicator[] = [
  {
    formula: 'followers',
    dimension: 'loyalty',
    unit: 'count',
    name: proposed(
      'Followers and friends',
      'Personas seguidoras y amistades',
      'Jarraitzaileak eta lagunak',
      'Persones seguidores i amistats',
    ),
    limits: proposed(
      'More followers do not show that anybody was helped. The same people follow several networks.',
      'Tener más personas seguidoras no muestra que se haya ayudado a nadie. Las mismas personas siguen varias redes.',
      'Jarraitzaile gehiagok ez du erakusten inori lagundu zaionik. Pertsona berek hainbat sare jarraitzen dituzte.',
      'Tenir més persones seguidores no mostra que s’hagi ajudat ningú. Les mateixes persones segueixen diverses xarxes.',
    ),
  },
  {
    formula: 'likes',
    dimension: 'interest',
    unit: 'count',
    name: proposed(
      'Likes and favourites',
      'Me gusta y favoritos',
      'Atsegin dutenak eta gogokoak',
      'M’agrada i preferits',
    ),
    limits: proposed(
      'A press of a button is not agreement, and says nothing of those who did not see it.',
      'Pulsar un botón no es estar de acuerdo, y no dice nada de quien no lo vio.',
      'Botoi bat sakatzea ez da ados egotea, eta ez du ezer esaten ikusi ez zutenez.',
      'Prémer un botó no és estar-hi d’acord, i no diu res de qui no ho va veure.',
    ),
  },
  {
    formula: 'shares',
    dimension: 'interest',
    unit: 'count',
    name: proposed(
      'Shares and reposts',
      'Comparticiones y retuits',
      'Partekatzeak eta birbidalketak',
      'Comparticions i repiulades',
    ),
    limits: proposed(
      'Things are also shared to criticise them.',
      'También se comparte para criticar.',
      'Kritikatzeko ere partekatzen da.',
      'També es comparteix per criticar.',
    ),
  },
  {
    formula: 'comments',
    dimension: 'interest',
    unit: 'count',
    name: proposed('Comments', 'Comentarios', 'Iruzkinak', 'Comentaris'),
    limits: proposed(
      'It counts them; it does not say whether they are praise, questions or anger.',
      'Los cuenta; no dice si son elogios, preguntas o enfado.',
      'Zenbatu egiten ditu; ez du esaten goraipamenak, galderak edo haserrea diren.',
      'Els compta; no diu si són elogis, preguntes o enuig.',
    ),
  },
  {
    formula: 'er_post',
    dimension: 'interest',
    unit: 'percent',
    name: proposed(
      'Interaction per post',
      'Interacción por publicación',
      'Elkarreragina argitalpen bakoitzeko',
      'Interacció per publicació',
    ),
    limits: proposed(
      'Anger is interaction, too.',
      'El enfado también es interacción.',
      'Haserrea ere elkarreragina da.',
      'L’enuig també és interacció.',
    ),
  },
  {
    formula: 'reach',
    dimension: 'reach',
    unit: 'count',
    name: proposed('Reach', 'Alcance', 'Irismena', 'Abast'),
    limits: proposed(
      'The network estimates it and does not say how. That it was seen does not mean it was understood.',
      'Lo calcula la red y no dice cómo. Que se vea no quiere decir que se entienda.',
      'Sareak kalkulatzen du, eta ez du esaten nola. Ikusteak ez du esan nahi ulertu denik.',
      'El calcula la xarxa i no diu com. Que es vegi no vol dir que s’entengui.',
    ),
  },
  {
    formula: 'response_rate',
    dimension: 'service',
    unit: 'percent',
    name: proposed(
      'Questions answered',
      'Preguntas respondidas',
      'Erantzundako galderak',
      'Preguntes respostes',
    ),
    limits: proposed(
      'It does not say whether the answer was good.',
      'No dice si la respuesta fue buena.',
      'Ez du esaten erantzuna ona izan den.',
      'No diu si la resposta va ser bona.',
    ),
  },
  {
    formula: 'alt_rate',
    dimension: 'accessibility',
    unit: 'percent',
    name: proposed(
      'Images with alternative text',
      'Imágenes con texto alternativo',
      'Ordezko testua duten irudiak',
      'Imatges amb text alternatiu',
    ),
    limits: proposed(
      'It does not say whether the text describes the image well.',
      'No dice si el texto describe bien la imagen.',
      'Ez du esaten testuak irudia ondo deskribatzen duen.',
      'No diu si el text descriu bé la imatge.',
    ),
  },
]
