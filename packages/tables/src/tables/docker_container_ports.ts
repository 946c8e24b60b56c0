import { column, defineTable } from '../define-table.ts'
import { containersOf } from '../docker/containers.ts'
import { listAt, numberAt, textAt } from '../json/read-json.ts'

export default defineTable({
  name: 'docker_container_ports',
  description: 'Ports that containers of Docker expose, and where this machine publishes them.',
  platforms: ['linux'],
  columns: {
    id: column.text('Id of the container.', { additional: true }),
    type: column.text('Protocol: tcp, udp or sctp.'),
    port: column.integer('Port inside the container.'),
    host_ip: column.text('Address of this machine that the port is published on; empty when it is not.', {
      pivotType: 'ipAddress',
    }),
    host_port: column.integer('Port of this machine that leads to it; 0 when it is not published.'),
  },
  examples: ["SELECT id, host_port, port FROM docker_container_ports WHERE host_ip IN ('0.0.0.0', '::')"],
  estimatedRows: 20,

  *rows(host, scan) {
    for (const { id, listed } of containersOf(host, scan))
      for (const port of listAt(listed, 'Ports'))
        yield {
          id,
          type: textAt(port, 'Type'),
          port: numberAt(port, 'PrivatePort'),
          host_ip: textAt(port, 'IP') ?? '',
          host_port: numberAt(port, 'PublicPort') ?? 0,
        }
  },
})
