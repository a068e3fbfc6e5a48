/** Values of a change in words, as its field would show them. */
import type {
  Change,
  Member,
  NamedAcceptance,
  Shape,
  Value,
  ValueField,
} from '@auzolan/shared/compare/change.ts'
import type { Person, Picture } from '@auzolan/shared/schema/fields.ts'
import type { Organisation } from '@auzolan/shared/protocol/rest.ts'
import { formatDate, formatNumber, t } from '../l10n.ts'
import { optionLabel } from './options.ts'

/** '' when nobody has filled it in. `other` is what it is compared with: two people of one name are told apart. */
export function shownValue(
  field: ValueField,
  value: Value,
  other: Value,
  organisation: Organisation,
): string {
  if (value === null || value === '') return ''
  switch (field.kind) {
    case 'choice':
      return optionLabel(field.options, String(value), organisation)
    case 'flag':
      return value === true ? t('Yes') : t('No')
    case 'time':
      return String(value)
    case 'date':
      return shownDay(String(value))
    case 'number':
      return field.unit ? `${formatNumber(Number(value))} ${t(field.unit)}` : formatNumber(Number(value))
    case 'person': {
      const { id, name } = value as Person
      return (other as Person | null)?.name === name || name === '' ? `${name} (${id})` : name
    }
    case 'picture':
      return (value as Picture).name
    case 'acceptance': {
      const { by, on, name } = value as NamedAcceptance
      return t('{name}, on {date}', { name: name || by, date: shownDay(on) })
    }
  }
}

/** A damaged version may hold a day that is none; it is shown as it stands. */
const shownDay = (day: string): string => (Number.isNaN(Date.parse(`${day}T12:00`)) ? day : formatDate(day))

export function shownMembers(
  change: Change & { kind: 'members' },
  members: readonly Member[],
  organisation: Organisation,
): string {
  const { field } = change
  return members
    .map(({ id, name }) =>
      field.kind === 'choices' ? optionLabel(field.options, id, organisation) : name || t('Without a name'),
    )
    .join(', ')
}

export function shapeName({ type, list, opensItem }: Shape): string {
  if (type === 'heading') return t('heading')
  if (!opensItem) return t('paragraph')
  return list === 'ordered' ? t('numbered item') : t('bulleted item')
}
