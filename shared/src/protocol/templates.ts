/** What a new plan begins from, as the REST interface speaks of it. */
import type { Translated } from '../schema/fields.ts'
import type { Someone } from './review.ts'

/** The product's own, in the order in which they are offered. */
export const BUILT_IN = ['organisation', 'department', 'campaign'] as const
export type BuiltIn = (typeof BUILT_IN)[number]
export const isBuiltIn = (name: string): name is BuiltIn => (BUILT_IN as readonly string[]).includes(name)

export type Beginning =
  { readonly kind: 'built_in'; readonly id: BuiltIn } | { readonly kind: 'template'; readonly id: string }

/** `GET /templates`: a template the person may read, with its newest version. */
export interface TemplateSummary {
  readonly id: string
  readonly title: Translated<string>
  /** What it is for. */
  readonly sentence: string
  readonly team: { readonly id: string; readonly name: Translated<string>; readonly personal: boolean }
  /** Everybody may begin from it. */
  readonly organisation: boolean
  readonly version: TemplateVersion
}
export interface TemplateVersion {
  readonly n: number
  readonly at: string
  readonly by: Someone
  readonly note: string
}

/** `POST /documents/:id/template`: a template of one of its versions. */
export interface TemplateRequest {
  readonly version: number
  readonly title: Translated<string>
  readonly sentence: string
  readonly organisation: boolean
  readonly pictures: boolean
}

export type MadeFrom =
  | { readonly kind: 'built_in'; readonly id: BuiltIn }
  | {
      readonly kind: 'template'
      readonly id: string
      /** null for those who may not read it, and when it is gone. */
      readonly title: Translated<string> | null
      readonly version: number
      /** Its newest one. */
      readonly newest: number
    }
