/** Tasks that most tools are used for, in the languages of a document: one tap instead of thinking of a wording. */
import { wordsOf, type Say } from '@auzolan/shared/export/say.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'

export const everydayTasks = (t: Say): readonly string[] => [
  t('Sign in and see the first page'),
  t('Open a document and write a paragraph'),
  t('Find a document by a word in it'),
  t('Send a file of some megabytes'),
  t('Join a call and speak'),
  t('Share the screen'),
  t('Send a message to a colleague'),
  t('Fill in a form and send it'),
]

/** The proposal at this place, in each language of the document that the program speaks. */
export async function taskIn(at: number, languages: readonly string[]): Promise<Translated<string>> {
  const english = everydayTasks((text) => text)[at] ?? ''
  const said = await Promise.all(
    languages.map(async (tag) => [tag, everydayTasks(await wordsOf(tag))[at] ?? ''] as const),
  )
  return Object.fromEntries(said.filter(([tag, text]) => tag === 'en' || text !== english))
}
