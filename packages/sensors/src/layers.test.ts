import type { SensorLayer } from '@quarry/schema/events'
import { expect, test } from 'vitest'
import { BootClock } from './clock.ts'
import { Layers } from './layers.ts'
import { libc } from './libc.ts'
import { startLoop } from './loop.ts'
import { type Source, type SourceContext, SourceUnavailable } from './source.ts'
import { eventually } from './testing/watch.ts'

const context = { log: () => undefined } as unknown as SourceContext
const source = (
  name: string,
  rank: number,
  layers: SensorLayer[],
  tick: () => void = () => undefined,
): Source => ({
  name,
  rank,
  layers,
  limits: [`${name} has a limit.`],
  open: async () => ({ fds: [], tick, lost: () => ({}), close: () => undefined }),
})
const refusing: Source = {
  ...source('refusing', 30, ['process', 'network']),
  open: async () => {
    throw new SourceUnavailable('Install the package that is missing')
  },
}

test('takes the best source that opens for each layer, and says why the better ones were not', async () => {
  const sources = [refusing, source('good', 20, ['network']), source('last', 10, ['process', 'network'])]
  const layers = new Layers(sources, context, [], () => undefined)
  await layers.fill()
  const status = Object.fromEntries(layers.status().map((each) => [each.layer, each]))
  const reasons = ['Install the package that is missing.']
  expect(status.process).toMatchObject({ source: 'last', limits: ['last has a limit.'], reasons })
  expect(status.network).toMatchObject({ source: 'good', reasons })
  expect(status.web).toEqual({ layer: 'web', limits: [], reasons: [], lost: 0 })
})

test('replaces a source that throws while it works', async () => {
  const broken = source('broken', 20, ['process'], () => {
    throw new Error('it broke')
  })
  const layers = new Layers([broken, source('next', 10, ['process'])], context, [], () => undefined)
  await layers.fill()
  expect(layers.status()[0]?.source).toBe('broken')
  const stop = startLoop({
    libc,
    clock: new BootClock(libc),
    active: () => layers.active,
    everySecond: () => undefined,
    failed: (active, error) => layers.replace(active, error),
  })
  await eventually(() => layers.status()[0]?.source === 'next', 'another source')
  expect(layers.status()[0]?.reasons).toEqual(['The source broken stopped working: it broke.'])
  await stop()
})
