import { expect, test } from 'vitest'
import { osWords } from './device-words.ts'

const os = (name: string, majorVersion: number, minorVersion = 0) =>
  osWords({ os: { name, majorVersion, minorVersion, isServer: true, platform: 'linux', build: 0 } })

test('a version is added where the name has none', () => {
  expect(os('Debian GNU/Linux', 12, 5)).toBe('Debian GNU/Linux 12.5')
  expect(os('Fedora', 41)).toBe('Fedora 41')
})

test('and not said twice, nor made up', () => {
  expect(os('Debian GNU/Linux 12 (bookworm)', 12)).toBe('Debian GNU/Linux 12 (bookworm)')
  expect(os('Arch Linux', 0)).toBe('Arch Linux')
})
