/** Licences under which an administration can let others use what it makes. Dated reference data (DOMAIN E.5). */
export const LICENCE_LIST = {
  verifiedOn: '2026-11-23',
  source: 'Creative Commons',
  items: [
    { id: 'CC-BY-4.0', label: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
    { id: 'CC0-1.0', label: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' },
    { id: 'CC-BY-SA-4.0', label: 'CC BY-SA 4.0', url: 'https://creativecommons.org/licenses/by-sa/4.0/' },
  ],
} as const

export const licenceLabel = (id: string): string =>
  LICENCE_LIST.items.find((licence) => licence.id === id)?.label ?? id
