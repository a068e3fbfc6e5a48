/** Every route there is, as the program makes them: one that is added is found from the first day. */
import express from 'express'

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
export interface Route {
  readonly method: (typeof METHODS)[number]
  readonly path: string
}

/** Routes are written down as they are made; the prototype is put back before anything is asked. */
export function collecting(): { routes: Route[]; stop: () => void } {
  const routes: Route[] = []
  const prototype = express.Router.prototype as unknown as Record<string, (...given: unknown[]) => unknown>
  const own = METHODS.map((method) => [method, prototype[method]!] as const)
  for (const [method, original] of own)
    prototype[method] = function (this: unknown, ...given: unknown[]) {
      if (typeof given[0] === 'string') routes.push({ method, path: given[0] })
      return original.apply(this, given)
    }
  return { routes, stop: () => own.forEach(([method, original]) => (prototype[method] = original)) }
}

/** Those of the process itself and of Nextcloud have tests of their own. */
export const isOfHost = (path: string): boolean =>
  /^\/(healthz|readyz|metrics|changed|self-test|personal-data|erase|rotate-key)$/.test(path)

export const said = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`
