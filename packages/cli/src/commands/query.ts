import type { Call } from '@quarry/schema'
import { createRun, listRunEndpoints, type Run } from '@quarry/schema/endpoints/runs'
import { connect } from '../connect.ts'
import { defineCommand, option, type Terminal } from '../define-command.ts'
import { findQuery, matchOf } from '../find-query.ts'
import { followRun, progress } from '../follow-run.ts'
import { format } from '../output/formats.ts'
import { rowWriter } from '../output/row-writer.ts'
import { UsageError } from '../usage-error.ts'
import { readVariables } from '../variables.ts'

export default defineCommand({
  name: 'query',
  description: 'Runs a saved query, or SQL, on devices through the server.',
  arguments: [{ name: 'query', description: 'Code or id of a saved query, or SQL.' }],
  options: {
    format,
    device: option.list('name or id', 'Device to ask; may be repeated. All devices when left out.'),
    var: option.list('name=value', 'Value of a variable; repeated for the same name, a list of values.'),
    list: option.list('name=list', 'IOC list for a variable, by its name or id; may be repeated.'),
    maxDuration: option.text('seconds', 'How long to wait for devices (60 to 604800; 300 when left out).'),
  },
  examples: [
    'quarry query network.open_connections',
    `quarry query "SELECT * FROM users WHERE uid = 0" --device web-01 --format csv`,
    'quarry query processes.of_hash --var sha256=9f2c…41',
    'quarry query network.sockets_on_port --var port=3333 --var port=4444',
    'quarry query processes.of_hash --list "sha256=Bad programs"',
  ],
  async run([given = ''], { format, device, var: pairs, list: lists, maxDuration }, terminal) {
    const maxDurationInSeconds = maxDuration === undefined ? undefined : Number(maxDuration)
    if (Number.isNaN(maxDurationInSeconds)) throw new UsageError('--max-duration takes a number of seconds.')
    const call = await connect(terminal.env)
    const variables = await readVariables(call, pairs, lists)
    const query = await findQuery(call, given)
    const { id } = await call(createRun, {
      body: { ...query, variables, matchEndpoints: matchOf(device), maxDurationInSeconds },
    })
    const run = await followRun(call, id, rowWriter(format, terminal.out), terminal)
    if (!terminal.interactive) terminal.err(`${progress(run)}\n`)
    for (const warning of run.warnings)
      terminal.err(`Warning on ${warning.devices} devices: ${warning.message}\n`)
    return (await tellFailures(call, run, terminal)) ||
      run.endpointCounts.statuses.finished.timedOut.total > 0
      ? 2
      : 0
  },
})

async function tellFailures(call: Call, { id, endpointCounts }: Run, terminal: Terminal): Promise<boolean> {
  if (endpointCounts.statuses.finished.failed.total === 0) return false
  const { items } = await call(listRunEndpoints, {
    params: { id },
    query: { match: 'finished:failed', pageSize: 20 },
  })
  for (const device of items) terminal.err(`${device.hostname}: ${device.error?.message ?? 'failed'}\n`)
  return true
}
