/** Tools that the organisation has looked at already, as the REST interface speaks of them. */
import type { Likeness } from '../find/alike.ts'
import type { ToolSaid } from '../find/tool-said.ts'
import type { Work } from '../grants.ts'
import type { Translated } from '../schema/fields.ts'

/** `POST /tools/alike`: what somebody is writing; a need is nothing for an address that logs keep. */
export interface ToolAsked extends Pick<ToolSaid, 'name' | 'category' | 'address' | 'need'> {
  /** The evaluation it is written in: it is not like itself. */
  readonly document: string | null
}

/** An evaluation that the person may read: of what is in force, else of its draft. */
export interface ToolFound extends Pick<ToolSaid, 'name' | 'level' | 'outcome'> {
  readonly document: string
  readonly team: Translated<string>
  readonly personal: boolean
  readonly work: Work
  readonly archived: boolean
  /** What is said of it was approved. */
  readonly inForce: boolean
  /** When it was approved, or else edited last. ISO instant. */
  readonly at: string
  /** Its name or its address is that of the tool, or nearly; null: it is of the same kind, and recommended. */
  readonly like: Likeness | null
  /** It covers the same need. */
  readonly covers: boolean
  /** Whoever reads the evaluation in which this is asked reads it too. */
  readonly forAll: boolean
}
export interface ToolsAlike {
  /** Those that are like it first, then others that cover the need, then others of its kind. */
  readonly found: readonly ToolFound[]
  /** How many more there are. */
  readonly more: number
}
