import type { Recording } from '@quarry/schema/agent/recording'
import type { Tone } from '../../components/state-mark.tsx'

/** What each layer of sensors sees. */
export const layerNames: Record<Recording['sensors'][number]['layer'], string> = {
  process: 'Processes',
  network: 'Connections',
  file: 'Files',
  dns: 'Names (DNS)',
  web: 'Web requests',
  login: 'Sign-ins',
  system: 'System',
}

/** The state of a recording in a word. */
export function stateOf({ state, sensors }: Pick<Recording, 'state' | 'sensors'>): {
  tone: Tone
  word: string
} {
  if (state === 'off') return { tone: 'quiet', word: 'recording is off' }
  if (state === 'stopped') return { tone: 'bad', word: 'recording has stopped' }
  const blind = sensors.filter(({ source }) => source === undefined).length
  return blind > 0 ? { tone: 'fair', word: 'recording, in part' } : { tone: 'good', word: 'recording' }
}

/** Days between the first and the last event of a journal. */
export function daysOf({ firstTime, lastTime }: Recording['journals'][number]): number {
  return firstTime === undefined || lastTime === undefined ? 0 : Math.max(0, lastTime - firstTime) / 86_400
}
