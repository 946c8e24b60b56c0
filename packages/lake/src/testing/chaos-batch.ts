// The batch of a device and a sequence: always the same, so that a resend is one.
import type { Batch } from '../batch.ts'
import type { LakeTable } from '../lake-table.ts'

export const chaosTable: LakeTable = {
  name: 'events',
  columns: { time: 'integer', sequence: 'integer', part: 'integer' },
}

export function chaosBatch(device: number, sequence: number): Batch {
  const time = 1_773_144_000 + (sequence % 2) * 86_400
  const rows = [0, 1].map((part) => `${JSON.stringify({ time, sequence, part })}\n`)
  return {
    endpointId: `device-${device}`,
    epName: `host-${device}`,
    stream: chaosTable.name,
    epoch: 1,
    sequence,
    receivedAt: time,
    rows: Buffer.from(rows.join('')),
  }
}
