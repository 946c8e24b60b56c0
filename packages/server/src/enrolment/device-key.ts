import { createPublicKey } from 'node:crypto'

/** Tells whether a text is an Ed25519 public key as SPKI DER in base64, in the one spelling that we store. */
export function isDeviceKey(text: string): boolean {
  const der = Buffer.from(text, 'base64')
  if (der.toString('base64') !== text) return false
  try {
    return createPublicKey({ key: der, format: 'der', type: 'spki' }).asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}
