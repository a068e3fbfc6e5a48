/** What goes out on one profile: a message in all its languages, or one for each, the lead language first (DOMAIN P-40, P-41). */
import type { Profile } from '../schema/plan.ts'
import { bilingual } from './bilingual.ts'
import { textFor, type WholePost } from './post.ts'

export interface Message {
  readonly languages: readonly string[]
  readonly text: string
}

/** A profile of one language gets that one; one that names none, or none of the official ones, gets all of them. */
export function languagesOn(
  { languages }: Pick<Profile, 'languages'>,
  official: readonly string[],
): readonly string[] {
  const own = official.filter((language) => languages.includes(language))
  return own.length > 0 ? own : official
}

/**
 * The address in the post stands on a line of its own at the end, once in each message, unless the text has it: it is read and
 * counted there as everything else (DOMAIN A.13). Networks that show it as a card still count it.
 */
export function withLink(text: string, link: string): string {
  const address = link.trim()
  return address === '' || text.trim() === '' || text.includes(address) ? text : `${text}\n${address}`
}

/** Without those of which nothing is written yet. `official`: lead language first. */
export function messagesOn(
  whole: WholePost,
  profile: Pick<Profile, 'id' | 'languages'>,
  official: readonly string[],
): Message[] {
  const text = textFor(whole, profile.id)
  const written = languagesOn(profile, official)
    .map((language) => ({ languages: [language], text: text[language] ?? '' }))
    .filter((message) => message.text.trim() !== '')
  const { thread, linkUrl } = whole.post
  if (thread || written.length < 2)
    return written.map((message) => ({ ...message, text: withLink(message.text, linkUrl) }))
  const together = withLink(bilingual(written.map((message) => message.text)), linkUrl)
  return [{ languages: written.flatMap(({ languages }) => languages), text: together }]
}
