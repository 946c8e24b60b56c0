import { mayReachOut, warnUnreached } from '../bridge/allowed.ts'
import { column, defineTable } from '../define-table.ts'

const usualAgent = 'quarry'
const redirects = 10

export default defineTable({
  name: 'curl',
  description:
    'What a web server answers to a GET from the device. It is off until the device’s owner allows queries to reach out, and needs a permission of its own.',
  platforms: ['linux'],
  columns: {
    url: column.text('Address with http or https.', { index: true, required: true, pivotType: 'url' }),
    method: column.text('Method of the request: always GET.'),
    user_agent: column.text('Name that the request gives itself; quarry unless a constraint sets another.', {
      additional: true,
    }),
    response_code: column.integer('Status of the answer, such as 200.'),
    round_trip_time: column.bigint('Time until the answer was there, in microseconds.'),
    bytes: column.bigint('Size of the answer’s body in bytes.'),
    result: column.text('The body as text.'),
  },
  examples: ["SELECT response_code, bytes FROM curl WHERE url = 'https://www.example.com/'"],
  estimatedRows: 1,

  *rows(host, scan) {
    if (!mayReachOut(host, scan, 'curl')) return
    for (const url of scan.texts('url') ?? [])
      for (const agent of scan.texts('user_agent') ?? [usualAgent]) {
        const started = performance.now()
        try {
          const { status, body } = host.bridge.http({ url, redirects, headers: { 'user-agent': agent } })
          yield {
            url,
            method: 'GET',
            user_agent: agent,
            response_code: status,
            round_trip_time: Math.round((performance.now() - started) * 1000),
            bytes: body.length,
            result: scan.uses('result') ? Buffer.from(body).toString('utf8') : null,
          }
        } catch (error) {
          warnUnreached(scan, url, error)
        }
      }
  },
})
