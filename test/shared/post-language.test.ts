/** What a review of one language names: what the post says in it, and nothing else. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalLanguage, canonicalPost, languageSha256, postSha256 } from '@auzolan/shared/posts/post.ts'
import type { WholePost } from '@auzolan/shared/posts/post.ts'
import { aMedium, aPost, aVariant } from '../support/posts.ts'

const WHOLE: WholePost = {
  post: aPost({ text: { eu: 'Edukiontzi marroia', es: 'El contenedor marrón' } }),
  variants: [
    aVariant('b', { profileId: 'mastodon', text: { eu: 'Laburra', es: 'Corto' } }),
    aVariant('a', { profileId: 'x', text: { eu: 'Oso laburra', es: 'Muy corto' } }),
  ],
  mentions: [],
  media: [aMedium({ altText: { eu: 'Plaza', es: 'La plaza' } })],
}
const [b, a] = WHOLE.variants as [WholePost['variants'][0], WholePost['variants'][0]]

describe.each([
  ['the text of the post', { ...WHOLE, post: { ...WHOLE.post, text: { ...WHOLE.post.text, es: 'Otro' } } }],
  ['the text for one network', { ...WHOLE, variants: [b, { ...a, text: { ...a.text, es: 'Otro' } }] }],
  ['which network has it', { ...WHOLE, variants: [b, { ...a, profileId: 'bluesky' }] }, true],
  ['an alternative text', { ...WHOLE, media: [aMedium({ altText: { eu: 'Plaza', es: 'Otra' } })] }],
  [
    'a transcript',
    { ...WHOLE, media: [aMedium({ altText: WHOLE.media[0]!.altText, transcript: { eu: '', es: 'Voz' } })] },
  ],
] as readonly [string, WholePost, boolean?][])('%s', (_, changed, inBoth) => {
  it('is another Spanish', () => expect(languageSha256(changed, 'es')).not.toBe(languageSha256(WHOLE, 'es')))
  it(inBoth ? 'and another Basque' : 'and the same Basque', () =>
    expect(languageSha256(changed, 'eu') === languageSha256(WHOLE, 'eu')).toBe(inBoth !== true),
  )
})

it.each([
  ['the order of the texts', { ...WHOLE, variants: [a, b] }],
  ['the day', { ...WHOLE, post: { ...WHOLE.post, day: '2026-12-01' } }],
  ['the source', { ...WHOLE, post: { ...WHOLE.post, officialSource: 'https://haranberri.example/' } }],
  ['a licence', { ...WHOLE, media: [{ ...WHOLE.media[0]!, licence: 'CC0-1.0' }] }],
] as readonly [string, WholePost][])('%s is no matter of language', (_, changed) => {
  expect(languageSha256(changed, 'es')).toBe(languageSha256(WHOLE, 'es'))
})

it('is the SHA-256 of the canonical JSON, as everybody else works it out', () => {
  const other = (text: string): string => createHash('sha256').update(text).digest('hex')
  expect(languageSha256(WHOLE, 'eu')).toBe(other(canonicalLanguage(WHOLE, 'eu')))
  expect(postSha256(WHOLE)).toBe(other(canonicalPost(WHOLE)))
})

it('a language that the post does not have is empty, and no fall', () => {
  expect(canonicalLanguage({ ...WHOLE, variants: [], media: [] }, 'ca')).toBe(
    '{"media":[],"post":"","variants":[]}',
  )
})
