/** Tools that somebody in the house has named, as the REST interface speaks of them. All of it is for the house, nothing for outside. */
import type { Case } from '../catalogue/may-i-use.ts'
import type { Imported } from '../catalogue/imported.ts'
import type { SuggestedData, SuggestionStatus, VoiceKind } from '../catalogue/suggestion.ts'
import type { EntryStatus } from '../catalogue/entry.ts'
import type { Likeness } from '../find/alike.ts'
import type { UseLevel } from '../schema/evaluation/levels.ts'
import type { Someone } from './review.ts'

/** What one person says of a tool. Only what is said of a new one has to say what it is for. */
export interface VoiceTerms {
  readonly kind: VoiceKind
  readonly whatFor: string
  readonly likes: string
  readonly cautions: string
  readonly dataUsed: SuggestedData
  readonly level: UseLevel | null
  /** Year. */
  readonly since: number | null
  /** Id of a department of the organisation. */
  readonly department: string | null
  /** It costs nothing; null: not known. */
  readonly free: boolean | null
  readonly canTeach: boolean
  /** The case in which somebody has asked whether they may. */
  readonly asked: Case | null
}
/** `PUT /suggestions/:id/voice` */
export interface VoiceSaid extends VoiceTerms {
  /** In the place of what the person said before; else "me too" takes nothing away. */
  readonly whole: boolean
}
/** `POST /suggestions`: joins the one of the same name, or makes one. */
export interface SuggestionGiven {
  readonly name: string
  readonly address: string
  /** Kind of tool (reference list `toolCategories`). */
  readonly category: string | null
  /** Null of what is taken over from elsewhere: whoever brings it says nothing of it themselves. */
  readonly voice: VoiceTerms | null
  readonly imported: Imported | null
}
export interface SuggestionTaken {
  readonly id: string
  /** False: it was there, and the person is on it now. */
  readonly made: boolean
  /** There was no room for what was brought in with the voice; the voice was taken. */
  readonly withoutImport?: true
}

/** `GET /suggestions` */
export interface SuggestionSummary {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly category: string | null
  readonly status: SuggestionStatus
  /** How many people use it, have asked for it, and can teach it. */
  readonly uses: number
  readonly asks: number
  readonly teachers: number
  /** What the first to say it say that it is for. */
  readonly whatFor: string
  /** What the person who asks has said. */
  readonly mine: VoiceKind | null
  /** ISO instant. */
  readonly at: string
  /** Who has published it where it was taken over from, the newest of them; empty where that is not said, null where it was not. */
  readonly broughtFrom: string | null
  /** Of the catalogue, once it is evaluated; everybody in the house may read it there. */
  readonly entry: string | null
}
export interface SuggestionList {
  readonly suggestions: readonly SuggestionSummary[]
  readonly maySettle: boolean
}

export interface Voice extends VoiceTerms {
  readonly person: Someone
  /** ISO instant. */
  readonly at: string
  /** What the tool was called where they said it, if that was another suggestion. */
  readonly calledThere: string | null
}
export interface KeptImport extends Imported {
  readonly by: Someone
  /** ISO instant. */
  readonly at: string
}
/** `GET /suggestions/:id` */
export interface SuggestionPage extends SuggestionSummary {
  readonly voices: readonly Voice[]
  readonly imported: readonly KeptImport[]
  readonly reason: string | null
  readonly settled: { readonly by: Someone; readonly at: string } | null
  readonly mergedInto: { readonly id: string; readonly name: string } | null
  readonly duplicates: readonly { readonly id: string; readonly name: string }[]
  /** The evaluation it was turned into, for those who may read it. */
  readonly evaluation: string | null
  /** What it has become in the catalogue, by the name it has there. */
  readonly became: { readonly id: string; readonly name: string } | null
  /** Whether the person may say that it is not of this evaluation after all: whoever has linked it, and those who settle. */
  readonly mayUnlink: boolean
  readonly maySettle: boolean
}

/** `POST /suggestions/alike` */
export interface AlikeAsked {
  readonly name: string
  readonly address: string
}
export interface SuggestionsAlike {
  readonly suggestions: readonly (SuggestionSummary & { readonly like: Likeness })[]
  readonly entries: readonly {
    readonly id: string
    readonly name: string
    readonly status: EntryStatus
    readonly like: Likeness
  }[]
}

/** With the answer of the catalogue where nothing was evaluated: who has asked before. */
export interface AskedBefore {
  readonly id: string
  /** Of the catalogue, once it is evaluated; it may be called otherwise there. */
  readonly entry: string | null
  readonly status: SuggestionStatus
  readonly asks: number
  readonly uses: number
  readonly mine: VoiceKind | null
}
