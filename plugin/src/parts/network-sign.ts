/** The signs of social networks: never in their brand colours, and never loaded from them. */
import {
  mdiAlphaXBoxOutline,
  mdiAt,
  mdiButterflyOutline,
  mdiFacebook,
  mdiInstagram,
  mdiLinkedin,
  mdiMastodon,
  mdiMusicNoteOutline,
  mdiPostOutline,
  mdiSendOutline,
  mdiWeb,
  mdiWhatsapp,
  mdiYoutube,
} from '@mdi/js'

const SIGNS: { readonly [network: string]: string } = {
  mastodon: mdiMastodon,
  bluesky: mdiButterflyOutline,
  instagram: mdiInstagram,
  facebook: mdiFacebook,
  x: mdiAlphaXBoxOutline,
  threads: mdiAt,
  linkedin: mdiLinkedin,
  youtube: mdiYoutube,
  tiktok: mdiMusicNoteOutline,
  telegram: mdiSendOutline,
  whatsapp: mdiWhatsapp,
  blog: mdiPostOutline,
}
export const networkSign = (network: string | null): string => SIGNS[network ?? ''] ?? mdiWeb
