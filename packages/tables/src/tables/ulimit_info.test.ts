import { afterAll, expect, test } from 'vitest'
import { openFixture, openMachine, printed } from '../fixture.ts'
import table from './ulimit_info.ts'

const fixture = await openFixture([table])
const machine = await openMachine([table])
afterAll(() => {
  fixture.close()
  machine.close()
})

test('shows limits by their short names', () => {
  expect(fixture.all('SELECT * FROM ulimit_info')).toEqual([
    { type: 'cpu', soft_limit: 'unlimited', hard_limit: 'unlimited' },
    { type: 'stack', soft_limit: '8388608', hard_limit: 'unlimited' },
    { type: 'nofile', soft_limit: '1024', hard_limit: '524288' },
    { type: 'nice', soft_limit: '0', hard_limit: '0' },
  ])
})

const limit = printed('sh', '-c', 'ulimit -n; ulimit -Hn')
test.skipIf(!limit)('agrees with the shell (skipped where there is none)', () => {
  const [soft, hard] = (limit ?? '').trim().split('\n')
  const [row] = machine.all("SELECT soft_limit, hard_limit FROM ulimit_info WHERE type = 'nofile'")
  // Node.js raises its own soft limit to the hard one.
  expect([soft, hard]).toContain(row?.soft_limit)
  expect(row?.hard_limit).toBe(hard)
})
