import type { Rule } from './rule.ts'

/** Calls that the records are asked for, each with what it means. */
export type Call = 'exec' | 'connect' | 'accept' | 'bind' | 'exit' | 'socketcall'

export interface Abi {
  arch: number
  calls: Record<number, Call>
}

// Numbers from the kernel's tables: arch/x86/entry/syscalls/*.tbl, include/uapi/asm-generic/unistd.h, arch/arm/tools/syscall.tbl.
const x64: Abi = {
  arch: 0xc000003e,
  calls: {
    59: 'exec',
    322: 'exec',
    42: 'connect',
    43: 'accept',
    288: 'accept',
    49: 'bind',
    50: 'bind',
    231: 'exit',
  },
}
const x86: Abi = {
  arch: 0x40000003,
  calls: {
    11: 'exec',
    358: 'exec',
    102: 'socketcall',
    362: 'connect',
    364: 'accept',
    361: 'bind',
    363: 'bind',
    252: 'exit',
  },
}
const arm64: Abi = {
  arch: 0xc00000b7,
  calls: {
    221: 'exec',
    281: 'exec',
    203: 'connect',
    202: 'accept',
    242: 'accept',
    200: 'bind',
    201: 'bind',
    94: 'exit',
  },
}
const arm: Abi = {
  arch: 0x40000028,
  calls: {
    11: 'exec',
    387: 'exec',
    283: 'connect',
    285: 'accept',
    366: 'accept',
    282: 'bind',
    284: 'bind',
    248: 'exit',
  },
}

/** ABIs of programs that run on a machine: its own first, then the 32-bit one. */
export const abis: Partial<Record<NodeJS.Architecture, readonly Abi[]>> = {
  x64: [x64, x86],
  arm64: [arm64, arm],
}

/** Old 32-bit programs make all calls of sockets through one, whose first argument says which. */
export const socketcalls: Record<number, Call> = {
  2: 'bind',
  3: 'connect',
  4: 'bind',
  5: 'accept',
  18: 'accept',
}

const allAbis = new Map([x64, x86, arm64, arm].map((abi) => [abi.arch, abi.calls]))

/** What a call is, by the ABI and the number in its record. */
export const callOf = (arch: number, syscall: number): Call | undefined => allAbis.get(arch)?.[syscall]

/** The rules that record these calls in all ABIs of a machine. */
export function rulesFor(machine: readonly Abi[], wanted: ReadonlySet<Call>): Rule[] {
  return machine.flatMap(({ arch, calls }) => {
    const numbers = Object.entries(calls).map(([number, call]) => ({ number: Number(number), call }))
    const plain = numbers.filter(({ call }) => wanted.has(call)).map(({ number }) => number)
    const multiplexed = numbers.find(({ call }) => call === 'socketcall')?.number
    const kinds = Object.entries(socketcalls).filter(
      ([, call]) => multiplexed !== undefined && wanted.has(call),
    )
    return [
      ...(plain.length > 0 ? [{ arch, syscalls: plain }] : []),
      ...kinds.map(([kind]) => ({ arch, syscalls: [multiplexed!], argument0: Number(kind) })),
    ]
  })
}
