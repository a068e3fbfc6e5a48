/** Why a file is not brought in. Thrown deep within a reader, told as a value by `readFile`. */
export type Unreadable =
  | 'empty'
  | 'too_large'
  | 'unpacks_too_large'
  | 'too_long'
  | 'too_many_headings'
  | 'password'
  | 'old_word'
  | 'pdf'
  | 'rtf'
  | 'no_text_document'
  | 'damaged'
  | 'hostile'
  | 'old_browser'

export class Refused extends Error {
  readonly why: Unreadable
  constructor(why: Unreadable) {
    super(why)
    this.why = why
  }
}
