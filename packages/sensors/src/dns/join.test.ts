import type { SensorEvent } from '@quarry/schema/events'
import { expect, test } from 'vitest'
import { createDnsJoin, type DnsTraffic } from './join.ts'

function start(limit?: number) {
  const events: SensorEvent[] = []
  return { events, join: createDnsJoin((event) => events.push(event), limit) }
}

function traffic(at: number, change: Partial<DnsTraffic['message']> = {}): DnsTraffic {
  const message = {
    id: 7,
    response: false,
    truncated: false,
    name: 'a.test',
    question: 'A',
    answers: [],
    responseCode: 'NOERROR',
    ...change,
  }
  return { at, port: 4444, server: '192.0.2.53', message }
}

const process = { pid: 5, startTicks: 9 }
const answer = (at: number) => traffic(at, { response: true, answers: ['192.0.2.1'] })

test('one event for a question and its answer, at the time of the question', () => {
  const { events, join } = start()
  join.asked({ ...traffic(1000), process })
  expect(events).toEqual([])
  join.answered(answer(1010))
  join.answered(answer(1011))
  join.tick(9000)
  expect(events).toEqual([
    {
      type: 'dns',
      at: 1000,
      process,
      name: 'a.test',
      question: 'A',
      answers: ['192.0.2.1'],
      responseCode: 'NOERROR',
      server: '192.0.2.53',
    },
  ])
})

test('A and AAAA with one id are two questions', () => {
  const { events, join } = start()
  join.asked(traffic(1000))
  join.asked(traffic(1000, { question: 'AAAA' }))
  join.answered(traffic(1010, { question: 'AAAA', answers: ['::1'] }))
  join.answered(answer(1011))
  expect(events.map((event) => event.type === 'dns' && [event.question, event.answers])).toEqual([
    ['AAAA', ['::1']],
    ['A', ['192.0.2.1']],
  ])
})

test('without an answer it is told after five seconds', () => {
  const { events, join } = start()
  join.asked(traffic(1000))
  join.tick(5999)
  expect(events).toHaveLength(0)
  join.tick(6000)
  expect(events).toMatchObject([{ answers: [], responseCode: '' }])
})

test('a clock set back does not keep a question', () => {
  const { events, join } = start()
  join.asked(traffic(3_600_000))
  join.tick(1000)
  expect(events).toHaveLength(1)
})

test('a repeat adds the process and is not told again', () => {
  const { events, join } = start()
  join.asked(traffic(1000))
  join.asked({ ...traffic(2000), process })
  join.answered(answer(2010))
  expect(events).toMatchObject([{ at: 1000, process }])
})

test('an answer without its question is told alone', () => {
  const { events, join } = start()
  join.answered({ ...answer(1000), process })
  expect(events).toMatchObject([{ process, answers: ['192.0.2.1'] }])
})

test('beyond its limit the oldest is told without its answer', () => {
  const { events, join } = start(2)
  for (const id of [1, 2, 3]) join.asked(traffic(1000, { id, name: `n${id}.test` }))
  expect(events).toMatchObject([{ name: 'n1.test', responseCode: '' }])
})
