import { z } from 'zod'

/**
 * What a cell can be, and so what question it can be taken into. The first nine are those of the Live Discover API, the
 * others are Quarry's own. Add a member here, nowhere else.
 */
export const PivotType = z.enum([
  'deviceId',
  'deviceName',
  'sophosPid',
  'ipAddress',
  'username',
  'sha256',
  'filePath',
  'registryKey',
  'url',
  'domain',
  'md5',
  'sha1',
  'cmdline',
  'port',
  'processName',
  'packageName',
  'detectionName',
])
export type PivotType = z.infer<typeof PivotType>
