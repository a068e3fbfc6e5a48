/** What the page says at its top: one sentence that can be quoted, and the one warning. Made of what is known, and different when that is not so. */
import { VERSION } from '@auzolan/shared/build.ts'
import type { DataAndServer } from '@auzolan/shared/protocol/kept.ts'
import { n, t } from '../../l10n.ts'
import { listed } from '../catalogue/words.ts'
import { checkName, momentWords, storesOf } from './words.ts'

/** The middle is what counts; the sentences after it stand on their own. */
export interface Sentence {
  readonly before: string
  readonly strong: string
  readonly after: string
  readonly more: readonly string[]
}
const around = (text: string, hole: string, strong: string, more: readonly string[]): Sentence => {
  const [before = '', after = ''] = text.split(hole)
  return { before, strong, after, more }
}

export function sentenceOf(told: DataAndServer): Sentence {
  const { shared } = told.server
  const more = [...(told.demo ? [] : [backupSentence(told)]), connectionsSentence(told)]
  if (told.demo)
    return around(
      t('This is a demo: everything is in {place}, and there is no Nextcloud.'),
      '{place}',
      shared ? t('one database') : t('one folder of this computer'),
      more,
    )
  if (shared)
    return around(
      t('Everything is in {place}, in Nextcloud, and on the devices of your staff.'),
      '{place}',
      t('one database'),
      more,
    )
  switch (told.nextcloud?.sameMachine) {
    case true:
      return around(
        t('Everything is on {machines}, which has Nextcloud too, and on the devices of your staff.'),
        '{machines}',
        t('one machine'),
        more,
      )
    case false:
      return around(
        t(
          'Everything is on {machines}, this server and that of Nextcloud, and on the devices of your staff.',
        ),
        '{machines}',
        t('two machines'),
        more,
      )
    default:
      return around(
        t(
          'Everything is on {machines} and on the devices of your staff; whether the two share a machine is not known yet.',
        ),
        '{machines}',
        t('this server, in Nextcloud'),
        more,
      )
  }
}

function connectionsSentence(told: DataAndServer): string {
  if (told.server.shared)
    return t('The server connects to these alone: {places}.', {
      places: listed([...storesOf(told), ...(told.demo ? [] : ['Nextcloud'])]),
    })
  return told.demo ? t('The server connects to nothing.') : t('The server connects to nothing but Nextcloud.')
}

function backupSentence({ backups: { made }, unreadSince, server: { shared } }: DataAndServer): string {
  if (shared) return t('Backups are made of the database, by whoever looks after it.')
  if (unreadSince !== null) return t('Where backups are cannot be read at the moment.')
  switch (made?.disk) {
    case 'same':
      return t('Backups are on the same disk as the data.')
    case 'other':
      return t('Backups are on another disk.')
    case 'unseen':
      return t('Backups are where this server cannot look.')
    default:
      return t('No backup is known.')
  }
}

export interface Warning {
  readonly title: string
  readonly text: string
  /** What to type on the machine of the server. */
  readonly command: string
  /** What puts it right is in the settings of Nextcloud. */
  readonly inNextcloud: boolean
}
const warning = (title: string, text: string, command = '', inNextcloud = false): Warning => ({
  title,
  text,
  command,
  inNextcloud,
})
const DOCTOR = 'auzolan-server doctor'

/** The worst first: only that one is shown, and the others are named. */
export function warningsOf(told: DataAndServer): readonly Warning[] {
  const { server, nextcloud, backups, unreadSince, asOf, demo } = told
  const { made, tested } = backups
  const found: Warning[] = []
  if (!server.writable)
    found.push(
      warning(
        t('Nothing can be written'),
        t('What people write stays on their devices until the server has room again.'),
        DOCTOR,
      ),
    )
  if (unreadSince !== null)
    found.push(
      warning(
        t('What is on the server cannot be read since {time}', { time: momentWords(unreadSince) }),
        asOf === null
          ? t('Sizes, checks and backups are not known.')
          : t('Sizes, checks and backups are of {time}.', { time: momentWords(asOf) }),
        DOCTOR,
      ),
    )
  if (nextcloud && nextcloud.standing !== 'ok') found.push(nextcloudWarning(nextcloud))
  const looked = told.checks.filter(({ check }) => check !== 'backups')
  const faulty = looked.filter(({ state }) => state === 'fault' || state === 'warning')
  if (faulty.length > 0)
    found.push(
      warning(
        n('%n of {all} checks needs a look', '%n of {all} checks need a look', faulty.length, {
          all: looked.length,
        }),
        `${listed(faulty.map(({ check }) => checkName(check)))}.`,
        DOCTOR,
      ),
    )
  // The demo is nobody's data, and of a database that servers share others make backups.
  if (!demo && !server.shared && unreadSince === null) found.push(...backupWarnings(made, tested))
  if (server.version !== VERSION)
    found.push(
      warning(
        t('This page and the server are of different versions'),
        t('Page {page}, server {server}: reload the page.', { page: VERSION, server: server.version }),
      ),
    )
  return found
}

function nextcloudWarning({ standing, standingSince }: NonNullable<DataAndServer['nextcloud']>): Warning {
  const since = t('Since {time}. People can go on working; what is for Nextcloud waits.', {
    time: momentWords(standingSince),
  })
  switch (standing) {
    case 'maintenance':
      return warning(t('Nextcloud is in maintenance'), since)
    case 'secrets differ':
      return warning(t('Nextcloud does not take what the server signs'), since, '', true)
    case 'unknown':
      return warning(t('Not known yet whether the server reaches Nextcloud'), since, '', true)
    default:
      return warning(t('The server does not reach Nextcloud'), since, '', true)
  }
}

function backupWarnings(
  made: DataAndServer['backups']['made'],
  tested: DataAndServer['backups']['tested'],
): readonly Warning[] {
  if (!made)
    return [
      warning(
        t('No backup is known'),
        t('Every night, to another disk:'),
        'auzolan-server backup --to /backups --keep 14',
      ),
    ]
  const found: Warning[] = []
  const verify = `auzolan-server verify ${made.path}`
  if (made.late)
    found.push(
      warning(
        t('The last backup is of {time}', { time: momentWords(made.at) }),
        t('Does the timer still run?'),
        'systemctl list-timers',
      ),
    )
  if (made.faults > 0)
    found.push(
      warning(
        n('%n file is missing in the last backup', '%n files are missing in the last backup', made.faults),
        t('They were damaged before it was made.'),
        DOCTOR,
      ),
    )
  if (tested && tested.faults > 0)
    found.push(
      warning(
        t('The backup that was tried out is not whole'),
        t('Make another one, and try it out:'),
        verify,
      ),
    )
  else if (!tested)
    found.push(
      warning(
        t('No backup was ever tried out here'),
        t('Only then is it known to be one. Once a month:'),
        verify,
      ),
    )
  else if (tested.late)
    found.push(
      warning(
        t('No backup was tried out since {time}', { time: momentWords(tested.at) }),
        t('Once a month:'),
        verify,
      ),
    )
  if (made.disk === 'same')
    found.push(
      warning(
        t('Backups are on the same disk as the data'),
        t('When it fails, both are gone. Have them made to another one:'),
        'auzolan-server backup --to …',
      ),
    )
  return found
}
