import { errorOf, send } from '@quarry/schema'
import { RunEvent, streamRun } from '@quarry/schema/endpoints/run-results'

/** Follows the stream of a run; ends with it. */
export async function* watchRun(
  baseUrl: string,
  headers: () => Record<string, string>,
  id: string,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  const response = await send(baseUrl, streamRun, { params: { id } }, { headers, ...(signal && { signal }) })
  if (!response.ok || !response.body) throw await errorOf(response)
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = text
        .slice(0, end)
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trim())
        .join('\n')
      text = text.slice(end + 2)
      if (data) yield RunEvent.parse(JSON.parse(data))
    }
  }
}
