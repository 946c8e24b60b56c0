import { expect, test } from 'vitest'
import { processOf } from './process-of.ts'

const row = { endpointId: 'e1', hostname: 'web', sophos_pid: '42:134085456000000000', pid: '42', other: 'x' }

test('a cell with a sophos_pid names a process of its device', () => {
  const found = { deviceId: 'e1', sophosPid: '42:134085456000000000' }
  expect(processOf({ name: 'sophos_pid', type: 'text' }, row)).toEqual(found)
  expect(
    processOf({ name: 'who', type: 'text', pivotType: 'sophosPid' }, { ...row, who: row.sophos_pid }),
  ).toEqual(found)
})

test('no other cell does', () => {
  expect(processOf({ name: 'pid', type: 'text' }, row)).toBeUndefined()
  expect(processOf({ name: 'sophos_pid', type: 'text' }, { ...row, sophos_pid: 'x' })).toBeUndefined()
  expect(processOf({ name: 'sophos_pid', type: 'text' }, { ...row, sophos_pid: null })).toBeUndefined()
})
