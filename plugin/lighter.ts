/** What makes the first load lighter: what libraries bring with them and only we can know is not needed. */
import * as icons from '@mdi/js'
import type { Plugin, Rolldown } from 'vite'
import firstLoad from './first-load.json' with { type: 'json' }

interface StandIn {
  readonly of: RegExp
  /** The modules that need little of it; others get what they ask for. */
  readonly by: RegExp
  /** In `src/lighter`. */
  readonly file: string
  /** What is taken for the default; otherwise the names are the same. */
  readonly as?: string
}
const STAND_INS: readonly StandIn[] = [
  {
    of: /^dompurify$/,
    by: /@nextcloud\/(l10n\/dist|vue\/dist\/chunks\/NcIconSvgWrapper)/,
    file: 'purifier',
    as: 'purifier',
  },
  { of: /^semver\/functions\/major/, by: /@nextcloud\/event-bus/, file: 'semver', as: 'major' },
  { of: /^semver\/functions\/valid/, by: /@nextcloud\/event-bus/, file: 'semver', as: 'valid' },
  { of: /^splitpanes$/, by: /@nextcloud\/vue\/dist\/chunks\/NcAppContent/, file: 'splitpanes' },
]

const OURS = '\0lighter:'

export function lighter(): Plugin {
  return {
    name: 'lighter',
    enforce: 'pre',
    resolveId(source, importer) {
      const found = STAND_INS.find(({ of, by }) => of.test(source) && by.test(importer ?? ''))
      if (!found) return null
      const file = `${import.meta.dirname}/src/lighter/${found.file}.ts`
      return found.as ? `${OURS}${found.as}:${file}` : file
    },
    load(id) {
      if (!id.startsWith(OURS)) return null
      const [as, file] = id.slice(OURS.length).split(/:(.*)/, 2)
      return `export { ${as} as default } from ${JSON.stringify(file)}`
    },
  }
}

const ICON = 'virtual:icon/'

/** Each icon is a module of its own, so that a screen brings those it shows and not those of all others. */
export function iconsApart(): Plugin {
  return {
    name: 'icons-apart',
    resolveId: (source) => (source.startsWith(ICON) ? `\0${source}` : null),
    load(id) {
      if (!id.startsWith(`\0${ICON}`)) return null
      const name = id.slice(ICON.length + 1) as keyof typeof icons
      if (!(name in icons)) this.error(`there is no icon ${name}`)
      return `export const ${name} = ${JSON.stringify(icons[name])}`
    },
    transform(code, id) {
      if (!/\/plugin\/src\//.test(id) || !code.includes('@mdi/js')) return null
      return {
        code: code.replace(/import\s*\{([^}]*)\}\s*from\s*['"]@mdi\/js['"];?/g, (_all, names: string) =>
          names
            .split(',')
            .map((name) => name.trim())
            .filter((name) => name !== '')
            .map((name) => `import { ${name} } from '${ICON}${name.split(/\s+as\s+/)[0]}';`)
            .join(' '),
        ),
        map: null,
      }
    },
  }
}

/** Those that are seen first come together, and the others together later. */
export function chunkOfIcon(id: string, graph: Rolldown.ChunkingContext): string | null {
  if (!id.startsWith(`\0${ICON}`)) return null
  return isFirst(id, graph) ? 'icons' : 'more-icons'
}

const first = new Set<string>()
function isFirst(id: string, graph: Rolldown.ChunkingContext): boolean {
  const reach = (module: string): void => {
    if (first.has(module)) return
    first.add(module)
    graph.getModuleInfo(module)?.importedIds.forEach(reach)
  }
  for (const entry of firstLoad) reach(`${import.meta.dirname}/${entry}`)
  return first.has(id)
}
