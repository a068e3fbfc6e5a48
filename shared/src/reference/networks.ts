/** Social networks a profile can be on. Dated reference data; an administrator will be able to replace it. */
export const NETWORKS = {
  verifiedOn: '2026-11-23',
  source: 'Auzolan contributors',
  items: [
    { id: 'mastodon', label: 'Mastodon' },
    { id: 'bluesky', label: 'Bluesky' },
    { id: 'instagram', label: 'Instagram' },
    { id: 'facebook', label: 'Facebook' },
    { id: 'x', label: 'X' },
    { id: 'threads', label: 'Threads' },
    { id: 'linkedin', label: 'LinkedIn' },
    { id: 'youtube', label: 'YouTube' },
    { id: 'tiktok', label: 'TikTok' },
    { id: 'telegram', label: 'Telegram' },
    { id: 'whatsapp', label: 'WhatsApp' },
    { id: 'blog', label: 'Blog' },
  ],
} as const

export type NetworkId = (typeof NETWORKS.items)[number]['id']
export const networkLabel = (id: string): string => NETWORKS.items.find((n) => n.id === id)?.label ?? id
