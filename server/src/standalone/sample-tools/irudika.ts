/** «Irudika»: posters and pictures, free of charge, on the other side of the sea; with conditions, and never with data of people (DOMAIN G.3). */
import type { Template } from '../../compaction/tasks.ts'
import { both } from '../sample-plan/writing.ts'
import { ONLY_BY_HAND, placesOf, rows, test } from './writing.ts'

const PAGE = {
  text: both('Pribatutasun-orria', 'Página de privacidad'),
  url: 'https://irudika.example/privacy',
  on: '2026-11-03',
  contractual: false,
}

export const IRUDIKA: Template = {
  tool: {
    title: both('Irudika: kartelak eta irudiak', 'Irudika: carteles e imágenes'),
    toolName: 'Irudika',
    versionOrPlan: 'Free',
    url: 'https://irudika.example/',
    vendor: 'Irudika Inc.',
    description: both(
      'Kartelak, aurkezpenak eta sareetarako irudiak.',
      'Carteles, presentaciones e imágenes para redes.',
    ),
    intendedUse: both(
      'Ekitaldien kartelak eta sareetarako irudiak norberak prestatzea.',
      'Preparar uno mismo los carteles de los actos y las imágenes para redes.',
    ),
    category: 'presentations',
    deployment: 'saas',
    cloudModel: 'public',
    serviceModel: 'saas',
    scalesWithNeed: 'yes',
    avoidsInvestment: 'yes',
    dataUnderOurControl: 'no',
    evaluatedOn: '2026-11-05',
    departments: ['kultura'],
  },
  need: {
    need: both('Kartel txukunak egitea diseinatzailerik gabe.', 'Hacer carteles dignos sin diseñador.'),
    whoNeedsIt: ['kultura', 'gazteria'],
    today: both('Testu-editorearekin.', 'Con el editor de textos.'),
    alternatives: ONLY_BY_HAND,
    individual: both('Kartel bat ordubetean.', 'Un cartel en una hora.'),
    collective: both('Denek itxura bera.', 'Todos, la misma imagen.'),
  },
  useLevel: {
    level: 'individual',
    ownBackup: both(
      'Amaitutakoa PDFn gordetzen da, sailaren karpetan.',
      'Lo acabado se guarda en PDF, en la carpeta del departamento.',
    ),
  },
  features: {
    classes: ['present'],
    cooperation: ['citizens'],
    tags: both('kartelak, irudiak, diseinua', 'carteles, imágenes, diseño'),
  },
  cost: { model: 'free', priceStability: 'unknown' },
  dataLocation: {
    places: placesOf('Irudika Inc.', PAGE, [
      { activity: 'storage', country: 'US', mechanism: 'dpf' },
      { activity: 'processing', country: 'US', mechanism: 'dpf' },
      { activity: 'delivery', country: 'US', mechanism: 'dpf' },
    ]).map((place) => ({ ...place, dpfCheckedOn: '2026-11-03' })),
    legalEntity: 'Irudika Inc.',
    companyCountry: 'US',
    extraterritorial: ['us_cloud_act', 'us_fisa_702'],
    inTransit: 'yes',
    atRest: 'yes',
    keyCustody: 'provider',
    residency: 'none',
  },
  dataProtection: { dataClasses: ['public'] },
  access: {
    devices: ['windows', 'macos', 'linux', 'android', 'ios'],
    browserOnly: true,
    offline: 'none',
    conflicts: 'last_write_wins',
    linkTests: [test('t1', both('Kartel bat irekitzea', 'Abrir un cartel'), null, 'all_lost')],
  },
  balance: {
    uses: rows(
      'u',
      both('Ekitaldien kartelak', 'Carteles de actos'),
      both('Sareetarako irudiak', 'Imágenes para redes'),
    ),
    precautions: [
      {
        id: 'c1',
        text: both(
          'Argazkietan inor ezagutu badaiteke, ez igo.',
          'Si en las fotos se reconoce a alguien, no subirlas.',
        ),
        severity: 'high',
        mitigation: both('Marrazkiak edo jenderik gabeko argazkiak.', 'Dibujos o fotos sin gente.'),
        levels: ['individual'],
      },
    ],
    jobAdvantages: rows('j', both('Txantiloiak prest daude.', 'Las plantillas están listas.')),
    institutionAdvantages: rows('i', both('Diseinu-lanik ez kanpora.', 'Sin encargar diseño fuera.')),
  },
  decision: {
    outcome: 'recommended_with_conditions',
    allowedDataClasses: ['public'],
    allowedLevels: ['individual'],
    conditions: [
      {
        id: 'k1',
        text: both('Inoren argazkirik eta izenik ez igotzea.', 'No subir fotos ni nombres de nadie.'),
        owner: { id: 'kultura-cm', name: 'Kulturako komunitate-kudeatzailea' },
        dueOn: '2026-12-31',
      },
    ],
    justification: both(
      'Kartelentzat balio du; doakoa eta kontraturik gabea denez, datu pertsonalik gabe bakarrik.',
      'Para carteles sirve; al ser gratuita y sin contrato, solo sin datos personales.',
    ),
    departmentsUsing: ['kultura'],
  },
}
