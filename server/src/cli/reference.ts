/** `reference`: the lists that checks and forms go by (places, laws, networks…), shown and replaced without the app. */
import { readFile } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import type { EditionSummary, Preview, ReferenceAnswer } from '@auzolan/shared/protocol/reference.ts'
import { LIST_IDS, isListId, type ListId } from '@auzolan/shared/reference/references.ts'
import { askRunning } from './running.ts'
import { RefusedCommand, asJson, type Doing, type Surroundings } from './words.ts'

const LIST_WIDTH = Math.max(...LIST_IDS.map((id) => id.length))

export function addReference(program: Command, doing: Doing, around: Surroundings): void {
  const reference = program
    .command('reference')
    .description(
      'lists of reference data: what the checks go by, and as of when; the server has to be running',
    )

  reference
    .command('show')
    .description('every list with its date and source; or one of them, with its entries')
    .argument('[list]', LIST_IDS.join(', '))
    .addOption(asJson())
    .action(
      doing(async (output, _, [name]) => {
        const { lists } = await askForLists(around)
        if (name !== undefined) {
          const list = listOf(name)
          const { entries, ...about } = lists[list]
          output.say(lineOf(list, about))
          for (const entry of entries) output.say(JSON.stringify(entry))
          output.result({ ok: true, list, ...about, entries })
          return 0
        }
        for (const list of LIST_IDS) output.say(lineOf(list, lists[list]))
        output.result({
          ok: true,
          lists: Object.fromEntries(
            LIST_IDS.map((list) => {
              const { entries: _entries, ...about } = lists[list]
              return [list, about]
            }),
          ),
        })
        return 0
      }),
    )

  reference
    .command('import')
    .description('replace a list, after it was said what that means for evaluations that rely on it')
    .argument('<list>', LIST_IDS.join(', '))
    .argument('<file>', 'JSON: the entries, or what `reference show <list> --json` printed')
    .addOption(
      new Option(
        '--verified-on <day>',
        'when it was last compared with its source (ISO date)',
      ).makeOptionMandatory(),
    )
    .addOption(new Option('--source <text>', 'where it is from').makeOptionMandatory())
    .option('--preview', 'only say what it would mean')
    .addOption(asJson())
    .addHelpText(
      'after',
      '\nEvaluations that rely on what changes are reopened, as in the app. Earlier editions stay: any can be taken up again there.',
    )
    .action(
      doing(
        async (output, options: { verifiedOn: string; source: string; preview?: boolean }, [name, file]) => {
          const list = listOf(name!)
          const entries = await entriesIn(file!)
          const { lists } = await askForLists(around)
          const { verifiedOn, source, preview = false } = options
          const given = { edition: lists[list].n, verifiedOn, source, entries }
          const would = await askRunning<Preview>(
            {
              method: 'POST',
              path: `reference/${list}/preview`,
              content: given,
              as: 'administrator',
              expects: ['relying', 'hidden', 'seen'],
            },
            around,
          )
          const reopened =
            would.relying.filter(({ losses }) => losses.length > 0).length +
            would.hidden.reduce((sum, one) => sum + one.reopened, 0)
          output.say(
            `${list}: ${entries.length} entries, now ${lists[list].count}; ${reopened} evaluations are reopened.`,
          )
          if (!preview) {
            // Where evaluations have come or gone since, the server says no and nothing is replaced.
            const content = { ...given, ...(would.seen === '' ? {} : { seen: would.seen }) }
            await askRunning(
              { method: 'PUT', path: `reference/${list}`, content, as: 'administrator', expects: [] },
              around,
            )
            output.say('Replaced.')
          }
          output.result({
            ok: true,
            list,
            entries: entries.length,
            before: lists[list].count,
            reopened,
            preview,
          })
          return 0
        },
      ),
    )
}

const askForLists = (around: Surroundings): Promise<ReferenceAnswer> =>
  askRunning({ method: 'GET', path: 'reference', as: 'administrator', expects: ['lists'] }, around)

const lineOf = (list: ListId, { n, count, verifiedOn, source }: EditionSummary): string =>
  `${list.padEnd(LIST_WIDTH)}  ${String(count).padStart(4)}  ${verifiedOn}  edition ${n}  ${source}`

function listOf(name: string): ListId {
  if (!isListId(name)) throw new RefusedCommand(`There is no list ${name}; there are ${LIST_IDS.join(', ')}.`)
  return name
}

async function entriesIn(file: string): Promise<readonly unknown[]> {
  const text = await readFile(file, 'utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new RefusedCommand(`${file} is no JSON: ${(error as Error).message}.`)
  }
  const entries = Array.isArray(value) ? value : (value as { readonly entries?: unknown } | null)?.entries
  if (!Array.isArray(entries)) throw new RefusedCommand(`${file} has no entries.`)
  return entries
}
