import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_version.ts'

const { engine } = await openDocker(table)

test('shows the engine, every column', () => {
  expect(engine.all('SELECT * FROM docker_version')).toEqual([
    {
      version: '28.3.2',
      api_version: '1.51',
      min_api_version: '1.24',
      git_commit: 'e77ff99',
      go_version: 'go1.24.5',
      os: 'linux',
      arch: 'amd64',
      kernel_version: '6.1.0-28-amd64',
      build_time: '2025-07-09T16:13:45.000000000+00:00',
    },
  ])
  expect(emptyColumns(engine, table)).toEqual([])
})
