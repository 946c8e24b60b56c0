import type { Scan } from '../define-table.ts'
import { textOf } from '../files/text-files.ts'
import type { Host } from '../host/host.ts'

/**
 * Lines `E:NAME=value` of udev's database about a device by its id there (`b8:0`, `c189:1`, `+pci:0000:00:1f.0`); empty where udev
 * does not run, as in a container.
 */
export function udevFacts(host: Host, scan: Pick<Scan, 'warn' | 'once'>, id: string): Map<string, string> {
  const found = new Map<string, string>()
  const path = `/run/udev/data/${id}`
  if (!host.exists(path)) return found
  for (const line of (textOf(host, scan, path, 1 << 20) ?? '').split('\n')) {
    const [, name, value] = /^E:([A-Z\d_]+)=(.*)$/.exec(line) ?? []
    if (name)
      found.set(
        name,
        (value ?? '').replace(/\\x([\da-f]{2})/g, (_, hex: string) =>
          String.fromCharCode(Number.parseInt(hex, 16)),
        ),
      )
  }
  return found
}
