import type { RunEndpoint } from '@quarry/schema/endpoints/runs'
import type { Tone } from '../../components/state-mark.tsx'

/** The state of a device in a run: a word and a tone, which never stands alone. */
export function deviceState({ status, result, online, resultCount, error }: RunEndpoint): {
  tone: Tone
  word: string
} {
  if (status === 'pending')
    return online ? { tone: 'quiet', word: 'next' } : { tone: 'quiet', word: 'offline, waiting' }
  if (status === 'started') return { tone: 'busy', word: online ? 'running' : 'running, connection lost' }
  switch (result) {
    case 'succeeded':
      return { tone: 'good', word: resultCount > 0 ? 'answered' : 'answered, no row' }
    case 'failed':
      return { tone: 'bad', word: error && resultCount > 0 ? 'failed, some rows kept' : 'failed' }
    case 'timedOut':
      return { tone: 'fair', word: resultCount > 0 ? 'timed out, some rows kept' : 'timed out' }
    case 'canceled':
      return { tone: 'quiet', word: 'canceled' }
    default:
      return { tone: 'quiet', word: 'ended' }
  }
}
