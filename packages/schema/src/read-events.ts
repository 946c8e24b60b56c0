import type { z } from 'zod'
import { errorOf } from './client.ts'

/**
 * Reads a stream of server-sent events that answered a call with a body, for which browsers have no reader.
 * @throws ApiError when the answer is an error, ZodError when an event is not of the contract
 */
export async function* readEvents<O extends z.ZodType>(
  response: Response,
  output: O,
): AsyncGenerator<z.output<O>> {
  if (!response.ok || !response.body) throw await errorOf(response)
  let text = ''
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text += value
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = dataOf(text.slice(0, end))
        text = text.slice(end + 2)
        if (data !== '') yield output.parse(JSON.parse(data))
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

function dataOf(event: string): string {
  const lines = event.split('\n').filter((line) => line.startsWith('data:'))
  return lines.map((line) => line.slice(5).trim()).join('\n')
}
