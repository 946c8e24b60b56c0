/** State of the kernel's audit (`struct audit_status`), as far as Quarry cares. */
export interface AuditStatus {
  /** 0 off, 1 on, 2 on and locked until the next boot. */
  enabled: number
  /** What happens when a record cannot be kept: 0 nothing, 1 a line in the kernel's log, 2 panic. */
  failure: number
  /** Process that gets the records; 0 for none. */
  pid: number
  rateLimit: number
  backlogLimit: number
  /** Records lost since boot. */
  lost: number
  backlogWaitTime: number
}

/** What can be set, each with its bit in the mask and its place. */
const settable = {
  enabled: { bit: 0x01, offset: 4 },
  pid: { bit: 0x04, offset: 12 },
  rateLimit: { bit: 0x08, offset: 16 },
  backlogLimit: { bit: 0x10, offset: 20 },
  backlogWaitTime: { bit: 0x20, offset: 36 },
} as const

export type AuditSettings = Partial<Record<keyof typeof settable, number>>

const SIZE = 44
const SHORTEST = 36

export function parseStatus(bytes: Buffer): AuditStatus {
  if (bytes.length < SHORTEST)
    throw new Error('The kernel answered with a shorter audit status than any it had.')
  return {
    enabled: bytes.readUInt32LE(4),
    failure: bytes.readUInt32LE(8),
    pid: bytes.readUInt32LE(12),
    rateLimit: bytes.readUInt32LE(16),
    backlogLimit: bytes.readUInt32LE(20),
    lost: bytes.readUInt32LE(24),
    // Kernels before 3.14 had none.
    backlogWaitTime: bytes.length >= 40 ? bytes.readUInt32LE(36) : 0,
  }
}

/** The message that sets these and leaves all else. */
export function encodeSettings(settings: AuditSettings): Buffer {
  const bytes = Buffer.alloc(SIZE)
  let mask = 0
  for (const [name, value] of Object.entries(settings) as [keyof typeof settable, number][]) {
    mask |= settable[name].bit
    bytes.writeUInt32LE(value, settable[name].offset)
  }
  bytes.writeUInt32LE(mask, 0)
  return bytes
}
