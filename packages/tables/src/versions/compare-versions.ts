import { compareDpkg } from './dpkg.ts'
import { compareGeneric } from './generic.ts'
import { compareArch, compareRhel } from './rpm.ts'

/** Ways to compare versions; the first is the default. */
export const flavors = ['GENERIC', 'ARCH', 'DPKG', 'RHEL'] as const
export type Flavor = (typeof flavors)[number]

const compare: Record<Flavor, (left: string, right: string) => number> = {
  GENERIC: compareGeneric,
  ARCH: compareArch,
  DPKG: compareDpkg,
  RHEL: compareRhel,
}

/** −1 when the left version is older, 0 when they are equal, 1 when it is newer. */
export function compareVersions(left: string, right: string, flavor: Flavor): -1 | 0 | 1 {
  return Math.sign(compare[flavor](left, right)) as -1 | 0 | 1
}
