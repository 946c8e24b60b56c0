import { expect, test } from 'vitest'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_volume_labels.ts'

const { engine } = await openDocker(table)

test('shows the labels of volumes', () => {
  expect(engine.all('SELECT * FROM docker_volume_labels')).toEqual([
    { name: 'cache', key: 'com.docker.compose.volume', value: 'cache' },
  ])
})
