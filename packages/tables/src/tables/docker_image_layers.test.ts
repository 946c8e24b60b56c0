import { expect, test } from 'vitest'
import { image } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_image_layers.ts'

const { engine } = await openDocker(table)

test('shows the layers of an image from below', () => {
  expect(engine.all(`SELECT * FROM docker_image_layers WHERE id = '${image}'`)).toEqual([
    { id: image, layer_id: 'aa11'.repeat(16), layer_order: 1 },
    { id: image, layer_id: 'bb22'.repeat(16), layer_order: 2 },
  ])
})
