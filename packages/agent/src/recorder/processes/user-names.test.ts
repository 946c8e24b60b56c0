import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempFolder } from '../../testing/temp-folder.ts'
import { openUserNames } from './user-names.ts'

test('names users by the list, and anew when the list has changed', () => {
  const path = join(tempFolder(), 'passwd')
  writeFileSync(
    path,
    'root:x:0:0::/root:/bin/sh\ntoor:x:0:0::/root:/bin/sh\n+nis\nann:x:1000:1000::/:/bin/sh\n',
  )
  let now = 0
  const names = openUserNames(path, () => now)
  expect([0, 1000, 1001, undefined].map(names)).toEqual(['root', 'ann', null, null])

  writeFileSync(path, 'root:x:0:0::/root:/bin/sh\nbob:x:1001:1001::/:/bin/sh\nmore:x:5:5::/:/bin/sh\n')
  expect(names(1001)).toBeNull()
  now = 2001
  expect([1000, 1001].map(names)).toEqual([null, 'bob'])

  rmSync(path)
  now = 5000
  expect(names(1001)).toBe('bob')
})
