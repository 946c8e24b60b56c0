import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../config.ts'
import { privateFile } from '../state/data-folder.ts'

/** Seals texts with AES-256-GCM under a key that lies in a file of its own, outside the database. */
export interface Seal {
  /** @param place what the text belongs to; a sealed text opens in its own place only */
  close(text: string, place: string): string
  /** @returns undefined when the key or the place is another one */
  open(sealed: string, place: string): string | undefined
}

const algorithm = 'aes-256-gcm'

/**
 * Opens the seal of a data folder; its key file `connectors.key` (mode 0600) is made at the first start.
 * @throws ConfigError when the file is not a key
 */
export function openSeal(folder: string): Seal {
  const key = readKey(join(folder, 'connectors.key'))
  return {
    close(text, place) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed, 'base64')
      try {
        const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, 12), { authTagLength: 16 })
        decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(12, 28))
        return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        return undefined
      }
    },
  }
}

function readKey(path: string): Buffer {
  privateFile(path)
  const found = readFileSync(path, 'utf8').trim()
  if (found === '') {
    const key = randomBytes(32)
    writeFileSync(path, `${key.toString('hex')}\n`, { flush: true })
    return key
  }
  if (!/^[0-9a-f]{64}$/.test(found))
    throw new ConfigError(`${path} is not a key: it must hold 64 hexadecimal digits.`)
  return Buffer.from(found, 'hex')
}
