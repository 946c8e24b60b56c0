import type { SensorLayer } from '@quarry/schema/events'
import { expect, test } from 'vitest'
import { watchSensorLosses } from './sensor-losses.ts'
import { openLosses } from './shedding/losses.ts'

const status = (layer: SensorLayer, lost: number) => [{ layer, lost, limits: [], reasons: [] }]

test('what a layer lost is told on each journal that may lack it, once', () => {
  const losses = openLosses()
  const note = watchSensorLosses(losses)
  note(status('network', 3), 1000)
  const booked = losses.take()
  expect(booked.map(({ subject, events, reason }) => [subject, events, reason])).toEqual([
    ['Ip', 3, 'source'],
    ['Network', 3, 'source'],
    ['Listen', 3, 'source'],
  ])
  note(status('network', 3), 2000)
  expect(losses.take()).toEqual([])
  note(status('network', 5), 3000)
  expect(losses.take()[0]).toEqual({
    ...{ subject: 'Ip', reason: 'source', events: 2 },
    ...{ firstTime: 3000, lastTime: 3000 },
  })
})
