import { column, defineTable } from '../define-table.ts'
import { readValue } from '../system/read-value.ts'

export default defineTable({
  name: 'sophos_endpoint_info',
  description: 'Who the device is to the server: its ids, its name and its agent.',
  platforms: ['linux'],
  columns: {
    endpoint_id: column.text('Id of the device.', { pivotType: 'deviceId' }),
    customer_id: column.text('Id of the installation that the device belongs to.'),
    hostname: column.text('Name of the device.', { pivotType: 'deviceName' }),
    agent_version: column.text('Version of the agent.'),
  },
  examples: ['SELECT endpoint_id, customer_id, hostname FROM sophos_endpoint_info'],
  estimatedRows: 1,

  *rows(host, scan) {
    const agent = host.ports.identity
    if (!agent) scan.warn('This device is not enrolled; it has no ids.', 'table_unavailable')
    yield {
      endpoint_id: agent?.endpointId ?? null,
      customer_id: agent?.tenantId ?? null,
      hostname: readValue(host, '/proc/sys/kernel/hostname'),
      agent_version: agent?.agentVersion ?? null,
    }
  },
})
