/** How the tools of the demo’s catalogue are written: what most of them have in common is said once. */
import type { Person } from '@auzolan/shared/schema/fields.ts'
import { PEOPLE } from '../people.ts'
import { both } from '../sample-plan/writing.ts'

export const IT: Person = {
  id: 'informatika-arduraduna',
  name: PEOPLE.find(({ id }) => id === 'informatika-arduraduna')!.name,
}

interface Place {
  readonly activity: string
  readonly country: string
  readonly mechanism?: string
}
/** Places of one company, all by the same contract or the same page of theirs. */
export const placesOf = (
  provider: string,
  evidence: {
    readonly text: object
    readonly url: string
    readonly on: string
    readonly contractual: boolean
  },
  places: readonly Place[],
): object[] =>
  places.map((place, i) => ({
    id: `l${i + 1}`,
    mechanism: 'eea',
    ...place,
    provider,
    contractual: evidence.contractual,
    evidence: evidence.text,
    evidenceUrl: evidence.url,
    evidenceOn: evidence.on,
  }))

/** What runs in the cellar of the town hall. */
export const OWN_SERVERS = {
  places: placesOf(
    'Haranberriko Udala',
    {
      text: both('Zerbitzarien erregistroa', 'Registro de servidores'),
      url: 'https://www.haranberri.example/zerbitzariak',
      on: '2026-10-01',
      contractual: true,
    },
    [
      { activity: 'storage', country: 'ES' },
      { activity: 'processing', country: 'ES' },
      { activity: 'backup', country: 'ES' },
      { activity: 'support', country: 'ES' },
    ],
  ),
  legalEntity: 'Haranberriko Udala',
  companyCountry: 'ES',
  inTransit: 'yes',
  atRest: 'yes',
  keyCustody: 'customer_held',
  residency: 'contractual',
  legalFramework: both('DBEO eta ENS.', 'RGPD y ENS.'),
}

/** Certified with the servers that it runs on. */
export const OWN_CERTIFICATE = {
  confidentiality: 'medium',
  integrity: 'medium',
  traceability: 'low',
  authenticity: 'medium',
  availability: 'low',
  conformity: 'certificate',
  certificateCategory: 'medium',
  certificateBody: 'Ziurtagiri Etxea',
  certificateNumber: 'ENS-2026/0088',
  scopeCoversService: true,
  certificateIssuedOn: '2026-05-04',
  certificateExpiresOn: '2028-05-03',
  singleSignOn: 'yes',
  secondFactor: 'yes',
  provisioning: 'yes',
}

/** Nobody else offered anything but going on as before. */
export const ONLY_BY_HAND = [
  { id: 'a1', name: 'Ezer ez egitea / No hacer nada', verdict: both('Lana eskuz.', 'El trabajo, a mano.') },
]

export const test = (id: string, task: object, slow: number | null, unplugged: string): object => ({
  id,
  task,
  link: 'slow_3g',
  secondsNormal: 2,
  ...(slow === null ? { works: 'fails' } : { secondsSlow: slow, works: slow > 10 ? 'barely' : 'works' }),
  unplugged,
})

/** A row of texts, each with an id of its own. */
export const rows = (prefix: string, ...texts: readonly object[]): object[] =>
  texts.map((text, i) => ({ id: `${prefix}${i + 1}`, text }))
