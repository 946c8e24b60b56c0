import { mayReachOut, warnUnreached } from '../bridge/allowed.ts'
import { column, defineTable } from '../define-table.ts'
import { parseMetrics } from '../net/prometheus.ts'

export default defineTable({
  name: 'prometheus_metrics',
  description:
    'Metrics that a service offers to Prometheus, fetched from the address that a constraint on `target_name` names. It is off until the device’s owner allows queries to reach out.',
  platforms: ['linux'],
  columns: {
    target_name: column.text('Address of the metrics with http or https.', {
      required: true,
      pivotType: 'url',
    }),
    metric_name: column.text('Name of the metric with its labels.'),
    metric_value: column.double('Value of the metric.'),
    timestamp_ms: column.bigint(
      'When the value was taken, in milliseconds since 1970: as the service says, else now.',
    ),
  },
  examples: [
    "SELECT metric_name, metric_value FROM prometheus_metrics WHERE target_name = 'http://localhost:9100/metrics'",
  ],
  estimatedRows: 500,

  *rows(host, scan) {
    if (!mayReachOut(host, scan, 'prometheus_metrics')) return
    for (const url of scan.texts('target_name') ?? []) {
      try {
        const { status, body } = host.bridge.http({ url, redirects: 3, headers: { accept: 'text/plain' } })
        if (status !== 200) {
          scan.warn(`${url.slice(0, 200)} answered with status ${status} and no metrics.`)
          continue
        }
        const now = host.now()
        for (const { name, value, time } of parseMetrics(Buffer.from(body).toString('utf8')))
          yield { target_name: url, metric_name: name, metric_value: value, timestamp_ms: time ?? now }
      } catch (error) {
        warnUnreached(scan, url, error)
      }
    }
  },
})
