/** Which file of a Nextcloud an address means. */

/**
 * The id of the file; `null` for every other address. People copy what is in front of them: the internal link, or the address of Files
 * while the file is open.
 * @param where the Nextcloud: its origin, and the folder it lies in there, without a slash at the end
 */
export function fileIdIn(
  address: string,
  where: { readonly origin: string; readonly root: string },
): string | null {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : null
  if (url?.origin !== where.origin || !url.pathname.startsWith(`${where.root}/`)) return null
  const path = url.pathname.slice(where.root.length).replace(/^\/index\.php\//, '/')
  return /^\/(?:f|apps\/files\/files)\/(\d{1,18})\/?$/.exec(path)?.[1] ?? null
}
