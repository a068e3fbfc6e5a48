/** What is kept, in words: kinds, places, how long, what protects it. */
import { mdiBackupRestore, mdiCloudOutline, mdiLaptop, mdiServerOutline } from '@mdi/js'
import type {
  CallPurpose,
  CheckId,
  DataAndServer,
  KindId,
  KindNow,
  Place,
  Protection,
} from '@auzolan/shared/protocol/kept.ts'
import { formatMoment, formatNumber, formatTime, isToday, n, t } from '../../l10n.ts'

export const PLACE_ICONS: { readonly [place in Place]: string } = {
  devices: mdiLaptop,
  nextcloud: mdiCloudOutline,
  server: mdiServerOutline,
  backups: mdiBackupRestore,
}

export function placeName(place: Place): string {
  switch (place) {
    case 'devices':
      return t('Devices of the staff')
    case 'nextcloud':
      return 'Nextcloud'
    case 'server':
      return t('Auzolan server')
    case 'backups':
      return t('Backups')
  }
}

export function placeHolds(place: Place): string {
  switch (place) {
    case 'devices':
      return t('Copies of what they have opened, and what is on its way')
    case 'nextcloud':
      return t('People and their groups, notices, the archive of approved versions')
    case 'server':
      return t('Texts, versions, receipts, scores, pictures')
    case 'backups':
      return t('Everything that is on the server, as it was at one moment')
  }
}

export const kindNames = (): { readonly [id in KindId]: string } => ({
  texts: t('Texts as they are written, with calendar and comments'),
  traces: t('Who wrote, who commented, who was told'),
  versions: t('Versions, decisions, opinions and receipts'),
  delegations: t('Decisions put into other hands'),
  posts: t('What became of posts, profiles and courses'),
  figures: t('Figures of profiles'),
  scores: t('Score sheets'),
  heard: t('What is said of us, and what was moderated'),
  consents: t('Consents of people who are shown'),
  files: t('Pictures, films and captions'),
  tools: t('What is known of tools in use'),
  suggestions: t('Tools that somebody has named'),
  own: t('What each person has read, and wants to be told'),
  people: t('Names of accounts, and which have ended'),
  teams: t('Teams and their members'),
  organisation: t('The organisation, its lists and weights'),
  audit: t('Audit log'),
  outbox: t('What waits for Nextcloud, and what it was told'),
  passes: t('Passes that were used or withdrawn'),
  search: t('Index of the search'),
  keys: t('Key that signs receipts'),
  upgradeCopies: t('Copies from before an upgrade'),
  technical: t('Free room, and files of the running server'),
  archive: t('Archive of approved versions'),
  told: t('Notices, and lines in the audit log of Nextcloud'),
  settings: t('Settings of the app, and the secret it shares'),
  copies: t('Copies of what they have opened, and what is on its way'),
  archives: t('Backups of the server'),
})

/** Where it is, when the server can name neither a table nor a file. */
export function whereWords({ id, place }: KindNow): string {
  if (id === 'archive') return t('The folder that was chosen in the settings of Nextcloud')
  switch (place) {
    case 'devices':
      return t('The browser of each person')
    case 'backups':
      return t('Not known')
    default:
      return placeName(place)
  }
}

/** What there is of it, where it is counted in something that people count; else ''. */
export function countWords({ id, count }: KindNow): string {
  if (count === null) return ''
  switch (id) {
    case 'texts':
      return n('%n document', '%n documents', count)
    case 'versions':
      return n('%n version', '%n versions', count)
    case 'figures':
      return n('%n figure', '%n figures', count)
    case 'scores':
      return n('%n sheet', '%n sheets', count)
    case 'heard':
      return n('%n mention', '%n mentions', count)
    case 'consents':
      return n('%n consent', '%n consents', count)
    case 'files':
      return n('%n file', '%n files', count)
    case 'suggestions':
      return n('%n tool', '%n tools', count)
    case 'people':
      return n('%n account', '%n accounts', count)
    case 'teams':
      return n('%n team', '%n teams', count)
    case 'audit':
      return n('%n row', '%n rows', count)
    case 'outbox':
      return n('%n waits', '%n wait', count)
    case 'upgradeCopies':
      return n('%n copy', '%n copies', count)
    case 'archives':
      return n('%n backup', '%n backups', count)
    default:
      return ''
  }
}

export function keptWords({ kept }: KindNow): string {
  switch (kept.rule) {
    case 'document':
      return t('As long as its document, and {days} days in the trash', { days: kept.trashDays })
    case 'always':
      return t('For good')
    case 'documentOrAlways':
      return t('As long as its document; what is of a whole team, for good')
    case 'words':
      return t(
        'Words and addresses {months} months, or as the plan says; what is counted, as long as its document',
        { months: kept.months },
      )
    case 'named':
      return t('As long as a document shows it, and {days} days more', { days: kept.days })
    case 'takenBack':
      return t('Until whoever said it takes it back')
    case 'account':
      return t('Until the account has ended, or the document is gone')
    case 'takenOut':
      return t('Until somebody takes it out')
    case 'delivered':
      return t('Until Nextcloud has it; what it refuses, {aside} days; that it was told, {told} at most', {
        aside: kept.asideDays,
        told: kept.toldDays,
      })
    case 'hours':
      return t('{hours} hours, and until the next one comes', { hours: kept.hours })
    case 'days':
      return t('{days} days, and until the next start', { days: kept.days })
    case 'passing':
      return t('While it is of use')
    case 'nextcloud':
      return t('As long as Nextcloud is told to')
    case 'browser':
      return t(
        'Until signing out of Nextcloud in that browser, or until its data of this website are deleted',
      )
    case 'backups':
      return t('As long as the command that makes them is told to')
  }
}

/** @param closed whether the folder has been seen to be closed to other accounts of the machine */
export function protectionWords(protection: Protection, closed: boolean): string {
  switch (protection) {
    case 'account':
      return closed ? t('For the account of the server alone') : t('Not known who else can open it there')
    case 'database':
      return t('For whoever may read the database')
    case 'signed':
      return t('Signed, with its hash')
    case 'sealed':
      return t('Sealed until they are revealed')
    case 'pseudonym':
      return t('Under pseudonyms')
    case 'chained':
      return t('Chained: what is changed shows')
    case 'own':
      return t('Shown to nobody else')
    case 'nextcloud':
      return t('As Nextcloud protects what is its own')
    case 'device':
      return t('As the device is protected; not encrypted besides')
    case 'encrypted':
      return t('Encrypted; the server cannot read them')
    case 'plain':
      return t('Not encrypted')
  }
}
/** What the server connects to beside Nextcloud. */
export const storesOf = ({ server: { shared } }: DataAndServer): readonly string[] =>
  shared ? [t('its database'), ...(shared.bus === null ? [] : [`Redis (${shared.bus})`])] : []

export const isFolderClosed = ({ checks }: DataAndServer): boolean =>
  checks.some(({ check, state }) => check === 'folder' && state === 'ok')

export function purposeWords(what: CallPurpose): string {
  switch (what) {
    case 'ping':
      return t('Whether it answers, and has the same secret')
    case 'users':
      return t('Who somebody is, and in which groups')
    case 'notify':
      return t('Notices to people, and lines for its audit log')
    case 'archive':
      return t('Approved versions for the archive')
    case 'other':
      return t('Something else')
  }
}

export function checkName(check: CheckId): string {
  switch (check) {
    case 'settings':
      return t('settings')
    case 'program':
      return t('program')
    case 'folder':
      return t('folder of the data')
    case 'disk':
      return t('disk')
    case 'keys':
      return t('keys')
    case 'queues':
      return t('what waits for Nextcloud')
    case 'backups':
      return t('backups')
  }
}

/** In the units of the command line, which counts by 1,024. */
export function bytesWords(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB']
  let [amount, unit] = [bytes, 0]
  while (amount >= 1024 && unit < units.length - 1) [amount, unit] = [amount / 1024, unit + 1]
  const rounded = amount >= 10 || unit === 0 ? Math.round(amount) : Math.round(amount * 10) / 10
  return `${formatNumber(rounded)} ${units[unit]!}`
}

export const momentWords = (at: string): string =>
  isToday(at) ? t('Today, {time}', { time: formatTime(at) }) : formatMoment(at)
