import { expect, test } from 'vitest'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_volumes.ts'

const { engine } = await openDocker(table)

test('shows volumes, with the type of those that are mounted', () => {
  expect(engine.all('SELECT * FROM docker_volumes')).toEqual([
    { name: 'cache', driver: 'local', mount_point: '/var/lib/docker/volumes/cache/_data', type: '' },
    { name: 'nas', driver: 'local', mount_point: '/var/lib/docker/volumes/nas/_data', type: 'nfs' },
  ])
})
