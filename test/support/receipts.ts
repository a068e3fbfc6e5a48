/** One decision of Haranberri about one text, and a key that signs it. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { canonicalJson } from '@auzolan/shared/canonical.ts'
import { bytesToSign, type DecisionFacts, type Receipt } from '@auzolan/shared/receipt.ts'

export const TEXT = canonicalJson({
  identity: { title: { eu: 'Sare sozialen plana 2027 – Haranberriko Udala', es: 'Plan «ñ» 🙂' } },
})
export const FACTS: DecisionFacts = {
  id: '0b9d2a9e-5a7c-4d7a-9d0e-3d5b8e3a1c11',
  document: '7f2f4f0e-1f86-4b1c-8a11-3f0a2a9b6c22',
  type: 'plan',
  title: { eu: 'Sare sozialen plana 2027', es: 'Plan de redes sociales 2027' },
  version: 3,
  sha256: createHash('sha256').update(TEXT).digest('hex'),
  verdict: 'approve',
  conditions: 'TikTok-i buruzko erabakia ekainean berrikusi.',
  waivers: [{ check: 'P-12', reason: 'Itzulpena bidean da.' }],
  by: { name: 'Amaia Goñi', role: 'director', onBehalfOf: 'Jon Lasa' },
  organisation: { eu: 'Haranberriko Udala' },
  at: '2026-11-23T15:42:07.000Z',
}

export interface TestKey {
  readonly publicKey: string
  readonly id: string
  sign(facts: DecisionFacts): Receipt
}

export function newKey(): TestKey {
  const pair = generateKeyPairSync('ed25519')
  const publicKey = pair.publicKey.export({ format: 'jwk' }).x!
  const id = createHash('sha256').update(Buffer.from(publicKey, 'base64url')).digest('hex').slice(0, 16)
  return {
    publicKey,
    id,
    sign: (facts) => {
      const unsigned = { ...facts, format: 'auzolan-receipt', v: 1, key: id } as const
      const signature = sign(null, bytesToSign(unsigned), pair.privateKey).toString('base64url')
      return { ...unsigned, signature }
    },
  }
}
