import { expect, test } from 'vitest'
import { image } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_images.ts'

const { engine } = await openDocker(table)

test('shows images with their names', () => {
  expect(engine.all('SELECT * FROM docker_images')).toEqual([
    { id: image, created: 1795000000, size_bytes: 192345678, tags: 'nginx:1.29,nginx:latest' },
    { id: 'f0'.repeat(32), created: 1790000000, size_bytes: 8312345, tags: '' },
  ])
})
