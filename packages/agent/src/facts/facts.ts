import os from 'node:os'
import type { Facts } from '@quarry/schema/agent/facts'
import { readText } from '../read-text.ts'
import { agentVersion } from '../version.ts'
import { addresses } from './addresses.ts'
import { capabilities, ownPower } from './capabilities.ts'
import { machineId } from './machine-id.ts'
import { osVersion } from './os-release.ts'

const platforms = { linux: 'linux', darwin: 'darwin', win32: 'windows' } as const

/**
 * Says what host this is; read anew for each connection, in about a millisecond.
 * What the host does not tell (vendor and model in a container) is an empty string.
 */
export function readFacts(): Facts {
  const version = osVersion()
  const cpus = os.cpus()
  return {
    hostname: os.hostname().slice(0, 255),
    machineId: machineId(),
    platform: platforms[process.platform as keyof typeof platforms] ?? 'linux',
    // The vendor's API knows Linux as a server only.
    isServer: process.platform === 'linux',
    osName: version.name.slice(0, 200),
    majorVersion: version.major,
    minorVersion: version.minor,
    build: version.build,
    kernel: os.release().slice(0, 200),
    bootedAt: bootedAt(),
    ...addresses(),
    cpu: (cpus[0]?.model ?? '').trim().slice(0, 200),
    cores: Math.max(cpus.length, 1),
    memoryBytes: os.totalmem(),
    vendor: dmi('sys_vendor'),
    model: dmi('product_name'),
    agentVersion,
    capabilities: capabilities(ownPower()),
  }
}

/** Unix seconds of the boot, from the kernel where it says so. */
function bootedAt(): number {
  const kernel = Number(/^btime (\d+)$/m.exec(readText('/proc/stat', 1 << 20))?.[1])
  return kernel || Math.round(Date.now() / 1000 - os.uptime())
}

const dmi = (name: string) => readText(`/sys/class/dmi/id/${name}`, 1000).slice(0, 200)
