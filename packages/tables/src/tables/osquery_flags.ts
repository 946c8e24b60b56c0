import { defaultLimits } from '@quarry/schema/agent/query-codes'
import { column, defineTable, type Row } from '../define-table.ts'

const columns = {
  name: column.text('Name of the setting.'),
  type: column.text('Type of its value: bool, uint64, double or string.'),
  description: column.text('What it does.'),
  default_value: column.text('Value when nothing sets it.'),
  value: column.text('Value in force.'),
  shell_only: column.integer('Always 0: Quarry’s agent has no settings for a shell alone.'),
}

/** Settings that a query can know, in the names that osquery gives to such. */
function* settings(
  network: boolean,
): Generator<[name: string, type: string, about: string, usual: unknown, now: unknown]> {
  yield [
    'allow_network_tables',
    'bool',
    'Lets curl, curl_certificate and prometheus_metrics reach out of the device.',
    false,
    network,
  ]
  yield ['disable_extensions', 'bool', 'Takes no extensions; Quarry’s agent never does.', true, true]
  for (const [limit, value] of Object.entries(defaultLimits))
    yield [
      `limit_${limit.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
      'double',
      'Limit of one query, unless the device’s policy or the server sets a lower one.',
      value,
      value,
    ]
}

export default defineTable({
  name: 'osquery_flags',
  description:
    'Settings of Quarry’s agent that a query can know, in the columns of osquery’s flags. They are not osquery’s flags.',
  platforms: ['linux'],
  columns,
  examples: ["SELECT value FROM osquery_flags WHERE name = 'allow_network_tables'"],
  estimatedRows: 10,

  *rows(host): Generator<Row<typeof columns>> {
    for (const [name, type, description, usual, now] of settings(host.bridge.network))
      yield { name, type, description, default_value: String(usual), value: String(now), shell_only: 0 }
  },
})
