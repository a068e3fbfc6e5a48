/** Being led to a text in another language does not leave somebody there. */
import { nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { useBorrowedLanguage } from '../../plugin/src/screens/document/useBorrowedLanguage.ts'

const start = () => {
  const [language, section] = [ref('es'), ref('planning')]
  const lead = useBorrowedLanguage(language, () => section.value)
  const go = async (to: string): Promise<string> => {
    section.value = to
    await nextTick()
    return language.value
  }
  return { language, section, lead, go }
}

describe('a language that was not chosen', () => {
  it('holds in the section one was led to, and no longer', async () => {
    const { language, lead, go } = start()
    lead('eu', 'identity')
    expect(await go('identity')).toBe('eu')
    lead('eu', 'identity')
    expect(language.value).toBe('eu')
    expect(await go('rights')).toBe('es')
    expect(await go('identity')).toBe('es')
  })
  it('holds from one thing to mend to the next, and gives back the first one', async () => {
    const { lead, go } = start()
    lead('eu', 'identity')
    await go('identity')
    lead('ca', 'rights')
    expect(await go('rights')).toBe('ca')
    expect(await go('team')).toBe('es')
  })
  it('gives way to what somebody chooses', async () => {
    const { language, lead, go } = start()
    lead('eu', 'identity')
    await go('identity')
    language.value = 'ca'
    expect(await go('rights')).toBe('ca')
  })
})
