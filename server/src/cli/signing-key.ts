/** `rotate-key`: another key signs receipts from now on. */
import type { Command } from 'commander'
import type { PublishedKey } from '../review/signing-keys.ts'
import { askRunning } from './running.ts'
import { asJson, type Doing, type Surroundings } from './words.ts'

export function addSigningKey(program: Command, doing: Doing, around: Surroundings): void {
  program
    .command('rotate-key')
    .description('sign receipts with a new key from now on; the server has to be running')
    .addOption(asJson())
    .addHelpText(
      'after',
      '\nWhere somebody may have seen signing-keys.json, or by rule. Receipts of before stay valid: the public half of each key is kept, with the\ntime until which it signed. Publish the new one, and make a backup: older ones do not have it.\nThe secret shared with Nextcloud is another thing: occ auzolan:setup --rotate-secret',
    )
    .action(
      doing(async (output) => {
        const { id, publicKey, from } = await askRunning<PublishedKey>(
          {
            method: 'POST',
            path: 'host/rotate-key',
            content: {},
            as: 'nextcloud',
            expects: ['id', 'publicKey', 'from'],
          },
          around,
        )
        output.say(`Key ${id} signs since ${from}: ${publicKey}`)
        output.say('Make a backup now: the ones of before do not have it.')
        output.result({ ok: true, id, publicKey, from })
        return 0
      }),
    )
}
