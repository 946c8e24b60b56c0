import type { IncomingMessage } from 'node:http'
import zlib from 'node:zlib'
import { Trouble } from '../trouble.ts'

/**
 * Reads the body of an answer, unpacked.
 * @throws Trouble tooLarge as soon as it is longer than `maxBytes`, packed or unpacked
 */
export async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) {
      response.destroy()
      throw tooLarge(maxBytes)
    }
    chunks.push(chunk)
  }
  return unpack(Buffer.concat(chunks), response.headers['content-encoding'], maxBytes)
}

function unpack(body: Buffer, encoding: string | undefined, maxOutputLength: number): Buffer {
  const packed = encoding?.trim().toLowerCase() ?? 'identity'
  try {
    if (packed === 'identity' || body.length === 0) return body
    if (packed === 'gzip' || packed === 'x-gzip') return zlib.gunzipSync(body, { maxOutputLength })
    if (packed === 'deflate') return zlib.inflateSync(body, { maxOutputLength })
    if (packed === 'br') return zlib.brotliDecompressSync(body, { maxOutputLength })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxOutputLength)
  }
  throw new Trouble(
    'badAnswer',
    `The answer is packed in a way that cannot be read (${packed.slice(0, 40)}).`,
  )
}

function tooLarge(maxBytes: number): Trouble {
  return new Trouble('tooLarge', `The answer is larger than ${maxBytes / 1_048_576} MiB and was not read.`)
}
