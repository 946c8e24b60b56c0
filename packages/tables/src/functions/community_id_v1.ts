import { communityId } from '../addresses/community-id.ts'
import { defineFunction } from './define-function.ts'

export default defineFunction({
  name: 'community_id_v1',
  signature: 'community_id_v1(source, destination, source_port, destination_port, protocol[, seed])',
  description:
    'Gives the Community ID (version 1) of a connection, the key that Zeek and Suricata write too; an empty text when an address, port or protocol is none.',
  parameters: ['text', 'text', 'integer', 'integer', 'integer', 'integer'],
  optional: 1,
  examples: [
    ["community_id_v1('66.35.250.204', '128.232.110.120', 80, 34855, 6)", '1:LQU9qZlK+B5F3KDmev6m5PMibrg='],
    [
      "community_id_v1('66.35.250.204', '2001:0:3238:DFE1:63::FEFB', 80, 2347, 6)",
      '1:rxU6O+b2d9kbSWjRmVDoBbowx6g=',
    ],
    [
      "community_id_v1('66.35.250.204', '2001:0:3238:DFE1:63::FEFB', 80, 2347, 6, 37)",
      '1:jmJ2ORP31di4mtsQPIKzyoEb3yo=',
    ],
    ["community_id_v1('', '10.0.0.1', 1, 2, 6)", ''],
  ],
  run: (source, destination, sourcePort, destinationPort, protocol, seed) =>
    communityId({ source, destination, sourcePort, destinationPort, protocol, seed: seed ?? 0 }) ?? '',
})
