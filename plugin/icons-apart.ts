/** Icons in chunks of their own: those that are seen first, and the others later. */
import * as icons from '@mdi/js'
import type { Plugin, Rolldown } from 'vite'
import firstLoad from './first-load.json' with { type: 'json' }

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
