/** What an evaluation rests on no longer, in words (DOMAIN E-30). */
import type { Decided, Loss } from '@auzolan/shared/checks/evaluation/lost-ground.ts'
import type { Zone } from '@auzolan/shared/location/zones.ts'
import { DATA_CLASSES } from '@auzolan/shared/schema/evaluation/privacy.ts'
import { countryName } from '../../countries.ts'
import { say, t } from '../../l10n.ts'
import { references } from '../../references.ts'
import { shownName } from '../../parts/names.ts'
import { entryFacts } from '../organisation/reference/words.ts'

const zoneNames = (): { readonly [zone in Zone]: string } => ({
  ES: t('in Spain'),
  EU: t('in the EU'),
  EEA: t('in the EEA'),
  ADEQUATE: t('outside, with adequate protection'),
  ADEQUATE_PARTIAL: t('outside, adequate for some only'),
  THIRD: t('third country'),
  UNKNOWN: t('unknown'),
})

/** How it stands, and of the rest what is not the same. */
const decisionFacts = ({ status, scope, expiresOn }: Decided, other: Decided | null): string =>
  entryFacts('adequacy', {
    status,
    scope: scope === other?.scope ? '' : scope,
    expiresOn: expiresOn === other?.expiresOn ? '' : expiresOn,
  })

export function lossWords(loss: Loss): string {
  switch (loss.kind) {
    case 'decision':
      return t('{column}: {before} → {after}', {
        column: t('Adequacy decision it rests on, {country}', { country: countryName(loss.country) }),
        before: decisionFacts(loss.before, loss.after),
        after: loss.after ? decisionFacts(loss.after, loss.before) : t('no longer in the list'),
      })
    case 'zone':
      return t('{column}: {before} → {after}', {
        column: countryName(loss.country),
        before: zoneNames()[loss.before],
        after: zoneNames()[loss.after],
      })
    case 'block': {
      const names = DATA_CLASSES.filter(({ id }) => loss.touches.includes(id)).map(({ label }) => t(label))
      const against =
        names.length === DATA_CLASSES.length ? '' : t('Not for: {classes}', { classes: names.join(', ') })
      return `${loss.id}: ${say(loss.message)} ${against}`.trim()
    }
    case 'criterion': {
      const known = references.value.dpiaCriteria.find(({ id }) => id === loss.id)
      return t('No longer what makes a risk high: {criterion}', {
        criterion: (known && shownName(known.name)) || loss.id,
      })
    }
  }
}
