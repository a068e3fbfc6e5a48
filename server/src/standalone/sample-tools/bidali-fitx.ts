/** «Bidali Fitx»: files sent through nobody knows where, not recommended (DOMAIN G.3). */
import type { Template } from '../../compaction/tasks.ts'
import { both } from '../sample-plan/writing.ts'
import { rows, test } from './writing.ts'

export const BIDALI_FITX: Template = {
  tool: {
    title: both('Bidali Fitx: fitxategi handiak bidaltzeko', 'Bidali Fitx: para enviar ficheros grandes'),
    toolName: 'Bidali Fitx',
    versionOrPlan: 'Doakoa',
    url: 'https://bidalifitx.example/',
    vendor: 'Bidali Fitx',
    description: both('Fitxategi bat igo, eta esteka bat ematen du.', 'Se sube un fichero y da un enlace.'),
    intendedUse: both(
      'Postan sartzen ez diren fitxategiak bidaltzea.',
      'Enviar ficheros que no caben en el correo.',
    ),
    category: 'storage',
    deployment: 'saas',
    cloudModel: 'public',
    serviceModel: 'saas',
    scalesWithNeed: 'unknown',
    avoidsInvestment: 'yes',
    dataUnderOurControl: 'no',
    evaluatedOn: '2026-11-10',
    departments: ['informatika'],
  },
  need: {
    need: both('Planoak eta bideoak kanpora bidaltzea.', 'Enviar planos y vídeos fuera.'),
    whoNeedsIt: ['kultura', 'ingurumena'],
    today: both('Doako webguneekin, bakoitzak berea.', 'Con webs gratuitas, cada cual la suya.'),
    alternatives: [
      {
        id: 'a1',
        name: 'Nextcloud',
        verdict: both(
          'Esteka bat ematen du, pasahitzarekin eta iraungitze-egunarekin.',
          'Da un enlace, con contraseña y fecha de caducidad.',
        ),
      },
    ],
    individual: both('Azkarra da.', 'Es rápido.'),
    collective: both('Bat ere ez.', 'Ninguna.'),
  },
  useLevel: {
    level: 'individual',
    ownBackup: both('Jatorrizkoa norberak gordetzen du.', 'El original lo guarda cada cual.'),
  },
  features: {
    classes: ['share'],
    cooperation: ['other_administrations', 'citizens'],
    tags: both('fitxategiak bidali', 'enviar ficheros'),
  },
  cost: { model: 'free', priceStability: 'unknown' },
  dataLocation: {
    places: [
      { id: 'l1', activity: 'storage', country: 'unknown', provider: 'Bidali Fitx' },
      { id: 'l2', activity: 'processing', country: 'unknown', provider: 'Bidali Fitx' },
    ],
    legalEntity: 'Bidali Fitx',
    companyCountry: 'unknown',
    inTransit: 'yes',
    atRest: 'unknown',
    keyCustody: 'provider',
    residency: 'none',
  },
  dataProtection: {
    dataClasses: ['internal', 'personal_staff'],
    volume: both('Ez dakigu.', 'No lo sabemos.'),
    ourRole: 'controller',
    providerRole: 'independent_controller',
  },
  access: {
    devices: ['windows', 'macos', 'linux', 'android', 'ios'],
    browserOnly: true,
    offline: 'none',
    conflicts: 'none',
    linkTests: [test('t1', both('10 MB igotzea', 'Subir 10 MB'), null, 'all_lost')],
  },
  balance: {
    uses: rows('u', both('Fitxategi handiak bidaltzea', 'Enviar ficheros grandes')),
    precautions: [
      {
        id: 'c1',
        text: both(
          'Ez dakigu non gordetzen den, ez noiz arte.',
          'No sabemos dónde se guarda, ni hasta cuándo.',
        ),
        severity: 'high',
        mitigation: both('Ez erabili.', 'No usarla.'),
        levels: ['individual'],
      },
    ],
    jobAdvantages: rows('j', both('Konturik ez da behar.', 'No hace falta cuenta.')),
    institutionAdvantages: rows('i', both('Bat ere ez.', 'Ninguna.')),
  },
  decision: {
    outcome: 'not_recommended',
    justification: both(
      'Ez du esaten datuak non dauden, eta ez dago kontraturik.',
      'No dice dónde están los datos, y no hay contrato.',
    ),
    useInstead: both(
      'Nextcloudeko partekatze-esteka, pasahitzarekin.',
      'El enlace compartido de Nextcloud, con contraseña.',
    ),
  },
}
