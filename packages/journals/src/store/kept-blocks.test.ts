import { expect, test } from 'vitest'
import type { BlockView } from './block/block-view.ts'
import { KeptBlocks } from './kept-blocks.ts'

test('a block is opened once, and again when many others came between', () => {
  const kept = new KeptBlocks()
  const opened: string[] = []
  const get = (key: string) =>
    kept.get(key, () => {
      opened.push(key)
      return { key } as unknown as BlockView
    })
  const first = get('a')
  expect(get('a')).toBe(first)
  for (let other = 0; other < 95; other++) get(String(other))
  expect(get('a')).toBe(first)
  expect(opened.filter((key) => key === 'a')).toHaveLength(1)
  for (let other = 100; other < 196; other++) get(String(other))
  expect(get('a')).not.toBe(first)
  expect(opened.filter((key) => key === 'a')).toHaveLength(2)
})
