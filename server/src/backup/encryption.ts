/** Archives are encrypted in the format of `age`, so that they can be opened without us: `age -d -i key.txt backup.tar.age`. */
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { RefusedBackup } from './refused.ts'

type Sealing = (plain: ReadableStream<Uint8Array>) => Promise<ReadableStream<Uint8Array>>

/**
 * @param recipients public keys (`age1…`): whoever holds the server can make backups and read none
 * @returns `null` without recipients
 * @throws {RefusedBackup} for what is no public key; a secret one is refused without being repeated
 */
export function encryptTo(recipients: readonly string[]): Sealing | null {
  if (recipients.length === 0) return null
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    if (/AGE-SECRET-KEY/i.test(recipient))
      throw new RefusedBackup(
        'That is the secret half of a key. For backups give the public one, which begins with age1.',
      )
    try {
      encrypter.addRecipient(recipient)
    } catch {
      // Not repeated: whoever mistakes a key may have given any secret.
      throw new RefusedBackup('One of the recipients is no public key of age: it begins with age1.')
    }
  }
  return (plain) => encrypter.encrypt(plain)
}

/**
 * @param identities the lines of a key file, as `age-keygen` and `backup-key` write it
 * @throws {RefusedBackup} when no line is a secret key, or none of them opens the archive
 */
export async function decryptWith(
  identities: string,
  sealed: ReadableStream<Uint8Array>,
): Promise<ReadableStream<Uint8Array>> {
  const decrypter = new Decrypter()
  const lines = identities.split(/\r?\n/).filter((line) => /^AGE-SECRET-KEY-/.test(line))
  if (lines.length === 0)
    throw new RefusedBackup('The key file has no line that begins with AGE-SECRET-KEY-.')
  for (const line of lines)
    try {
      decrypter.addIdentity(line.trim())
    } catch {
      throw new RefusedBackup('A line of the key file is no secret key of age; it may be cut off.')
    }
  return decrypter.decrypt(sealed).catch(() => {
    throw new RefusedBackup('The archive was not made for this key, or is damaged at its beginning.')
  })
}

/** A new pair, as `age-keygen` writes it. */
export async function newKey(at: Date): Promise<{ readonly file: string; readonly recipient: string }> {
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  return { file: `# created: ${at.toISOString()}\n# public key: ${recipient}\n${identity}\n`, recipient }
}
