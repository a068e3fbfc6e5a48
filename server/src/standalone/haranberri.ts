/** The invented municipality of the demo (DOMAIN §G): what an empty data folder is filled with. */
import { Readable } from 'node:stream'
import { newUuid, type PersonId } from '@auzolan/shared/ids.ts'
import { UNDESCRIBED, type OrganisationFacts } from '@auzolan/shared/protocol/organisation.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Claims } from '../access/claims.ts'
import type { Files } from '../files/files.ts'
import type { FigureRows } from '../figures/figures.ts'
import { columnsOf, writeMention } from '../heard/heard-rows.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { Calendars } from '../posts/calendars.ts'
import { PEOPLE } from './people.ts'
import type { EvaluatedPorts } from './sample-decided.ts'
import { evaluateSamples } from './sample-evaluated.ts'
import { haranberriCalendar } from './sample-calendar.ts'
import { haranberriFigures } from './sample-figures.ts'
import { knowSamples, type KnownPorts } from './sample-known.ts'
import { haranberriMentions } from './sample-mentions.ts'
import { HARANBERRI_PLAN } from './sample-plan.ts'
import { PICTURES } from './sample-pictures.ts'
import { publishSamples } from './sample-published.ts'
import { COMMUNICATIONS } from './sample-plan/writing.ts'

const HARANBERRI: OrganisationFacts = {
  ...UNDESCRIBED,
  name: { eu: 'Haranberriko Udala', es: 'Ayuntamiento de Haranberri' },
  languages: ['eu', 'es'],
  departments: [
    { id: 'komunikazioa', name: { eu: 'Komunikazioa', es: 'Comunicación' } },
    { id: 'kultura', name: { eu: 'Kultura', es: 'Cultura' } },
    { id: 'gazteria', name: { eu: 'Gazteria', es: 'Juventud' } },
    { id: 'ingurumena', name: { eu: 'Ingurumena', es: 'Medio ambiente' } },
    { id: 'informatika', name: { eu: 'Informatika', es: 'Informática' } },
    { id: 'idazkaritza', name: { eu: 'Idazkaritza', es: 'Secretaría' } },
    { id: 'giza-baliabideak', name: { eu: 'Giza Baliabideak', es: 'Recursos Humanos' } },
  ],
  website: 'https://www.haranberri.example',
  transparencyUrl: 'https://gardena.haranberri.example',
  dpoMailbox: 'dbo@haranberri.example',
  namingPattern: '{org}[_{dept}]',
  holidays: [{ id: 'eguberri', name: 'Eguberri', from: '2026-12-25', to: '2026-12-25' }],
  approvalRoutes: [{ type: 'plan', opinions: ['language', 'legal'] }],
  // A small town hall: one person, some hours a week [SEED L281].
  toolWatch: {
    person: { id: 'informatika-arduraduna', name: 'Informatika-arduraduna' },
    department: 'informatika',
    hoursPerWeek: 5,
  },
}

const BY_COMMUNICATIONS: Claims = {
  person: COMMUNICATIONS.id as PersonId,
  name: COMMUNICATIONS.name,
  groups: [],
  teams: [],
  language: 'eu',
  admin: false,
  issuedAt: 0,
}

export interface SeedPorts extends EvaluatedPorts, KnownPorts {
  readonly organisation: DescribedOrganisation
  readonly calendars: Calendars
  readonly files: Files
  readonly figures: FigureRows
}

/** While it is there, the folder is half filled. */
const UNFINISHED = 'demo_unfinished'

/** Fills an empty data folder once; a folder that already has an organisation is left alone. */
export async function seedHaranberri(ports: SeedPorts): Promise<void> {
  const { clock, documents, teams, organisation, calendars, files, figures, journal } = ports
  const { departments, version } = await organisation.read()
  const unfinished = await journal.rows
    .selectFrom('setting')
    .select('key')
    .where('key', '=', UNFINISHED)
    .executeTakeFirst()
  if (departments.length > 0 && !unfinished) return
  if (departments.length === 0) {
    // An interrupted first start is seeded again instead of staying half empty.
    if (!unfinished)
      await journal.transact((rows) =>
        rows.insertInto('setting').values({ key: UNFINISHED, value: '' }).execute(),
      )
    // Whoever scores is of one of its departments.
    await clock.on('2025-01-07', () =>
      organisation.change(HARANBERRI, version, COMMUNICATIONS.id as PersonId),
    )
  }
  const members = PEOPLE.flatMap(({ id, name, role, department, expertise }) =>
    role ? [{ principal: { kind: 'person' as const, id }, name, roles: [role], department, expertise }] : [],
  )
  const teamId = await clock.on('2025-01-13', () =>
    teams.create(
      {
        name: { eu: 'Sare sozialen lantaldea', es: 'Equipo de redes sociales' },
        departments: ['komunikazioa', 'kultura', 'gazteria'],
      },
      members,
    ),
  )
  // After the team of the plan, since whoever is in both begins in the older one; before the plan, since what was edited last stands first.
  await evaluateSamples(ports)
  const today = localTime(new Date(), HARANBERRI.timeZone).day
  await knowSamples(ports, today)
  const plan = await documents.create({
    teamId,
    languages: HARANBERRI.languages,
    template: HARANBERRI_PLAN,
    by: COMMUNICATIONS.id as PersonId,
    calendar: haranberriCalendar(today),
    ofOrganisation: true,
  })
  const at = new Date().toISOString()
  const { id: person, name } = COMMUNICATIONS
  const { calendar } = await calendars.read(plan)
  await journal.transact(async (rows) => {
    await publishSamples(rows, plan, calendar, { at, timeZone: HARANBERRI.timeZone })
    for (const { id, ...terms } of haranberriMentions(today)) {
      const noted = { noted_by: person, noted_by_name: name, noted_at: at }
      const row = { id, document: plan, ...columnsOf(terms), revision: 1, worded: 1, ...noted }
      await writeMention(rows, row, { actor: person, action: 'mention.add', at })
    }
  })
  // On a full disk the demo begins without them.
  for (const { bytes, name, sha256 } of Object.values(PICTURES))
    await files.take(BY_COMMUNICATIONS, plan, { sha256, name, length: bytes.length }, Readable.from([bytes]))
  for (const month of haranberriFigures()) {
    const given = { id: newUuid(), source: 'manual', figures: month } as const
    const refused = await figures.enter(BY_COMMUNICATIONS, plan, given)
    if (refused) throw new Error(`The figures of the demo: ${refused.detail}`)
  }
  await journal.transact((rows) => rows.deleteFrom('setting').where('key', '=', UNFINISHED).execute())
}
