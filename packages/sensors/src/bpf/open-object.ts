import { existsSync, readFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { SourceUnavailable } from '../source.ts'
import { type Libbpf, loadLibbpf } from './libbpf.ts'

const objectFile = fileURLToPath(new URL('./sensor.bpf.o', import.meta.url))
const GIGABYTE = 1024 ** 3

/** The object at work in the kernel. */
export interface BpfObject {
  libbpf: Libbpf
  /** File descriptor of a map. */
  map(name: string): number
  ringBytes: number
  /** Programs that this kernel refused, each with the reason in a few words. */
  refused: Map<string, string>
  /** Detaches the programs and gives their memory back. */
  close(): void
}

/**
 * Loads and attaches the programs. One that the kernel refuses is left out, the others work.
 * Nothing stays behind when this process dies: the kernel removes programs and maps with their last file descriptor.
 * @param wanted names of the programs to load
 * @throws SourceUnavailable with a sentence when the host allows none of them
 */
export function openObject(wanted: readonly string[], file = objectFile): BpfObject {
  const libbpf = loadLibbpf()
  if (!existsSync('/sys/kernel/btf/vmlinux'))
    throw new SourceUnavailable(
      'This kernel does not describe its types (CONFIG_DEBUG_INFO_BTF), which BPF needs.',
    )
  const refused = new Map<string, string>()
  let loaded = load(libbpf, file, wanted)
  if (typeof loaded === 'number') {
    if (!mayUseBpf())
      throw new SourceUnavailable(
        'BPF needs root, or the capabilities CAP_BPF and CAP_PERFMON (CAP_SYS_ADMIN before Linux 5.8).',
      )
    const good = wanted.filter((name) => works(libbpf, file, name, refused))
    if (good.length === 0)
      throw new SourceUnavailable(
        `The kernel refused every BPF program (${[...refused.values()][0]}); kernel lockdown or a version before Linux 5.8 does that.`,
      )
    loaded = load(libbpf, file, good)
    if (typeof loaded === 'number')
      throw new SourceUnavailable(`The kernel refused the BPF programs (${errorText(loaded)}).`)
  }
  const object = loaded
  const loadedNames = wanted.filter((name) => !refused.has(name))
  const links = attachAll(libbpf, object, loadedNames, refused)
  const map = (name: string) => libbpf.mapFd(libbpf.findMap(object, name)!)
  return {
    libbpf,
    map,
    ringBytes: ringBytes(),
    refused,
    close() {
      for (const link of links) libbpf.destroyLink(link)
      libbpf.closeObject(object)
    },
  }
}

/** Opens and loads the given programs; a negative error number when that failed. */
function load(libbpf: Libbpf, file: string, names: readonly string[]): bigint | number {
  const object = libbpf.openFile(file, null)
  if (object === null) return -libbpf.errno()
  const large = totalmem() > 8 * GIGABYTE
  const size = (name: string, entries: number) => libbpf.setMaxEntries(libbpf.findMap(object, name)!, entries)
  size('ring', ringBytes())
  size('exec_scratch', libbpf.possibleCpus())
  if (large) for (const name of ['flows', 'descriptors']) size(name, 65_536)
  for (const program of programs(libbpf, object))
    libbpf.setAutoload(program, names.includes(libbpf.programName(program)))
  const error = libbpf.load(object)
  if (error === 0) return object
  libbpf.closeObject(object)
  return error
}

function works(libbpf: Libbpf, file: string, name: string, refused: Map<string, string>): boolean {
  const object = load(libbpf, file, [name])
  if (typeof object === 'bigint') {
    libbpf.closeObject(object)
    return true
  }
  refused.set(name, errorText(object))
  return false
}

function attachAll(
  libbpf: Libbpf,
  object: bigint,
  names: readonly string[],
  refused: Map<string, string>,
): bigint[] {
  const links: bigint[] = []
  for (const program of programs(libbpf, object)) {
    const name = libbpf.programName(program)
    if (!names.includes(name)) continue
    const link = libbpf.attach(program)
    if (link !== null) links.push(link)
    else refused.set(name, errorText(-libbpf.errno()))
  }
  return links
}

function* programs(libbpf: Libbpf, object: bigint): Generator<bigint> {
  for (let next = libbpf.nextProgram(object, null); next !== null; next = libbpf.nextProgram(object, next))
    yield next
}

/** Between bursts TypeScript has seconds to catch up: 16 MB hold about 100,000 connections. */
function ringBytes(): number {
  return (totalmem() > 2 * GIGABYTE ? 16 : 8) * 1024 * 1024
}

/** CAP_SYS_ADMIN (21), or CAP_PERFMON (38) and CAP_BPF (39), as the kernel counts them. */
function mayUseBpf(): boolean {
  const text = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? '0'
  const has = (bit: bigint) => ((BigInt(`0x${text}`) >> bit) & 1n) === 1n
  return has(21n) || (has(38n) && has(39n))
}

function errorText(negative: number): string {
  const names: Record<number, string> = {
    1: 'EPERM',
    2: 'ENOENT',
    7: 'E2BIG',
    12: 'ENOMEM',
    13: 'EACCES',
    22: 'EINVAL',
  }
  return names[-negative] ?? `error ${-negative}`
}
