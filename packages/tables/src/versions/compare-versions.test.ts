import { describe, expect, test } from 'vitest'
import { compareVersions, type Flavor } from './compare-versions.ts'

const cases: Record<Flavor, [string, '<' | '=' | '>', string][]> = {
  GENERIC: [
    ['1.0', '=', '1.0'],
    ['1.0', '<', '1.0.1'],
    ['1.10', '>', '1.9'],
    ['1.0-2', '=', '1.0.2'],
    ['50.4.1b', '<', '50.4.1c'],
    ['20.10a', '>', '20.102'],
    ['007', '=', '7'],
    ['123456789012345678901', '>', '123456789012345678900'],
    ['', '<', '1'],
  ],
  ARCH: [
    ['4:1.1.0', '=', '4:1.1.0-3'],
    ['1:1.2.13-2', '>', '4.2.1'],
    ['2-2pre', '<', '2-2rc'],
    ['42.2-1', '>', '42.1-2'],
    ['1.0rc1', '<', '1.0'],
    ['1.0', '<', '1.0.1'],
  ],
  DPKG: [
    ['1:2.0-10', '=', '1:2.0-10'],
    ['1.0~rc1', '<', '1.0'],
    ['1.0', '<', '1.0+b1'],
    ['1.0-1', '<', '1.0-1.1'],
    ['1.2.3', '<', '1:0.1'],
    ['22.07.5-2ubuntu1.3', '<', '22.07.5-2ubuntu1.4'],
    ['1.0', '=', '1.0-0'],
    ['1.0a', '<', '1.0+'],
  ],
  RHEL: [
    ['1.0.0~rc2^2021', '<', '1.0.0'],
    ['1.0', '<', '1.0^git1'],
    ['1.0^git1', '<', '1.0.1'],
    ['1.1.0~BETA2', '<', '1.1.0~CR1'],
    ['5.14.0-70.el9', '<', '5.14.0-162.el9'],
    ['1.0a', '<', '1.0.1'],
    ['2:1.0', '>', '9.9'],
  ],
}

describe.each(Object.entries(cases) as [Flavor, (typeof cases)[Flavor]][])('%s', (flavor, pairs) => {
  test.each(pairs)('%s %s %s', (left, sign, right) => {
    const order = { '<': -1, '=': 0, '>': 1 }[sign]
    expect(compareVersions(left, right, flavor)).toBe(order)
    // And the other way round.
    expect(compareVersions(right, left, flavor)).toBe(order === 0 ? 0 : -order)
  })
})
