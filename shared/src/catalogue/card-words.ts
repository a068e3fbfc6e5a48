/** By which words a tool is found beside its name: those of its card. Pure; the server looks with them, and sends the shelves those that they lack. */
import type { Translated } from '../schema/fields.ts'
import { wordsOf } from '../search/among.ts'
import { isLeft, type CatalogueEntry } from './entry.ts'

type Listed = Pick<CatalogueEntry, 'name' | 'vendor' | 'intendedUse' | 'description' | 'tags'>
/** What is sent for a shelf anyway. */
export const shelfTexts = ({ vendor, intendedUse, description, tags }: Listed): readonly string[] => [
  vendor,
  ...[intendedUse, description, tags].flatMap(said),
]

/** What the card says of it that was decided on, in every language; why, and what instead, only where it is said there. */
export function cardTexts(entry: CatalogueEntry): readonly string[] {
  const { conditions, precautions, justification, useInstead, exitPlan } = entry
  return [
    ...shelfTexts(entry),
    entry.versionOrPlan,
    ...[
      entry.need,
      ...conditions.map(({ text }) => text),
      ...entry.uses,
      ...precautions.flatMap(({ text, mitigation }) => [text, mitigation]),
      ...entry.jobAdvantages,
      ...entry.institutionAdvantages,
      ...(isLeft(entry.outcome) ? [justification, useInstead, exitPlan] : []),
    ].flatMap(said),
  ]
}

/** @param beside texts that are said of it beside its evaluation */
export function wordsBeyondShelf(entry: CatalogueEntry, beside: readonly string[]): string {
  const there = wordsOf(entry.name, shelfTexts(entry))
  const known = new Set([...there.name, ...there.rest])
  return wordsOf('', [...cardTexts(entry), ...beside])
    .rest.filter((word) => !known.has(word))
    .join(' ')
}

function said(text: Translated<string>): readonly string[] {
  return Object.values(text).filter((words): words is string => words !== undefined)
}
