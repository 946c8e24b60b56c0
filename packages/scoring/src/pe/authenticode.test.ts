import { expect, test } from 'vitest'
import { makePe } from '../testing/make-pe.ts'
import { imageDigest, signatureOf } from './authenticode.ts'
import { parsePe } from './parse-pe.ts'

const sections = [{ name: '.text', bytes: Buffer.alloc(700, 3) }]

/** An image whose certificate table holds its own digest, as the signed content of a real signature does. */
function signedImage(digest: string) {
  const size = { sha1: 20, sha256: 32 }[digest]!
  const image = makePe({ sections, certificates: Buffer.alloc(8 + 16 + size) })
  imageDigest(image, parsePe(image)!, digest).copy(image, image.length - size)
  return image
}

test.each(['sha256', 'sha1'])('finds the %s digest of the image in its signature', (digest) => {
  const image = signedImage(digest)
  expect(signatureOf(image, parsePe(image)!)).toEqual({ state: 'digest matches', digest })
})

test('the checksum is not part of what is signed, every other byte of the image is', () => {
  const image = signedImage('sha256')
  image.writeUInt32LE(99, 128 + 24 + 64)
  expect(signatureOf(image, parsePe(image)!).state).toBe('digest matches')
  image[600]! ^= 1
  expect(signatureOf(image, parsePe(image)!)).toEqual({ state: 'digest differs' })
})

test('without a certificate table, or with one beyond the end, an image is unsigned', () => {
  const image = makePe({ sections })
  expect(signatureOf(image, parsePe(image)!)).toEqual({ state: 'unsigned' })
  image.writeUInt32LE(0x7fffffff, 128 + 24 + 96 + 32)
  image.writeUInt32LE(64, 128 + 24 + 96 + 36)
  expect(signatureOf(image, parsePe(image)!)).toEqual({ state: 'unsigned' })
})
