import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SensorEvent, SensorEventType } from '@quarry/schema/events'
import { openSensors, type SensorOptions } from '../open-sensors.ts'

/** Opens the real sensors with the named sources, keeps what they tell, and ends them with `await using`. */
export async function watch(only: readonly string[], options: Partial<SensorOptions> = {}) {
  const stateDir = options.stateDir ?? mkdtempSync(join(tmpdir(), 'quarry-sensors-'))
  const events: SensorEvent[] = []
  const logged: string[] = []
  const sensors = await openSensors({
    emit: (event) => void events.push(event),
    isOwn: () => false,
    log: (message) => void logged.push(message),
    only,
    ...options,
    stateDir,
  })
  return {
    events,
    logged,
    sensors,
    stateDir,
    /** The first event of a type for which `test` holds, once there is one. */
    async first<T extends SensorEventType>(type: T, test: (event: SensorEvent & { type: T }) => boolean) {
      const isIt = (event: SensorEvent): event is SensorEvent & { type: T } =>
        event.type === type && test(event as SensorEvent & { type: T })
      return await eventually(
        () => events.find(isIt),
        `a ${type} event; the sensors said: ${logged.join(' ')}`,
      )
    },
    async [Symbol.asyncDispose]() {
      await sensors.close()
      rmSync(stateDir, { recursive: true, force: true })
    },
  }
}

/** Waits until `find` answers something other than undefined or false. */
export async function eventually<T>(
  find: () => T | undefined | false,
  what: string,
  millis = 20_000,
): Promise<T> {
  const end = performance.now() + millis
  for (;;) {
    const found = find()
    if (found !== undefined && found !== false) return found
    if (performance.now() > end) throw new Error(`There was not ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
