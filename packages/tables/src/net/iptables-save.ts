import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Only these places: never what a search path says. */
const places = ['/usr/sbin/iptables-save', '/sbin/iptables-save']

/** A chain (its `policy` empty for one that a person made) or, with `rule`, a rule of it. */
export interface FirewallLine {
  table: string
  chain: string
  policy: string
  packets: bigint
  bytes: bigint
  rule?: FirewallRule
}

/** What a rule demands, as iptables-save words it; a leading `!` says that it must not be so. Empty for nothing demanded. */
export interface FirewallRule {
  target: string
  protocol: string
  source: string
  destination: string
  inInterface: string
  outInterface: string
  /** Names of the matches that it loads. */
  matches: string[]
  sourcePorts: string
  destinationPorts: string
}

/**
 * What `iptables-save -c` prints: the system's own tool reads the old tables of the kernel or those of nf_tables, as the system is
 * set up. Undefined where there is none, or it fails.
 */
export function printFirewall(): string | undefined {
  const tool = places.find((place) => existsSync(place))
  if (!tool) return undefined
  try {
    return execFileSync(tool, ['-c'], {
      encoding: 'utf8',
      env: {},
      timeout: 10_000,
      maxBuffer: 64 << 20,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return undefined
  }
}

/** Reads the text of `iptables-save -c` (format: its manual, and iptables(8) for the words of a rule). */
export function* parseFirewall(text: string): Generator<FirewallLine> {
  let table = ''
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) table = line.slice(1).trim()
    const [, name, policy, packets, bytes] = /^:(\S+) (\S+) \[(\d+):(\d+)\]/.exec(line) ?? []
    if (name)
      yield {
        table,
        chain: name,
        policy: policy === '-' ? '' : policy!,
        packets: BigInt(packets!),
        bytes: BigInt(bytes!),
      }
    const [, seen, size, chain, words] = /^\[(\d+):(\d+)\] -A (\S+) ?(.*)$/.exec(line) ?? []
    if (chain)
      yield {
        table,
        chain,
        policy: '',
        packets: BigInt(seen!),
        bytes: BigInt(size!),
        rule: parseRule(words ?? ''),
      }
  }
}

const fields: Record<string, keyof Omit<FirewallRule, 'matches'>> = {
  '-j': 'target',
  '-g': 'target',
  '-p': 'protocol',
  '-s': 'source',
  '-d': 'destination',
  '-i': 'inInterface',
  '-o': 'outInterface',
  '--sport': 'sourcePorts',
  '--sports': 'sourcePorts',
  '--dport': 'destinationPorts',
  '--dports': 'destinationPorts',
}

function parseRule(words: string): FirewallRule {
  const rule: FirewallRule = {
    target: '',
    protocol: '',
    source: '',
    destination: '',
    inInterface: '',
    outInterface: '',
    matches: [],
    sourcePorts: '',
    destinationPorts: '',
  }
  let not = ''
  let option = ''
  for (const [word] of words.matchAll(/"(?:\\.|[^"\\])*"|\S+/g)) {
    if (word === '!') not = '!'
    else if (word.startsWith('-')) option = word
    else {
      const field = fields[option]
      if (option === '-m') rule.matches.push(word)
      else if (field) rule[field] = not + word
      not = ''
      option = ''
      // What follows the target are its own options.
      if (field === 'target') break
    }
  }
  return rule
}
