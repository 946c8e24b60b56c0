import { expect, test } from 'vitest'
import { plausibleValue } from './plausible-value.ts'

const known = {
  now: 1_790_000_000,
  sophosPid: '1:134000000000000000',
  pid: 1,
  path: '/usr/bin/env',
  sha256: 'a'.repeat(64),
  username: 'root',
}

test.each([
  ['start_time', '1789913600', 'integer'],
  ['Begin Search on date', '1789913600', 'integer'],
  ['end', '1790000000', 'integer'],
  ['Hours to Search', '1', 'integer'],
  ['sophos_pid', known.sophosPid, 'text'],
  ['sha256', known.sha256, 'text'],
  ['IP Address', '127.0.0.1', 'text'],
  ['file_path', '/usr/bin/env', 'text'],
  ['process_name', '%', 'text'],
])('%s gets %s', (name, value, dataType) => {
  expect(plausibleValue(name, known)).toEqual({ value, dataType })
})
