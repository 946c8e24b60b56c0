import { expect, test } from 'vitest'
import { network } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_network_labels.ts'

const { engine } = await openDocker(table)

test('shows the labels of networks', () => {
  expect(engine.all('SELECT * FROM docker_network_labels')).toEqual([
    { id: network, key: 'com.docker.compose.network', value: 'default' },
  ])
})
