/** Behind a proxy the server may be reached as `/auzolan/…` or, if the proxy strips it, as `/…`: both work. */
const PREFIX = '/auzolan'

export const withoutPrefix = (path: string): string =>
  path === PREFIX ? '/' : path.startsWith(`${PREFIX}/`) ? path.slice(PREFIX.length) : path
