import { expect, test } from 'vitest'
import { image } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_image_labels.ts'

const { engine } = await openDocker(table)

test('shows the labels of images', () => {
  expect(engine.all('SELECT * FROM docker_image_labels')).toEqual([
    { id: image, key: 'maintainer', value: 'NGINX' },
  ])
})
