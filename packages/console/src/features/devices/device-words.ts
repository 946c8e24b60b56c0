import type { Device } from '@quarry/schema/endpoints/endpoints'
import type { Tone } from '../../components/state-mark.tsx'

const health: Record<Device['health']['overall'], { word: string; tone: Tone }> = {
  good: { word: 'good', tone: 'good' },
  suspicious: { word: 'suspicious', tone: 'fair' },
  bad: { word: 'bad', tone: 'bad' },
  unknown: { word: 'unknown', tone: 'quiet' },
}

/** Health of a device as a word and a tone. */
export function healthOf(device: Pick<Device, 'health'>): { word: string; tone: Tone } {
  return health[device.health.overall]
}

const states: Record<Device['agent']['capabilities'][number]['state'], { word: string; tone: Tone }> = {
  on: { word: 'on', tone: 'good' },
  limited: { word: 'limited', tone: 'fair' },
  off: { word: 'off', tone: 'quiet' },
}

/** State of something that an agent can do, as a word and a tone. */
export function capabilityState(state: keyof typeof states): { word: string; tone: Tone } {
  return states[state]
}

/** The system in words: `Debian GNU/Linux 12.5`. A version that the name holds already is not said twice. */
export function osWords({ os }: Pick<Device, 'os'>): string {
  const version = [os.majorVersion, os.minorVersion]
    .filter((part, index) => index === 0 || part > 0)
    .join('.')
  return os.majorVersion === 0 || os.name.includes(String(os.majorVersion))
    ? os.name
    : `${os.name} ${version}`
}
