/** Patterns for the names of profiles. */
import { describe, expect, it } from 'vitest'
import { isNamingPattern, namedAfter } from '@auzolan/shared/account-names.ts'

describe('[O4] a naming pattern', () => {
  it.each(['', '{org}', '{org}{Dept}', '{Org}_{dept}', '{org}.2027'])('may be %j', (pattern) => {
    expect(isNamingPattern(pattern)).toBe(true)
  })
  it.each(['{dept}', 'udala', '{org} {dept}', '{org}{', '{ORG}', '{org}ñ', '@{org}'])(
    'may not be %j',
    (pattern) => {
      expect(isNamingPattern(pattern)).toBe(false)
    },
  )
  it.each([
    ['{org}{Dept}', 'Haranberri', 'Kultura', 'haranberriKultura'],
    ['{Org}_{dept}', 'Arrasate/Mondragón', 'Medio ambiente', 'Arrasatemondragon_medioambiente'],
    ['{org}', 'A', 'B', 'a'],
  ])('%j of %j and %j gives %j', (pattern, organisation, department, name) => {
    expect(namedAfter(pattern, organisation, department)).toBe(name)
  })
})
