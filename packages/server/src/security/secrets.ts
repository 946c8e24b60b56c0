import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Returns 256 random bits as text that is safe in headers, cookies and addresses. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/**
 * Returns the form in which a random secret is stored. A plain SHA-256 is enough for 256 random bits; what a person
 * chose goes through `hashPassword` instead.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Compares two texts in a time that tells nothing of where they differ. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}
