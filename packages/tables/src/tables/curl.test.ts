import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import { startStub } from '../testing/stub-server.ts'
import table from './curl.ts'

const web = await startStub({
  'GET /from': { status: 302, headers: { location: '/to' }, body: '' },
  'GET /to': { body: 'grüß' },
})
const engine = await openFixture([table], { network: true })
const closed = await openFixture([table])
afterAll(async () => {
  engine.close()
  closed.close()
  await web[Symbol.asyncDispose]()
})
const url = (path: string) => `http://127.0.0.1:${web.port}${path}`

test('shows an answer, redirects followed', () => {
  const [row] = engine.all(`SELECT * FROM curl WHERE url = '${url('/from')}'`)
  expect(row).toEqual({
    url: url('/from'),
    method: 'GET',
    user_agent: 'quarry',
    response_code: 200,
    round_trip_time: expect.any(Number),
    bytes: 6,
    result: 'grüß',
  })
  expect(Number(row?.round_trip_time)).toBeGreaterThan(0)
})

test('gives itself another name', () => {
  const from = `curl WHERE url IN ('${url('/to')}', '${url('/none')}') AND user_agent = 'me/1'`
  expect(engine.all(`SELECT user_agent, response_code FROM ${from} ORDER BY 2`)).toEqual([
    { user_agent: 'me/1', response_code: 200 },
    { user_agent: 'me/1', response_code: 404 },
  ])
})

test('says who does not answer', () => {
  expect(
    engine.all("SELECT * FROM curl WHERE url IN ('http://127.0.0.1:1/', 'file:///etc/passwd', 'x')"),
  ).toEqual([])
  expect(engine.lastWarnings.map(({ message }) => message)).toEqual([
    'file:///etc/passwd gave no answer: only http and https are known.',
    'http://127.0.0.1:1/ gave no answer: nobody answers there.',
    'x gave no answer: Invalid URL.',
  ])
})

test('is off until it is allowed, and says how', async () => {
  const before = (await web.asked()).length
  expect(closed.all(`SELECT * FROM curl WHERE url = '${url('/to')}'`)).toEqual([])
  expect(closed.lastWarnings).toEqual([
    {
      code: 'table_unavailable',
      message: expect.stringContaining('"networkTables": true in the agent’s policy.json'),
    },
  ])
  expect((await web.asked()).length).toBe(before)
})
