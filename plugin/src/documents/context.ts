/** What every part of an open document may use: its text, its checks, who is here, and how to get to a field. */
import { inject, provide, type InjectionKey, type Ref } from 'vue'
import type * as Y from 'yjs'
import type { Awareness } from 'y-protocols/awareness'
import type { TypeOfDocument } from '@auzolan/shared/types/type.ts'
import type { Report } from '@auzolan/shared/checks/run.ts'
import type { DocumentEnvelope, Organisation } from '@auzolan/shared/protocol/rest.ts'
import type { DocumentJson } from '@auzolan/shared/schema/fields.ts'
import type { Plan } from '@auzolan/shared/schema/plan.ts'
import type { Above } from './above.ts'
import type { UsedBeside } from './beside.ts'
import type { UsedCalendar } from './calendar.ts'
import type { UsedComments } from './comments.ts'
import type { Removal } from './removal.ts'
import type { Ledger } from '../session/document.ts'
import type { Approved } from './approved.ts'
import type { UsedToolsAlike } from './tools-alike.ts'

export interface PresentPerson {
  readonly clientId: number
  readonly id: string
  readonly name: string
  readonly colour: string
  /** Section the person is looking at. */
  readonly section: string | null
}

export interface DocumentContext {
  readonly type: TypeOfDocument
  readonly doc: Y.Doc
  readonly awareness: Awareness
  /** Rises with every change of the text; reading it makes a computed follow the document. */
  readonly revision: Ref<number>
  /** What it says, as it is read here. */
  readonly json: Ref<DocumentJson>
  readonly report: Ref<Report>
  readonly organisation: Organisation
  readonly envelope: DocumentEnvelope
  /** The envelope as the server last told it: somebody may have decided meanwhile. */
  readonly now: Ref<DocumentEnvelope>
  /** Asks the server how it stands; offline, what was known last is all there is. */
  readonly look: () => Promise<void>
  /** How the text on the screen stands to the version in force. */
  readonly approved: Ref<Approved>
  /** Languages of the document, lead language first. */
  readonly languages: readonly string[]
  /** Language of the translated texts that are on the screen now. */
  readonly language: Ref<string>
  readonly editable: Ref<boolean>
  readonly ledger: Ref<Ledger>
  /** Everything up to this number of the log is on the screen. */
  readonly upTo: () => number
  readonly removal: Removal
  readonly comments: UsedComments
  /** The version of the organisation's plan whose common parts are read here. */
  readonly above: Above | null
  /** Of an evaluation, for those who write it: what the organisation has already. */
  readonly alike?: UsedToolsAlike
  /** Changes when somebody has read or decided on what the text says in this language, as far as this page knows. */
  readonly said: (language: string) => string
  /** The others, without this tab. */
  readonly others: Ref<readonly PresentPerson[]>
  /** Goes to the section of a path, opens what is folded, and puts the focus into the field. */
  readonly goTo: (path: string) => void
}
/** What only a plan has. */
export interface PlanContext extends DocumentContext {
  readonly plan: Ref<Plan>
  readonly beside: UsedBeside
  readonly calendar: UsedCalendar
}

const KEY: InjectionKey<DocumentContext> = Symbol('document')

/** A document that is open, before it has a screen. */
export type OpenedDocument = Omit<DocumentContext, 'goTo' | 'approved'>
export type OpenedPlan = Omit<PlanContext, 'goTo' | 'approved'>

export const isPlan = <C extends OpenedDocument>(context: C): context is C & OpenedPlan =>
  context.type.id === 'plan'

export const provideDocument = (context: DocumentContext): void => provide(KEY, context)
export function useDocumentContext(): DocumentContext {
  const context = inject(KEY)
  if (!context) throw new Error('outside of a document')
  return context
}
/** On the screens that only a plan has. */
export function usePlanContext(): PlanContext {
  const context = useDocumentContext()
  if (!isPlan(context)) throw new Error('not a plan')
  return context
}
