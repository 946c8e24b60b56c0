import { expect, test } from 'vitest'
import { web } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_container_labels.ts'

const { engine } = await openDocker(table)

test('shows the labels of containers', () => {
  expect(
    engine.all(`SELECT * FROM docker_container_labels WHERE key LIKE 'com.%' AND id = '${web}'`),
  ).toEqual([{ id: web, key: 'com.docker.compose.project', value: 'shop' }])
})
