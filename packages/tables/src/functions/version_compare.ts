import { compareVersions, flavors } from '../versions/compare-versions.ts'
import { defineFunction, FunctionError } from './define-function.ts'

export default defineFunction({
  name: 'version_compare',
  signature: 'version_compare(left, right[, flavor])',
  description:
    'Compares two versions: −1 when the left one is older, 0 when they are equal, 1 when it is newer. The flavor is `ARCH`, `DPKG` or `RHEL` for versions of packages.',
  parameters: ['text', 'text', 'text'],
  optional: 1,
  examples: [
    ["version_compare('1.0', '1.0')", 0],
    ["version_compare('50.4.1b', '50.4.1c')", -1],
    ["version_compare('1.10', '1.9')", 1],
    ["version_compare('4:1.1.0', '4:1.1.0-3', 'ARCH')", 0],
    ["version_compare('1:1.2.13-2', '4.2.1', 'ARCH')", 1],
    ["version_compare('1.0.0~rc2^2021', '1.0.0', 'RHEL')", -1],
    ["version_compare('22.07.5-2ubuntu1.3', '22.07.5-2ubuntu1.4', 'DPKG')", -1],
    ["version_compare(NULL, '1')", null],
  ],
  run(left, right, flavor) {
    const name = (flavor ?? 'GENERIC').toUpperCase()
    const known = flavors.find((one) => one === name)
    if (!known)
      throw new FunctionError(`version_compare(): the flavor is one of ${flavors.slice(1).join(', ')}`)
    return compareVersions(left, right, known)
  },
})
