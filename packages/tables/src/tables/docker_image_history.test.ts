import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { image } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_image_history.ts'

const { engine } = await openDocker(table)

test('shows how an image was built', () => {
  expect(engine.all('SELECT * FROM docker_image_history')).toEqual([
    {
      id: image,
      created: 1795000000,
      size: 0,
      created_by: 'CMD ["nginx"]',
      tags: 'nginx:1.29,nginx:latest',
      comment: 'buildkit.dockerfile.v0',
    },
    {
      id: image,
      created: 1794900000,
      size: 112000000,
      created_by: 'RUN apt-get install nginx',
      tags: '',
      comment: '',
    },
  ])
  expect(emptyColumns(engine, table)).toEqual([])
})
