/**
 * Which place a heading of today's plans means. Entries are words in Spanish, Basque, Catalan and English, without
 * accents; `*` stands for the rest of a word. Of the entries in a heading the longest counts.
 */
import { ANNEX, OUT, isListed, type Place } from './places.ts'
import type { Part } from './parts.ts'

const WORDS: readonly (readonly [Place, string])[] = [
  // No section has a running text for these, or they are about the document itself.
  [
    ANNEX,
    'privacidad|proteccion de datos|datos personales|pribatutasun*|datu* babes*|datuen babesa|privacitat|proteccio de dades|privacy|data protection',
  ],
  [ANNEX, 'formacion|capacitacion|prestakuntza*|trebakuntza|formacio|training'],
  [
    ANNEX,
    'crisis|protocolo de crisis|gestion de crisis|krisi*|krisi protokoloa|crisi|protocol de crisi|crisis annex|crisis protocol',
  ],
  [
    ANNEX,
    'escucha|escucha activa|reputacion|reputacion digital|monitorizacion|entzutea|entzute aktiboa|ospe*|ospe digitala|monitorizazioa|escolta|escolta activa|reputacio|reputacio digital|listening|social listening|reputation',
  ],
  [ANNEX, 'anexo*|eranskin*|annex*|anex*|appendix|appendices|glosario|glosari*|bibliografia'],
  [
    ANNEX,
    'plan de redes sociales|plan de social media|plan de comunicacion|sare sozial* plana|komunikazio plana|pla de xarxes socials|pla de comunicacio|social media plan',
  ],

  [
    'identity.sponsorStatement',
    'identificacion|identificacion y patrocinio|compromiso*|apoyo|apoyo institucional|patrocini*|respaldo|identifikazioa*|konpromiso*|babes*|sostengu*|identificacio|compromis*|suport|suport institucional|identification and sponsorship|sponsor*|commitment',
  ],
  [
    'identity.strategy',
    'estrategi*|mision|vision|mision y vision|introduccion|presentacion|contexto|marco general|analisis de la situacion|diagnostico|sarrera|aurkezpen*|testuingur*|estrategia*|misio*|egoeraren azterketa|introduccio|presentacio|context|estrategia|missio|visio|diagnosi|strategy|introduction|background|mission',
  ],
  [
    'identity.lessons',
    'lecciones aprendidas|plan anterior|evaluacion del plan anterior|balance|experiencia previa|aurreko plana*|aurreko planaren ebaluazioa|ikasitakoa*|pla anterior|avaluacio del pla anterior|lessons learned|lessons|previous plan',
  ],

  [
    'planning.whoAnswer',
    'responsable*|organizacion|gestion|gobernanza|quien|quienes|arduradun*|antolaketa|antolamendua|kudeaketa|nor|organitzacio|governanca|gestio|qui|organisation|organization|governance|who|responsibilit*',
  ],
  [
    'purposes',
    'objetivo*|fines|finalidad*|proposito*|metas|para que|helburu*|xede|xedeak|asmoak|zertarako|objectiu*|finalitat*|proposit*|per a que|goals|objectives|purposes|aims|what for',
  ],
  [
    'planning.whyAnswer',
    'por que|justificacion|las cuatro preguntas|lau galderak|les quatre preguntes|zergatik|justifikazio*|per que|justificacio|why|rationale|four questions|evaluacion|indicador*|medicion|metricas|seguimiento|evaluacion y seguimiento|ebaluazio*|adierazle*|neurketa|jarraipen*|avaluacio|mesura|seguiment|evaluation|indicators|measurement|monitoring',
  ],
  [
    'audiences',
    'publico*|publico* objetivo|audiencia*|destinatari*|grupos de interes|a quien|publiko*|xede publiko*|xede talde*|hartzaile*|entzuleria*|nori|norentzat|public*|public objectiu|publics objectiu|audiencies|a qui|audience*|target audience*|target group*|stakeholders|whom',
  ],
  [
    'planning.whereAnswer',
    'redes|redes sociales|que redes|eleccion de redes|seleccion de redes|canales|plataformas|presencia en redes|sareak|sare sozial*|zein sare*|sareen hautaketa|kanalak|xarxes|xarxes socials|quines xarxes|canals|plataformes|social networks|which networks|networks|channels|platforms',
  ],
  [
    'principles.editorialLine',
    'principios|principios y tono|valores|tono|tono y estilo|linea editorial|guia de estilo|estilo|voz|contenidos|printzipio*|balio*|tonu*|estilo gida*|estilo*|lerro editorial*|ildo editorial*|edukiak|principis|valors|to|to i estil|linia editorial|guia d estil|estil|continguts|principles|values|tone|tone of voice|editorial line|style guide|style|contents',
  ],

  [
    'profiles',
    'perfil*|perfiles oficiales|cuentas|inventario de perfiles|profil*|kontuak|perfils|comptes|profiles|accounts',
  ],
  [
    'identityKit.writing',
    'identidad|identidad de los perfiles|identidad visual|imagen corporativa|marca|nombres de usuario|idiomas|lenguas|criterios linguisticos|uso de las lenguas|uso del euskera|identitate*|nortasun*|profilen nortasuna|profilen identitatea|irudi korporatiboa|marka*|hizkuntz*|hizkuntza irizpide*|identitat|identitat visual|imatge corporativa|llengues|criteris linguistics|identity|identity of the profiles|branding|languages',
  ],
  [
    'team.continuity',
    'equipo|equipo y roles|roles|community manager*|vacaciones|continuidad|relevos|talde*|lantalde*|rolak|oporrak|jarraitutasun*|equip|rols|vacances|continuitat|team|holidays|continuity|handover',
  ],
  [
    'staffGuidance.enjoy',
    'recomendaciones|recomendaciones para el personal|recomendaciones al personal|uso personal|empleados publicos|empleadas publicas|gomendio*|langileentzako gomendioak|langileentzat*|erabilera pertsonala|recomanacions|recomanacions per al personal|us personal|recommendations|recommendations for staff|personal use|staff',
  ],
  [
    'rights.others',
    'derechos|derechos y licencias|autoria|derechos de autor|propiedad intelectual|licencias|eskubide*|eskubideak eta lizentziak|egile eskubideak|egiletza|jabetza intelektuala|lizentzia*|drets|drets i llicencies|drets d autor|propietat intellectual|llicencies|rights|rights and licences|copyright|licences',
  ],
  [
    'rights.people',
    'derechos de imagen|derecho a la propia imagen|consentimiento*|menores|irudi eskubide*|baimenak|adingabe*|drets d imatge|consentiment*|menors|image rights|people in pictures|consent|minors',
  ],
  [
    'rights.generated',
    'inteligencia artificial|adimen artifizial*|intelligencia artificial|artificial intelligence',
  ],
  [
    'participation.commitment',
    'participacion|normas de participacion|normas de uso|normas|moderacion|politica de moderacion|netiqueta|respuestas|atencion a la ciudadania|interaccion|parte hartze*|parte hartzeko arauak|partaidetza*|arauak|moderazio*|erantzunak|participacio|normes de participacio|normes|moderacio|respostes|participation|participation norms|moderation|community guidelines|netiquette|answers',
  ],
]

interface Entry {
  readonly place: Place
  readonly words: readonly string[]
  readonly letters: number
}
const ENTRIES: readonly Entry[] = WORDS.flatMap(([place, list]) =>
  list
    .split('|')
    .map((entry) => ({ place, words: entry.split(' '), letters: entry.replace('*', '').length })),
)

/** Small letters without accents, one space between words. */
const bare = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('l·l', 'll')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** Null when no heading of ours is meant. */
export function placeOfHeading(title: string): Place | null {
  const words = bare(title)
  const isWord = (word: string | undefined, wanted: string): boolean =>
    word !== undefined && (wanted.endsWith('*') ? word.startsWith(wanted.slice(0, -1)) : word === wanted)
  const found = ENTRIES.filter((entry) =>
    words.some((_, at) => entry.words.every((wanted, i) => isWord(words[at + i], wanted))),
  )
  // A word of three letters ("who", "to") means something only when it is the whole heading.
  const meant = found.filter(({ letters, words: own }) => letters > 3 || own.length === words.length)
  return (
    meant.reduce<Entry | null>((best, one) => (best && best.letters >= one.letters ? best : one), null)
      ?.place ?? null
  )
}

/** A place for each part: what its heading means, else where the part above it goes; what fits nowhere, to the annex. */
export function proposedPlaces(parts: readonly Part[]): Place[] {
  const above: { level: number; place: Place }[] = []
  return parts.map(({ kind, title, level }) => {
    if (kind === 'contents' || kind === 'deleted') return OUT
    if (kind !== 'heading' || level === 0) return ANNEX
    while (above.length > 0 && above.at(-1)!.level >= level) above.pop()
    const parent = above.at(-1)?.place
    const own = placeOfHeading(title)
    // Under "Objectives", "Specific objectives" are more of them; under a section, its own word counts.
    const place = parent !== undefined && isListed(parent) && own === null ? parent : (own ?? parent ?? ANNEX)
    above.push({ level, place })
    return place
  })
}

const COMMON: { readonly [language: string]: readonly string[] } = {
  es: 'de la el los las y en del con para por una que se al es como'.split(' '),
  eu: 'eta da du dira dute ere izan bat baina hau egin edo behar dugu zer gure'.split(' '),
  ca: 'de la el els les i en del amb per a una que es als dels com'.split(' '),
  en: 'the of and to in for with that is are on our we by as from'.split(' '),
}

/** Of the languages of the plan, the one whose small words stand in the text most; the first when none do. */
export function languageOf(text: string, languages: readonly string[]): string {
  const words = text
    .slice(0, 20_000)
    .toLowerCase()
    .split(/[^\p{L}]+/u)
  const score = (language: string): number => {
    const common = new Set(COMMON[language] ?? [])
    return words.filter((word) => common.has(word)).length
  }
  return languages.reduce((best, one) => (score(one) > score(best) ? one : best), languages[0] ?? '')
}
