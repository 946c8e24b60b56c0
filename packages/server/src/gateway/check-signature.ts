import { createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto'
import { signedBytes } from '@quarry/schema/agent/messages'

/** Stands in for the key of an unknown device, so that the answer takes as long as for a known one. */
const nobody = generateKeyPairSync('ed25519').publicKey

/**
 * Checks that whoever answers the challenge holds the private half of a device's key.
 * @param publicKey SPKI DER in base64; undefined for a device that is not known, for which no signature holds
 */
export function signatureHolds(
  publicKey: string | undefined,
  { nonce, endpointId, signature }: { nonce: string; endpointId: string; signature: string },
): boolean {
  const key = publicKey === undefined ? undefined : readKey(publicKey)
  const holds = verify(null, signedBytes(nonce, endpointId), key ?? nobody, Buffer.from(signature, 'base64'))
  return key !== undefined && holds
}

/** Reads an Ed25519 public key; undefined when it is none. */
export function readKey(publicKey: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}
