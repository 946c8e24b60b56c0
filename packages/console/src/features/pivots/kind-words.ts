import type { PivotType } from '@quarry/schema'

/** What each kind of value is called. */
export const kindWords: Record<PivotType, string> = {
  deviceId: 'device',
  deviceName: 'device',
  sophosPid: 'process',
  ipAddress: 'address',
  username: 'account',
  sha256: 'SHA-256',
  filePath: 'path',
  registryKey: 'registry key',
  url: 'URL',
  domain: 'domain',
  md5: 'MD5',
  sha1: 'SHA-1',
  cmdline: 'command line',
  port: 'port',
  processName: 'program',
  packageName: 'package',
  detectionName: 'detection',
}
