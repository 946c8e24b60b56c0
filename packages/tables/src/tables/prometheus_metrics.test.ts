import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import { startStub } from '../testing/stub-server.ts'
import table from './prometheus_metrics.ts'

const text = `# HELP requests_total Requests.
# TYPE requests_total counter
requests_total{code="200",path="/a } b"} 1027 1395066363000
load 0.5
bucket{le="+Inf"} +Inf
broken line here
`
const web = await startStub({ 'GET /metrics': { body: text } })
const engine = await openFixture([table], { network: true })
const closed = await openFixture([table])
afterAll(async () => {
  engine.close()
  closed.close()
  await web[Symbol.asyncDispose]()
})
const target = `http://127.0.0.1:${web.port}/metrics`

test('shows metrics with their labels', () => {
  const now = Date.now()
  const rows = engine.all(`SELECT * FROM prometheus_metrics WHERE target_name = '${target}'`)
  expect(rows).toEqual([
    {
      target_name: target,
      metric_name: 'requests_total{code="200",path="/a } b"}',
      metric_value: 1027,
      timestamp_ms: 1395066363000,
    },
    { target_name: target, metric_name: 'load', metric_value: 0.5, timestamp_ms: expect.any(Number) },
    expect.objectContaining({ metric_name: 'bucket{le="+Inf"}', metric_value: 'Inf' }),
  ])
  expect(Number(rows[1]?.timestamp_ms)).toBeGreaterThanOrEqual(now)
})

test('an address without metrics is a warning; without leave nothing is asked', () => {
  expect(engine.all(`SELECT * FROM prometheus_metrics WHERE target_name = '${target}/none'`)).toEqual([])
  expect(engine.lastWarnings[0]?.message).toBe(`${target}/none answered with status 404 and no metrics.`)
  expect(closed.all(`SELECT * FROM prometheus_metrics WHERE target_name = '${target}'`)).toEqual([])
  expect(closed.lastWarnings.map(({ code }) => code)).toEqual(['table_unavailable'])
})
