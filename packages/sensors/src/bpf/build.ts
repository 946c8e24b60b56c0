// Builds sensor.bpf.o and writes sensor.bpf.json beside it, which tells of what it was built: node packages/sensors/src/bpf/build.ts
// Needs clang, llvm-strip and the headers of libbpf (Debian: clang, llvm, libbpf-dev).
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

interface Section {
  name: string
  offset: number
  size: number
}

const here = fileURLToPath(new URL('.', import.meta.url))

/** SHA-256 of all C sources, names included. */
export function hashSources(): string {
  const hash = createHash('sha256')
  const headers = readdirSync(`${here}kernel`).filter((name) => name.endsWith('.h'))
  for (const name of ['sensor.bpf.c', ...headers.map((name) => `kernel/${name}`).sort()])
    hash.update(`${name}\0${readFileSync(here + name)}\0`)
  return hash.digest('hex')
}

/** SHA-256 of the instructions of each program: what the object does, whatever is written around them. */
export function hashPrograms(object: string): Record<string, string> {
  const bytes = readFileSync(object)
  const sections = readSections(bytes).filter(({ name }) => name === '.text' || name.startsWith('raw_tp/'))
  const hash = (section: Section) =>
    createHash('sha256')
      .update(bytes.subarray(section.offset, section.offset + section.size))
      .digest('hex')
  return Object.fromEntries(sections.map((section) => [section.name, hash(section)]))
}

/** Version of clang, or undefined where it is not installed. */
export function clangVersion(): string | undefined {
  const { status, stdout } = spawnSync('clang', ['--version'], { encoding: 'utf8' })
  return status === 0 ? /version (\d+\.\d+\.\d+)/.exec(stdout)?.[1] : undefined
}

/** Compiles into `object`. Throws with what the compiler said. */
export function build(object: string): void {
  const machine = spawnSync('uname', ['-m'], { encoding: 'utf8' }).stdout.trim()
  run('clang', [
    ...['-g', '-O2', '-Wall', '-Werror', '-target', 'bpf', '-mcpu=v2'],
    // The kernel's types for programs are in a folder of the machine's own on Debian.
    ...['-idirafter', `/usr/include/${machine}-linux-gnu`],
    // No paths of this machine in the object.
    `-fdebug-prefix-map=${here}=.`,
    ...['-c', 'sensor.bpf.c', '-o', object],
  ])
  // Relocations of debug information are of no use to libbpf.
  const useless = ['.rel.BTF', '.rel.BTF.ext', '.llvm_addrsig'].flatMap((name) => ['-R', name])
  run('llvm-strip', ['-g', ...useless, object])
}

function run(command: string, args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { cwd: here, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command}: ${error?.message ?? stderr}`)
}

/** Sections of a 64-bit little-endian ELF file. */
function readSections(bytes: Buffer): Section[] {
  const table = Number(bytes.readBigUInt64LE(0x28))
  const count = bytes.readUInt16LE(0x3c)
  const header = (index: number) => table + index * bytes.readUInt16LE(0x3a)
  const offsetOf = (index: number) => Number(bytes.readBigUInt64LE(header(index) + 0x18))
  const names = offsetOf(bytes.readUInt16LE(0x3e))
  return Array.from({ length: count }, (_, index) => {
    const start = names + bytes.readUInt32LE(header(index))
    const name = bytes.toString('latin1', start, bytes.indexOf(0, start))
    return { name, offset: offsetOf(index), size: Number(bytes.readBigUInt64LE(header(index) + 0x20)) }
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const object = `${here}sensor.bpf.o`
  build(object)
  const record = { clang: clangVersion(), sources: hashSources(), programs: hashPrograms(object) }
  writeFileSync(`${here}sensor.bpf.json`, `${JSON.stringify(record, null, 2)}\n`)
}
