/** What counts as an address, and what is said of what is none. */
import { describe, expect, it } from 'vitest'
import type { CheckContext } from '@auzolan/shared/checks/finding.ts'
import { checkPlan } from '@auzolan/shared/checks/run.ts'
import { isMailAddress, isWebAddress } from '@auzolan/shared/addresses.ts'
import { completePlan, planOf, type Values } from '../support/complete.ts'

describe('an address of the web', () => {
  it.each([
    ['https://www.haranberri.example', true],
    ['http://intranet/norms', true],
    [' https://haranberri.example/a?b=c#d ', true],
    ['HTTPS://HARANBERRI.EXAMPLE', true],
    ['www.haranberri.example', true],
    ['haranberri.example/arauak', true],
    ['haranberri.example:8443/arauak', true],
    ['añorbe.example', true],
    ['https://mastodon.example/@udala', true],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['mailto:a@b.example', false],
    ['ftp://haranberri.example', false],
    ['no es una web', false],
    ['https://no es una web', false],
    ['ezdago', false],
    ['https://', false],
    ['https:', false],
    ['@haranberriudala', false],
    ['.', false],
    ['', false],
  ])('%j: %s', (written, is) => expect(isWebAddress(written)).toBe(is))
})

describe('an address of e-mail', () => {
  it.each([
    ['komunikazioa@haranberri.example', true],
    [' a.b+c@sub.haranberri.example ', true],
    ['nadie', false],
    ['@haranberri.example', false],
    ['a@haranberri', false],
    ['a b@haranberri.example', false],
    ['a@b@c.example', false],
    ['', false],
  ])('%j: %s', (written, is) => expect(isMailAddress(written)).toBe(is))
})

describe('what is written where an address belongs', () => {
  const CONTEXT: CheckContext = { languages: ['eu', 'es'], today: '2026-11-26', inForce: false }
  const report = (section: string, key: string, value: string) =>
    checkPlan(
      planOf(
        completePlan((plan) => {
          if (section === 'profiles') (plan['profiles']!['profiles'] as Values[])[0]![key] = value
          else plan[section]![key] = value
        }),
      ),
      CONTEXT,
    )
  const said = (section: string, key: string, value: string): string[] =>
    report(section, key, value)
      .findings.filter(({ check }) => check === 'address')
      .map(({ severity, path }) => `${severity} ${path}`)

  it('is missing where it is asked for, and worth a look elsewhere', () => {
    expect(said('principles', 'editorialSource', 'ezdago')).toEqual(['block principles.editorialSource'])
    expect(report('principles', 'editorialSource', 'ezdago').missing).toHaveLength(1)
    expect(report('principles', 'editorialSource', 'ezdago').completeness['principles']).toBe('partial')
    expect(said('profiles', 'url', 'ezdago')).toEqual([expect.stringMatching(/^warn profiles\/.*\/url$/)])
    expect(said('profiles', 'mailbox', 'nadie')).toEqual([
      expect.stringMatching(/^warn profiles\/.*\/mailbox$/),
    ])
    expect(report('profiles', 'url', 'ezdago').missing).toEqual([])
  })
  it('says nothing of what is one, or of nothing', () => {
    for (const value of ['', ' ', 'https://www.haranberri.example']) {
      expect(said('profiles', 'url', value)).toEqual([])
      expect(said('profiles', 'website', value)).toEqual([])
    }
    expect(said('profiles', 'mailbox', 'a@haranberri.example')).toEqual([])
  })
  it.each(['privacyNotice', 'participationNorms', 'website'])(
    'no %s is linked to by what is no address',
    (key) => {
      const stops = report('profiles', key, 'no es una web').findings.filter(
        ({ gate, path }) => gate === 'profile_open' && path.endsWith(`/${key}`),
      )
      expect(stops).toHaveLength(1)
    },
  )
})
