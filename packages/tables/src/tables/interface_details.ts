import { column, defineTable } from '../define-table.ts'
import type { Host } from '../host/host.ts'
import { attempt, isGone } from '../proc/attempt.ts'

const UP = 0x1
const RUNNING = 0x40
const PCI_SLOT = /\/([0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.\d)(?=\/)/g

/** The kernel works RUNNING out when it is asked through a socket; its file leaves it out. */
function flagsOf(flags: string, operstate: string): number {
  const bits = Number(flags) & 0xffff
  return bits & UP && ['up', 'unknown'].includes(operstate) ? bits | RUNNING : bits
}

function pciSlot(host: Host, folder: string): string {
  try {
    return [...`${host.realpath(`${folder}/device`)}/`.matchAll(PCI_SLOT)].at(-1)?.[1] ?? ''
  } catch {
    // Virtual interfaces have no device.
    return ''
  }
}

/** In Mb/s; null while the link is down, or where the driver has no answer. */
function speedOf(host: Host, folder: string): number | null {
  try {
    const speed = Number(host.read(`${folder}/speed`))
    return speed > 0 ? speed : null
  } catch {
    return null
  }
}

export default defineTable({
  name: 'interface_details',
  description: 'Network interfaces with their hardware addresses and traffic since boot.',
  platforms: ['linux'],
  columns: {
    interface: column.text('Name of the network interface.'),
    mac: column.text('Hardware address.'),
    type: column.integer('Kind of hardware by the kernel’s number: 1 is Ethernet, 772 the loopback.'),
    mtu: column.integer('Greatest packet in bytes.'),
    metric: column.integer('Cost of the interface; always 0 on Linux, where routes bear it.'),
    flags: column.integer('Flags of the kernel: 1 up, 8 loopback, 64 running, 256 listens to all packets.'),
    ipackets: column.bigint('Packets received.'),
    opackets: column.bigint('Packets sent.'),
    ibytes: column.bigint('Bytes received.'),
    obytes: column.bigint('Bytes sent.'),
    ierrors: column.bigint('Packets received with errors.'),
    oerrors: column.bigint('Packets that could not be sent for errors.'),
    idrops: column.bigint('Received packets that were dropped.'),
    odrops: column.bigint('Packets that were dropped before they were sent.'),
    collisions: column.bigint('Collisions on the wire.'),
    last_change: column.bigint(
      'When the interface last changed; always −1 on Linux, which does not keep it.',
    ),
    pci_slot: column.text('Slot of the device on the PCI bus; empty for a virtual interface.'),
    link_speed: column.bigint('Speed of the link in Mb/s; NULL when it is down or not known.'),
  },
  examples: ["SELECT interface, mac, ibytes, obytes FROM interface_details WHERE interface <> 'lo'"],
  estimatedRows: 10,

  *rows(host, scan) {
    for (const name of attempt(scan, () => host.list('/sys/class/net')) ?? []) {
      const folder = `/sys/class/net/${name}`
      const read = (file: string) => host.read(`${folder}/${file}`).trim()
      const count = (file: string) => BigInt(read(`statistics/${file}`))
      try {
        yield {
          interface: name,
          mac: read('address'),
          type: Number(read('type')),
          mtu: Number(read('mtu')),
          metric: 0,
          flags: flagsOf(read('flags'), read('operstate')),
          ipackets: count('rx_packets'),
          opackets: count('tx_packets'),
          ibytes: count('rx_bytes'),
          obytes: count('tx_bytes'),
          ierrors: count('rx_errors'),
          oerrors: count('tx_errors'),
          idrops: count('rx_dropped'),
          odrops: count('tx_dropped'),
          collisions: count('collisions'),
          last_change: -1,
          link_speed: speedOf(host, folder),
          pci_slot: scan.uses('pci_slot') ? pciSlot(host, folder) : null,
        }
      } catch (error) {
        // One removed meanwhile, or a file beside the interfaces such as `bonding_masters`.
        if (!isGone(error))
          attempt(scan, () => {
            throw error
          })
      }
    }
  },
})
