import { expect, test } from 'vitest'
import { web } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_container_mounts.ts'

const { engine } = await openDocker(table)

test('shows folders and volumes', () => {
  expect(engine.all('SELECT * FROM docker_container_mounts')).toEqual([
    {
      id: web,
      type: 'bind',
      name: '',
      source: '/srv/www',
      destination: '/usr/share/nginx/html',
      driver: '',
      mode: 'ro',
      rw: 0,
      propagation: 'rprivate',
    },
    {
      id: web,
      type: 'volume',
      name: 'cache',
      source: '/var/lib/docker/volumes/cache/_data',
      destination: '/var/cache/nginx',
      driver: 'local',
      mode: 'z',
      rw: 1,
      propagation: '',
    },
  ])
})
