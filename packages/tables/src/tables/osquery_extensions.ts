import { column, defineTable } from '../define-table.ts'

export default defineTable({
  name: 'osquery_extensions',
  description: 'Extensions of the agent. Quarry’s agent takes none, so there is one row: the agent itself.',
  platforms: ['linux'],
  columns: {
    uuid: column.bigint('Number of the extension; 0 is the agent itself.'),
    name: column.text('Name of the extension; core is the agent itself.'),
    version: column.text('Version of Quarry’s agent.'),
    sdk_version: column.text(
      'Version of osquery’s kit that the extension was built with; empty, as there is none.',
    ),
    path: column.text('Address of the extension’s socket; empty, as there is none.'),
    type: column.text('Kind: core is the agent itself.'),
  },
  examples: ['SELECT name, version, type FROM osquery_extensions'],
  estimatedRows: 1,

  *rows(host) {
    const version = host.ports.identity?.agentVersion ?? ''
    yield { uuid: 0, name: 'core', version, sdk_version: '', path: '', type: 'core' }
  },
})
