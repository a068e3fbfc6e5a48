// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns that PHP and TypeScript make the same keys and signatures, without a Nextcloud. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keyFromNextcloud, keyToNextcloud } from '@auzolan/server/src/access/keys.ts'
import { signatureOf } from '@auzolan/server/src/nextcloud/signature.ts'
import { hasPhp, php, pluginPath } from './php.ts'

const SECRET = '0123456789abcdef'.repeat(4)
const CALL = {
  method: 'POST',
  what: 'ping',
  body: '{"nonce":"ñ"}',
  time: 1_795_000_000,
  nonce: 'a1'.repeat(16),
}

const IN_PHP = `
  require $argv[1];
  [, , $secret, $time, $nonce, $method, $path, $body] = $argv;
  $signed = implode("\\n", [$time, $nonce, $method, $path, hash('sha256', $body)]);
  echo json_encode([
    'nextcloud' => bin2hex(\\OCA\\Auzolan\\Service\\Keys::ofNextcloud($secret)),
    'server' => bin2hex(\\OCA\\Auzolan\\Service\\Keys::ofServer($secret)),
    'signature' => hash_hmac('sha256', $signed, \\OCA\\Auzolan\\Service\\Keys::ofServer($secret)),
  ]);
`

const hex = (key: Uint8Array): string => Buffer.from(key).toString('hex')
const EXPECTED = {
  nextcloud: hex(keyFromNextcloud(SECRET)),
  server: hex(keyToNextcloud(SECRET)),
  signature: signatureOf({ key: keyToNextcloud(SECRET), ...CALL }),
}

describe('one secret', () => {
  test('gives the keys and the signature that are written down here', () => {
    expect(EXPECTED).toEqual({
      nextcloud: '596f40c8bdc300404e775e9481cc7d8bd03354668328f8ff5f54cc030321dbb0',
      server: 'cc62acf596187d71de6540f37cd889ddc3cba6e3c39be3c4d5cb92c99352ff4c',
      signature: 'e291b0fdfc80c59d0d3d61f5c6d241a020e6555fcedc4be8bd616e90e2a30571',
    })
  })

  test.runIf(hasPhp)('gives the same in PHP', async () => {
    const { method, what, body, time, nonce } = CALL
    const path = `/apps/auzolan/api/v1/server/${what}`
    const keys = join(pluginPath, 'lib/Service/Keys.php')
    const out = await php(['-r', IN_PHP, keys, SECRET, String(time), nonce, method, path, body])
    expect(JSON.parse(out)).toEqual(EXPECTED)
  })
})
