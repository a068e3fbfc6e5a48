/** Every refusal in words: what happened, that nothing was lost (where that is true), and the next step. */
import type { Cause } from '../session/connection.ts'
import { t } from '../l10n.ts'

export function explain(cause: Cause): string {
  switch (cause) {
    case 'NETWORK':
      return t('The server cannot be reached.')
    case 'SIGN_IN':
      return t(
        'Nextcloud does not say who you are at the moment. If this lasts, sign in again in another tab.',
      )
    case 'NOT_CONNECTED':
      return `${t('Auzolan is not connected yet')}. ${t(
        'Your documents live on a server of your own organisation, and this Nextcloud does not know its address yet. Ask your IT service to connect it.',
      )}`
    case 'TICKET_MISSING':
    case 'TICKET_INVALID':
      return t(
        'The server does not recognise the pass that Nextcloud gave. Your IT service should compare their secrets.',
      )
    case 'TICKET_EXPIRED':
    case 'TICKET_SPENT':
    case 'LEASE_OVER':
      return t(
        'The pass for this connection is outside its time. A new one is being fetched; if this lasts, your IT service should compare the clocks of Nextcloud and of the server.',
      )
    case 'NOT_FOUND':
      return t('This does not exist, or you have no access to it.')
    case 'READ_ONLY':
    case 'FORGED_AUTHOR':
      return t('You may read this document but not change it.')
    case 'NOT_ALLOWED':
      return t('Your role in the team does not allow this. Ask a coordinator.')
    case 'OTHER_PERSON':
      return t('Somebody else is signed in to Nextcloud now. Sign in again as yourself.')
    case 'LAST_COORDINATOR':
      return t('Somebody must coordinate the team: make somebody else coordinator first.')
    case 'ILLEGAL_MOVE':
      return t('This cannot be done any more: somebody else was faster. Reload the page.')
    case 'GATE_CLOSED':
      return t('Something is still missing. Look at the checks and the opinions.')
    case 'OWN_TEXT':
      return t('Whoever has written in this version, or sent it, does not decide on it.')
    case 'OWN_SCORES':
      return t('Whoever has scored a tool does not decide on it.')
    case 'NOT_YOUR_TURN':
      return t('It is somebody else’s turn, or you have approved already. Reload the page.')
    case 'TEAM_FULL':
      return t('The team has as many members as it can have.')
    case 'IN_USE':
      return t('Other plans take their common parts from this one. Take them out from below it first.')
    case 'FILE_TYPE':
      return t(
        'This kind of file is not taken. Save it as JPEG, PNG, WebP or GIF (pictures), MP4, MOV or WebM (video), MP3, OGG or M4A (sound), PDF, or WebVTT or SRT (captions), and attach it again.',
      )
    case 'FILE_DAMAGED':
      return t('The file is incomplete or damaged. Open it, save it again, and attach it once more.')
    case 'FILE_DIFFERS':
      return t('The file did not arrive as it was sent. Attach it again.')
    case 'FILE_IN_USE':
      return t('A post shows this file. Take it out of the post first.')
    case 'FILES_FULL':
      return t('This document has as many files as it can have. Take out some that no post shows.')
    case 'STORAGE_FULL':
      return t(
        'The server has too little room for this file. Your IT service should make room; texts are still saved.',
      )
    case 'VERSIONS_FULL':
      return t('This document has as many named versions as it can have.')
    case 'CHANGED_MEANWHILE':
      return t('Somebody else has saved this page meanwhile. Reload it, and enter your changes again.')
    case 'ACCESS_ENDED':
      return t('You no longer have access to this document.')
    case 'CLIENT_ID_TAKEN':
      return t('This tab got a number that somebody else has. Reload the page.')
    case 'LOCKED':
      return t('The document is being reviewed. What you type waits here until the review ends.')
    case 'DOCUMENT_FULL':
      return t('The document is full. What you type waits here until there is room.')
    case 'ENOUGH_TODAY':
      return t('You have named as many tools today as one person can. Go on tomorrow.')
    case 'BUILD_OLD':
      return t('This page is older than the server. What you have typed is kept; reload the page to go on.')
    case 'EPOCH_OLD':
      return t('The document was renewed on the server. This page is fetching it again.')
    case 'QUARANTINED':
      return t('A change from this page harmed the document and was taken out.')
    case 'NOT_APPENDED':
      return t('Here one can only add, not change what is there.')
    case 'CROWDED':
      return t('Very many people have this document open. There will be room soon.')
    case 'TOO_LARGE':
      return t('That is too large to be sent. Nothing was changed.')
    case 'MALFORMED':
    case 'GAP':
    case 'UNKNOWN_ROOT':
    case 'UNKNOWN_DEPENDENCY':
    case 'INVALID_INPUT':
      return t('The server could not understand what this page sent. Reload the page.')
    case 'RESTART':
      return t('The server is starting again.')
    case 'TRY_AGAIN':
    case 'TOO_SLOW':
      return t('The server cannot take changes at the moment.')
    // Also what only a newer server says.
    default:
      return t('The server refuses this. Reload the page; if it lasts, ask your IT service.')
  }
}
