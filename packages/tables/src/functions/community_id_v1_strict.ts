import { communityId } from '../addresses/community-id.ts'
import { defineFunction, FunctionError } from './define-function.ts'

export default defineFunction({
  name: 'community_id_v1_strict',
  signature: 'community_id_v1_strict(source, destination, source_port, destination_port, protocol[, seed])',
  description:
    'Gives the Community ID (version 1) of a connection; an address, port or protocol that is none fails the query.',
  parameters: ['text', 'text', 'integer', 'integer', 'integer', 'integer'],
  optional: 1,
  examples: [
    [
      "community_id_v1_strict('66.35.250.204', '128.232.110.120', 80, 34855, 6)",
      '1:LQU9qZlK+B5F3KDmev6m5PMibrg=',
    ],
  ],
  run(source, destination, sourcePort, destinationPort, protocol, seed) {
    const id = communityId({ source, destination, sourcePort, destinationPort, protocol, seed: seed ?? 0 })
    if (id === undefined) {
      throw new FunctionError('community_id_v1_strict(): an address, port or protocol is not valid')
    }
    return id
  },
})
