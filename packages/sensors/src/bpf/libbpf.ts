import koffi from 'koffi'
import { SourceUnavailable } from '../source.ts'

/** A pointer that only libbpf reads. */
type Opaque = bigint

/** What is used of libbpf 1.x. Integers are negative error numbers on failure, pointers null with errno set. */
export interface Libbpf {
  openFile(path: string, options: null): Opaque | null
  load(object: Opaque): number
  closeObject(object: Opaque): void
  nextProgram(object: Opaque, previous: Opaque | null): Opaque | null
  programName(program: Opaque): string
  setAutoload(program: Opaque, autoload: boolean): number
  attach(program: Opaque): Opaque | null
  destroyLink(link: Opaque): number
  findMap(object: Opaque, name: string): Opaque | null
  mapFd(map: Opaque): number
  setMaxEntries(map: Opaque, entries: number): number
  possibleCpus(): number
  lookup(fd: number, key: Uint8Array, value: Uint8Array): number
  update(fd: number, key: Uint8Array, value: Uint8Array, flags: bigint): number
  remove(fd: number, key: Uint8Array): number
  /** Error number of the last call that gave null. */
  errno(): number
}

const functions: Record<Exclude<keyof Libbpf, 'errno'>, string> = {
  openFile: 'void* bpf_object__open_file(str, void*)',
  load: 'int bpf_object__load(void*)',
  closeObject: 'void bpf_object__close(void*)',
  nextProgram: 'void* bpf_object__next_program(void*, void*)',
  programName: 'str bpf_program__name(void*)',
  setAutoload: 'int bpf_program__set_autoload(void*, bool)',
  attach: 'void* bpf_program__attach(void*)',
  destroyLink: 'int bpf_link__destroy(void*)',
  findMap: 'void* bpf_object__find_map_by_name(void*, str)',
  mapFd: 'int bpf_map__fd(void*)',
  setMaxEntries: 'int bpf_map__set_max_entries(void*, uint)',
  possibleCpus: 'int libbpf_num_possible_cpus()',
  lookup: 'int bpf_map_lookup_elem(int, void*, void*)',
  update: 'int bpf_map_update_elem(int, void*, void*, uint64_t)',
  remove: 'int bpf_map_delete_elem(int, void*)',
}

let loaded: Libbpf | undefined

/**
 * libbpf of this host, without its own messages on the error output.
 * @throws SourceUnavailable when it is not installed, or older than 1.0
 */
export function loadLibbpf(): Libbpf {
  if (loaded) return loaded
  try {
    const library = koffi.load('libbpf.so.1')
    library.func('void* libbpf_set_print(void*)')(null)
    // koffi's own types are `any`; the interface has the functions' real ones.
    const calls = Object.fromEntries(
      Object.entries(functions).map(([name, signature]) => [name, library.func(signature)]),
    )
    loaded = { ...calls, errno: () => koffi.errno() } as unknown as Libbpf
    return loaded
  } catch {
    throw new SourceUnavailable(
      'BPF needs the library libbpf 1.0 or later: install the package libbpf1 (Debian, Ubuntu) or libbpf (Fedora, RHEL, SUSE).',
    )
  }
}
