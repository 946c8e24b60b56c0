import type { SensorLayer } from '@quarry/schema/events'
import type { Call } from './syscalls.ts'

/** Calls that each layer cannot do without. */
export const needed: Partial<Record<SensorLayer, readonly Call[]>> = {
  process: ['exec'],
  network: ['connect', 'accept'],
}
