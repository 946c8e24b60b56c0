import type { SensorLayer } from '@quarry/schema/events'
import { needed } from './needed.ts'
import { recordsCall } from './rule.ts'
import type { Abi, Call } from './syscalls.ts'

const names: Record<string, string> = {
  exec: 'execve,execveat',
  connect: 'connect',
  accept: 'accept,accept4',
}

/**
 * What the rules that another program set do not record: layers that are refused for it, and what is said of the others.
 * @param holder who has the audit, in words.
 */
export function uncovered(
  rules: readonly Buffer[],
  machine: readonly Abi[],
  layers: ReadonlySet<SensorLayer>,
  holder: string,
): { limits: string[]; refused: Partial<Record<SensorLayer, string>> } {
  const limits = [`${holder}, so that Quarry reads along what its rules record and adds none.`]
  const refused: Partial<Record<SensorLayer, string>> = {}
  for (const layer of layers) {
    const calls = needed[layer] ?? []
    for (const [index, { arch, calls: numbers }] of machine.entries()) {
      const missing = calls.filter((call) => !isRecorded(rules, arch, numbers, call))
      if (missing.length === 0) continue
      const bits = index === 0 ? 'b64' : 'b32'
      const rule = `-a always,exit -F arch=${bits} -S ${missing.map((call) => names[call]).join(',')}`
      const advice = `To have it, add "${rule}" to a file in /etc/audit/rules.d and run augenrules --load.`
      if (index === 0) refused[layer] = `${holder}, and its rules do not record all that is needed. ${advice}`
      else if (!refused[layer])
        limits.push(
          `Programs of 32 bits are not seen by ${layer === 'process' ? 'their start' : 'their connections'}. ${advice}`,
        )
    }
  }
  return { limits, refused }
}

/** Whether all numbers of a call that programs use today are recorded. */
const isRecorded = (rules: readonly Buffer[], arch: number, numbers: Record<number, Call>, call: Call) =>
  Object.entries(numbers)
    .filter(([, meaning]) => meaning === call)
    .every(([number]) => rules.some((rule) => recordsCall(rule, arch, Number(number))))
