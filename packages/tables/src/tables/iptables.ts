import { column, defineTable } from '../define-table.ts'
import { type FirewallRule, parseFirewall } from '../net/iptables-save.ts'

/** Numbers of protocols that iptables-save gives names, from IANA; another comes as its number. */
const protocols: Record<string, number> = {
  all: 0,
  icmp: 1,
  tcp: 6,
  udp: 17,
  esp: 50,
  ah: 51,
  'ipv6-icmp': 58,
  sctp: 132,
  udplite: 136,
}

const empty = {
  target: '',
  protocol: null,
  src_port: '',
  dst_port: '',
  src_ip: '',
  src_mask: '',
  iniface: '',
  iniface_mask: '',
  dst_ip: '',
  dst_mask: '',
  outiface: '',
  outiface_mask: '',
  match: '',
}

export default defineTable({
  name: 'iptables',
  description:
    'Chains and rules of the firewall for IPv4, as the machine’s own iptables-save tells them, whether the kernel keeps them in its old tables or in nf_tables. Rules that were made with nft alone are not among them.',
  platforms: ['linux'],
  columns: {
    filter_name: column.text('Table of rules: filter, nat, mangle, raw or security.'),
    chain: column.text('Chain of the rule.'),
    policy: column.text('What becomes of a packet at the end of the chain; empty in the rows of rules.'),
    target: column.text('What the rule does; empty in the rows of chains.'),
    protocol: column.integer(
      'Number of the protocol that the rule is for, 0 for any; NULL where it is for any but one.',
    ),
    src_port: column.text(
      'Ports of the source, first and last with a colon between; with ! for any but these.',
    ),
    dst_port: column.text('Ports of the destination, in the same way.'),
    src_ip: column.text('Address of the source, with ! for any but this.'),
    src_mask: column.text('Mask of that address.'),
    iniface: column.text('Interface where the packet came in; all for any.'),
    iniface_mask: column.text('Which bytes of its name count, in hex.'),
    dst_ip: column.text('Address of the destination, with ! for any but this.'),
    dst_mask: column.text('Mask of that address.'),
    outiface: column.text('Interface where the packet goes out; all for any.'),
    outiface_mask: column.text('Which bytes of its name count, in hex.'),
    match: column.text('The word yes in the rows of rules, empty in those of chains.'),
    packets: column.integer('Packets that the rule met, or that met the policy.'),
    bytes: column.integer('Bytes of these packets.'),
  },
  examples: ["SELECT chain, target, dst_port FROM iptables WHERE filter_name = 'filter' AND match = 'yes'"],
  estimatedRows: 60,

  *rows(host, scan) {
    const text = host.ports.firewall?.()
    if (text === undefined)
      return scan.warn('The table iptables is empty: this machine has no iptables-save, or it failed.')
    if (/^# Table .* is incompatible/m.test(text))
      scan.warn(
        'Some rules were made with nft alone; iptables does not show them, and neither does this table.',
      )
    for (const { table, rule, ...facts } of parseFirewall(text)) {
      yield { filter_name: table, ...facts, ...(rule ? describeRule(rule) : empty) }
    }
  },
})

function describeRule(rule: FirewallRule) {
  const [source, destination] = [address(rule.source), address(rule.destination)]
  const portable = ['tcp', 'udp'].some((name) => rule.matches.includes(name))
  const ports = (text: string) => (text ? range(text) : portable ? '0:65535' : '')
  return {
    target: rule.target,
    protocol: protocolNumber(rule.protocol),
    src_port: ports(rule.sourcePorts),
    dst_port: ports(rule.destinationPorts),
    src_ip: source.ip,
    src_mask: source.mask,
    iniface: rule.inInterface || 'all',
    iniface_mask: nameMask(rule.inInterface),
    dst_ip: destination.ip,
    dst_mask: destination.mask,
    outiface: rule.outInterface || 'all',
    outiface_mask: nameMask(rule.outInterface),
    match: 'yes',
  }
}

function protocolNumber(name: string): number | null {
  if (name.startsWith('!')) return null
  if (name === '') return 0
  return protocols[name] ?? (/^\d+$/.test(name) ? Number(name) : null)
}

/** `22` as `22:22`; lists of several stay as they are. */
const range = (ports: string) => (/[:,]/.test(ports) ? ports : `${ports}:${ports.replace('!', '')}`)

/** `10.0.0.0/8` or `10.0.0.0/255.0.0.0` as an address and a mask. */
function address(text: string): { ip: string; mask: string } {
  const [ip = '', width = '32'] = text.split('/')
  if (!ip) return { ip: '0.0.0.0', mask: '0.0.0.0' }
  if (width.includes('.')) return { ip, mask: width }
  const bits = Number(width) === 0 ? 0 : (0xffffffff << (32 - Number(width))) >>> 0
  return { ip, mask: [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.') }
}

/** The kernel compares a name with its final NUL, or up to the `+`. */
function nameMask(name: string): string {
  const plain = name.replace('!', '')
  if (!plain) return ''
  return 'FF'.repeat(plain.endsWith('+') ? plain.length - 1 : plain.length + 1)
}
