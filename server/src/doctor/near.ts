/** Whom the server talks to: whether it runs, and how it gets on with its Nextcloud. */
import { VERSION } from '@auzolan/shared/build.ts'
import { CLOCK_LEEWAY_S } from '@auzolan/shared/limits.ts'
import type { Config } from '../config.ts'
import { nextcloudOf } from '../nextcloud/nextcloud.ts'
import { askNear } from './ask.ts'
import { fault, ok, skipped, warning, type Look } from './finding.ts'

/** Whether it runs where the settings say, and takes edits. That it does not run is no fault: perhaps it is to be started. */
export async function running(config: Config): Promise<Look> {
  const place = config.socket ?? `port ${config.port}`
  const health = await askNear(config, '/healthz')
  if (health === null)
    return warning(
      `Nothing answers at ${place}: the server does not run, or with other settings.`,
      'systemctl status auzolan',
    )
  if (health.status === 0)
    return fault(`Something listens at ${place}, but does not answer.`, 'journalctl -u auzolan')
  const { version } = health.body as { version?: unknown }
  if (typeof version !== 'string')
    return fault(`Another program answers at ${place}.`, 'Stop it, or set AUZOLAN_PORT to another port.')
  const { body } = (await askNear(config, '/readyz')) ?? { body: {} }
  const { status, storage, nextcloud, bus } = body as { [name: string]: unknown }
  const says = `The server runs at ${place} (${String(status)}; storage ${String(storage)}; Nextcloud ${String(nextcloud)})`
  if (status !== 'ready') return fault(`${says}.`, 'Its log says why: journalctl -u auzolan')
  if (version !== VERSION)
    return warning(`${says}, in version ${version}; this program is ${VERSION}.`, 'systemctl restart auzolan')
  if (bus === 'away')
    return warning(
      `${says}, and hears nothing of the other servers: what they write is seen up to two seconds later.`,
      'AUZOLAN_REDIS_URL, or the way to the database; the log of the server says which',
    )
  return ok(`${says}.`)
}

export async function nextcloudAnswers(config: Config, now: () => Date): Promise<Look> {
  if (config.host.kind === 'standalone') return skipped('The demo has no Nextcloud.')
  const { reached, url, address, error, maintenance, signature, clockSkewS, status } = await nextcloudOf(
    config.host,
    now,
  ).ping()
  const at = `${config.host.internalUrl ?? config.host.url}${address === null ? '' : ` (${address})`}`
  if (!reached)
    return fault(
      `Nextcloud cannot be reached at ${at}: ${error ?? 'no answer'}.`,
      `curl -v ${url.split('/ocs/')[0]!}/status.php`,
    )
  if (maintenance) return warning(`Nextcloud at ${at} is in maintenance.`, 'occ maintenance:mode --off')
  if (signature === 'refused') {
    if (clockSkewS !== null && Math.abs(clockSkewS) > CLOCK_LEEWAY_S)
      return fault(
        `The clocks of Nextcloud and of this machine are ${Math.abs(clockSkewS)} s apart.`,
        'timedatectl status',
      )
    return fault(
      `Nextcloud at ${at} refuses the signature: both have to know the same secret.`,
      'In Nextcloud, `occ auzolan:setup --show-env` prints what belongs here.',
    )
  }
  if (signature === null)
    return fault(`Nextcloud at ${at}: ${error ?? `it answers ${status ?? 'something else'}`}.`)
  if (clockSkewS !== null && Math.abs(clockSkewS) > CLOCK_LEEWAY_S / 2)
    return warning(
      `Nextcloud at ${at} answers, but its clock is ${clockSkewS} s from ours; from ${CLOCK_LEEWAY_S} s on nobody gets in.`,
      'timedatectl status',
    )
  return ok(`Nextcloud at ${at} answers, knows the secret, and has the same time (${clockSkewS ?? 0} s).`)
}
