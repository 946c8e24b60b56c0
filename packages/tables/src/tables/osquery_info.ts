import { column, defineTable } from '../define-table.ts'

export default defineTable({
  name: 'osquery_info',
  description: 'The agent that answers, in the columns by which queries ask osquery about itself.',
  platforms: ['linux'],
  columns: {
    pid: column.integer('Process id of the agent.'),
    uuid: column.text('Id of the device.', { pivotType: 'deviceId' }),
    instance_id: column.text('Id of this start of the agent.'),
    version: column.text('Version of Quarry’s agent, not of osquery.'),
    config_hash: column.text('Hash of a configuration; Quarry’s agent has none, so it is empty.'),
    config_valid: column.integer('1: the agent runs only with a valid configuration.'),
    extensions: column.text('State of extensions; Quarry’s agent has none.'),
    build_platform: column.text('Platform that the agent was built for.'),
    build_distro: column.text(
      'Distribution that it was built on; the agent is not compiled, so it is empty.',
    ),
    start_time: column.integer('Start of the agent in unix seconds.'),
    watcher: column.integer('Process id of a watcher; −1 for none.'),
    platform_mask: column.integer('Bits of the platform as osquery has them: 9 is Linux.'),
  },
  examples: ['SELECT version, start_time FROM osquery_info'],
  estimatedRows: 1,

  *rows(host) {
    const agent = host.ports.identity
    yield {
      pid: agent?.pid ?? null,
      uuid: agent?.endpointId ?? null,
      instance_id: agent?.startTime && agent.pid ? `${agent.pid}-${agent.startTime}` : null,
      version: agent?.agentVersion ?? null,
      config_hash: '',
      config_valid: 1,
      extensions: 'inactive',
      build_platform: host.platform,
      build_distro: '',
      start_time: agent?.startTime ?? null,
      watcher: -1,
      platform_mask: 9,
    }
  },
})
