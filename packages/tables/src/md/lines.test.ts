import { expect, test } from 'vitest'
import { bitmapOf, progressOf } from './lines.ts'

test.each([
  ['recovery', 'recovery'],
  ['resync', 'resync'],
  ['reshape', 'reshape'],
  ['check', 'check_array'],
])('reads the progress of a %s', (word, name) => {
  const line = `[=>....]  ${word} =  5.0% (25/500) finish=1.5min speed=33440K/sec`
  expect(progressOf(['500 blocks super 1.2', line])).toEqual({
    [`${name}_progress`]: '5.0% (25/500)',
    [`${name}_finish`]: '1.5min',
    [`${name}_speed`]: '33440K/sec',
  })
})

test('knows nothing of what waits, and of other work', () => {
  expect(progressOf(['resync=DELAYED', 'constructor = 1% (1/2)'])).toEqual({})
})

test('reads a bitmap in a file', () => {
  expect(bitmapOf(['bitmap: 0/1 pages [0KB], 64KB chunk, file: /var/md bitmap'])).toEqual({
    bitmap_on_mem: '0/1 pages [0KB]',
    bitmap_chunk_size: '64KB',
    bitmap_external_file: '/var/md bitmap',
  })
})
