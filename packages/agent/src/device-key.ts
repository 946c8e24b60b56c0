import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { chmodSync, readFileSync } from 'node:fs'
import { signedBytes } from '@quarry/schema/agent/messages'
import { codeOf, messageOf, StartError } from './start-error.ts'
import { writePrivate } from './write-private.ts'

/** The device's Ed25519 key. Its private half never leaves the folder. */
export interface DeviceKey {
  /** SPKI DER in base64, as enrolment takes it. */
  readonly publicKey: string
  /** Answers a challenge of the server: a signature in base64 that serves for this link alone. */
  answer(nonce: string, endpointId: string): string
}

/**
 * Reads the device key, or makes one at the first start. The file has mode 0600.
 * @throws StartError when the file is there but is no Ed25519 key: a new one would be another device.
 */
export function openDeviceKey(path: string): DeviceKey {
  const key = readKey(path) ?? makeKey(path)
  return {
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
    answer: (nonce, endpointId) => sign(null, signedBytes(nonce, endpointId), key).toString('base64'),
  }
}

function readKey(path: string) {
  let pem: string
  try {
    pem = readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw new StartError(`The device key ${path} cannot be read: ${messageOf(error)}.`, { cause: error })
  }
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`its type is ${key.asymmetricKeyType}`)
    chmodSync(path, 0o600)
    return key
  } catch (error) {
    throw new StartError(
      `The device key ${path} is damaged. Restore it, or delete it and enrol this device anew.`,
      { cause: error },
    )
  }
}

function makeKey(path: string) {
  const { privateKey } = generateKeyPairSync('ed25519')
  try {
    writePrivate(path, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  } catch (error) {
    throw new StartError(`The device key ${path} cannot be written: ${messageOf(error)}.`, { cause: error })
  }
  return privateKey
}
