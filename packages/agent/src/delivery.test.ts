import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDelivery } from './delivery.ts'
import { openLog } from './log.ts'
import { openOutbox } from './outbox/outbox.ts'
import { tempFolder } from './testing/temp-folder.ts'

function setUp(batches: Record<string, number>) {
  const outbox = openOutbox(join(tempFolder(), 'outbox.db'), { maxBytes: 1 << 20 })
  for (const [run, count] of Object.entries(batches)) {
    outbox.begin(run)
    for (let sequence = 1; sequence <= count; sequence++)
      outbox.append(run, { sequence, frame: `${run}${sequence}` }, sequence === count)
  }
  const sent: string[] = []
  return {
    outbox,
    sent,
    send: (frame: string) => void sent.push(frame),
    delivery: openDelivery(outbox, openLog('silent')),
  }
}

test('sends at most eight batches of a run ahead of its acknowledgements', () => {
  const { delivery, sent, send } = setUp({ a: 20 })
  delivery.connect(send)
  expect(sent).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8'])
  delivery.acknowledged('a', 2)
  expect(sent.slice(8)).toEqual(['a9', 'a10'])
})

test('sends again from the first unacknowledged batch when the link is a new one', () => {
  const { delivery, sent, send, outbox } = setUp({ a: 3 })
  delivery.connect(send)
  delivery.acknowledged('a', 1)
  delivery.connect(undefined)
  sent.length = 0
  delivery.connect(send)
  expect(sent).toEqual(['a2', 'a3'])
  delivery.acknowledged('a', 3)
  expect(outbox.waiting()).toEqual([])
})

test('an acknowledgement of what was never sent deletes nothing unsent', () => {
  const { delivery, sent, send } = setUp({ a: 10 })
  delivery.connect(send)
  delivery.acknowledged('a', 999)
  expect(sent.slice(8)).toEqual(['a9', 'a10'])
})

test('an acknowledgement of an unknown run, or without a link, is harmless', () => {
  const { delivery, outbox } = setUp({ a: 1 })
  delivery.acknowledged('a', 1)
  delivery.acknowledged('b', 1)
  expect(outbox.waiting()).toEqual(['a'])
})

test('a large run does not keep others from being sent', () => {
  const { delivery, sent, send } = setUp({ a: 20, b: 1 })
  delivery.connect(send)
  expect(sent).toContain('b1')
})

test('a cautious link carries only what the server asks for on it', () => {
  const { delivery, sent, send } = setUp({ a: 2, b: 1 })
  delivery.connect(send, true)
  expect(sent).toEqual([])
  delivery.asked('b')
  delivery.asked('c')
  expect(sent).toEqual(['b1'])
  delivery.connect(send)
  expect(sent.slice(1)).toEqual(['a1', 'a2', 'b1'])
})

test('what is stored while the link is up leaves at once', () => {
  const { delivery, sent, send, outbox } = setUp({})
  delivery.connect(send)
  outbox.begin('a')
  outbox.append('a', { sequence: 1, frame: 'a1' }, true)
  delivery.stored('a')
  expect(sent).toEqual(['a1'])
})
