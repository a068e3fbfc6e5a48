/** What the stations on the way to the server mean together: the cause in a sentence, and what to do next. */
import { t } from '../../l10n.ts'
import { explain } from '../../parts/refusals.ts'
import type { Connectivity } from '../../session/connection.ts'
import { MAINTENANCE, VERSIONS, type Diagnosis } from '../../session/diagnosis.ts'

export interface Verdict {
  readonly cause: string
  readonly next: string
}

export function verdictOf(diagnosis: Diagnosis, connectivity: Connectivity): Verdict {
  const { network, nextcloud, server, websocket, relay, details } = diagnosis
  const byRelay = relay === 'yes'
  if (network === 'no')
    return {
      cause: t('This device has no network.'),
      next: t('Go on working: everything goes out by itself when the network is back.'),
    }
  if (details.nextcloud === MAINTENANCE || details.relay === MAINTENANCE)
    return {
      cause: t('Nextcloud is being updated.'),
      next: t('Go on working: everything goes out by itself when it is back.'),
    }
  if (details.server === VERSIONS)
    return {
      cause: t('The app and the server are of versions that do not go together.'),
      next: t('Go on working, and tell your IT service.'),
    }
  if (nextcloud === 'no' && server !== 'yes' && !byRelay)
    return {
      cause: t('The server cannot be reached.'),
      next: t(
        'Go on working: everything goes out by itself when the server answers again. Tell your IT service if it lasts.',
      ),
    }
  if (nextcloud === 'no')
    return {
      cause: t('Nextcloud does not answer, or does not know who you are.'),
      next: t('Open Nextcloud in another tab and sign in there. This page then goes on by itself.'),
    }
  if (server !== 'yes' && !byRelay)
    return {
      cause: t('The server of your documents does not answer.'),
      next: t('Go on working, and tell your IT service if it lasts.'),
    }
  if (connectivity.kind === 'ended')
    return { cause: explain(connectivity.cause), next: t('Go back to all documents.') }
  if (server !== 'yes')
    return {
      cause: t('This device does not reach the server itself; Nextcloud passes everything on.'),
      next: t(
        'Nothing to do: edits go through Nextcloud, more slowly, and are saved all the same. Your IT service can make it faster.',
      ),
    }
  if (websocket === 'no')
    return {
      cause: t('Something between this device and the server does not let WebSocket through.'),
      next: t('Nothing to do: edits go by HTTP, more slowly, and are saved all the same.'),
    }
  if (connectivity.kind === 'online')
    return { cause: t('Everything is connected.'), next: t('There is nothing to do.') }
  return {
    cause: connectivity.kind === 'offline' ? explain(connectivity.cause) : t('The connection is being made.'),
    next: t('This page goes on trying by itself.'),
  }
}
