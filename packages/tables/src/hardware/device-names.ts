import type { Scan } from '../define-table.ts'
import { linesOf } from '../files/text-files.ts'
import type { Host } from '../host/host.ts'

/** Names of vendors, models and classes by their hexadecimal ids; undefined for what the list has not. */
export interface DeviceNames {
  vendor(vendor: string): string | undefined
  model(vendor: string, model: string): string | undefined
  subsystem(vendor: string, model: string, subVendor: string, subModel: string): string | undefined
  deviceClass(id: string): string | undefined
  subclass(id: string, sub: string): string | undefined
}

const VENDOR = /^([\da-f]{4}) {2}(.*)/
const MODEL = /^\t([\da-f]{4}) {2}(.*)/
const SUBSYSTEM = /^\t\t([\da-f]{4}) ([\da-f]{4}) {2}(.*)/
const CLASS = /^C ([\da-f]{2}) {2}(.*)/
const SUBCLASS = /^\t([\da-f]{2}) {2}(.*)/

/** Places of the lists by distribution, the first that exists counts. */
const places = ['/usr/share/misc', '/usr/share/hwdata', '/var/lib/usbutils', '/var/lib/pciutils']

/**
 * Reads `pci.ids` or `usb.ids` of the machine (format: the heads of these files). Where there is none, nothing has a name. Lists that
 * come with no package are not shipped: a name is what the machine itself would print.
 */
export function deviceNames(
  host: Host,
  scan: Pick<Scan, 'warn' | 'once'>,
  file: 'pci.ids' | 'usb.ids',
): DeviceNames {
  const path = places.map((place) => `${place}/${file}`).find((one) => host.exists(one))
  const names = new Map<string, string>()
  // The entry of each level that the lines below it belong to.
  let vendor = ''
  let model = ''
  let section = ''
  /** Keeps the name under its ids and gives their key; undefined when the line is of another kind. */
  const take = (pattern: RegExp, line: string, prefix: string) => {
    const [name, ...ids] = pattern.exec(line)?.slice(1).reverse() ?? []
    if (name === undefined) return undefined
    const key = prefix + ids.reverse().join(':')
    if (!names.has(key)) names.set(key, name)
    return key
  }
  for (const line of path ? linesOf(host, scan, path) : []) {
    if (line.startsWith('#') || line === '') continue
    if (!line.startsWith('\t')) {
      vendor = take(VENDOR, line, '') ?? ''
      section = vendor ? '' : (take(CLASS, line, 'C ') ?? '')
    } else if (section) take(SUBCLASS, line, `${section}:`)
    else if (vendor && line.startsWith('\t\t')) take(SUBSYSTEM, line, `${model}:`)
    else if (vendor) model = take(MODEL, line, `${vendor}:`) ?? ''
  }
  const name = (...ids: string[]) => names.get(ids.join(':'))
  return {
    vendor: name,
    model: name,
    subsystem: name,
    deviceClass: (id) => name(`C ${id}`),
    subclass: (id, sub) => name(`C ${id}`, sub),
  }
}
