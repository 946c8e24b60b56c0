import { expect, test } from 'vitest'
import { parseStatus } from './status.ts'

const ids = 'Uid:\t1000\t0\t33\t1000\nGid:\t100\t0\t34\t100\n'

test('reads ids and sizes in bytes', () => {
  expect(parseStatus(`Name:\tx\n${ids}VmSize:\t    2048 kB\nVmRSS:\t      12 kB\n`)).toEqual({
    uid: 1000,
    euid: 0,
    suid: 33,
    gid: 100,
    egid: 0,
    sgid: 34,
    residentSize: 12288,
    totalSize: 2097152,
  })
})

test('a kernel thread has no memory of its own', () => {
  expect(parseStatus(ids)).toMatchObject({ residentSize: 0, totalSize: 0 })
})

test('a name cannot forge a field', () => {
  expect(parseStatus(`Name:\tUid:\t0\t0\t0\n${ids}`)).toMatchObject({ uid: 1000 })
})

test('says that a text cut short is none', () => {
  expect(parseStatus('Name:\tx\nUid:\t1\t1\t1\t1\n')).toBeUndefined()
})
