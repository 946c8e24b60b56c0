import { expect, test } from 'vitest'
import { parseProcess } from './process-search.ts'

test('keeps what it knows and drops the rest', () => {
  const run = '3f0d1f0e-8f0b-4c3e-9a53-0f5f6f1f7a10'
  expect(parseProcess({ run, from: 1, to: 2, hide: ['dns', 'x'], only: '1:2', more: 1 })).toEqual({
    run,
    from: 1,
    to: 2,
    hide: ['dns'],
    only: '1:2',
  })
  expect(parseProcess({ run: 'x', from: 2, to: 1, hide: 'dns', only: 'a' })).toEqual({})
})
