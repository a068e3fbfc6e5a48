/** Which suggestions stand together: each keeps what it was itself put together with, so that every step can be undone alone. */
import type { Rows } from '../journal/journal.ts'

interface Linked {
  readonly id: string
  readonly merged_into: string | null
}

/** Of each, what was put together with it, also by way of another one. No chain comes back to itself: it is only put together with what stands for itself. */
export function duplicatesAmong<R extends Linked>(rows: readonly R[]): (id: string) => readonly R[] {
  const merged = Map.groupBy(rows, ({ merged_into: into }) => into)
  const below = (id: string): readonly R[] => (merged.get(id) ?? []).flatMap((one) => [one, ...below(one.id)])
  return below
}

const links = (rows: Rows): Promise<Linked[]> =>
  rows.selectFrom('suggestion').select(['id', 'merged_into']).where('merged_into', 'is not', null).execute()

/** Ids of it and of what was put together with it. */
export async function withDuplicates(rows: Rows, id: string): Promise<readonly string[]> {
  const below = duplicatesAmong(await links(rows))(id)
  return [id, ...below.map((one) => one.id)]
}

/** The one that stands for it: itself, or what it was put together with in the end. */
export async function standingFor(rows: Rows, id: string): Promise<string> {
  const into = new Map((await links(rows)).map((one) => [one.id, one.merged_into]))
  let standing = id
  for (let next = into.get(id); next != null; next = into.get(next)) standing = next
  return standing
}
