import { expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { job, web } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_container_processes.ts'

const { engine } = await openDocker(table)

test('shows the processes of a container, every column', () => {
  const from = `docker_container_processes WHERE id = '${web}'`
  expect(engine.all(`SELECT * FROM ${from}`)).toEqual([
    {
      id: web,
      pid: 4242,
      name: 'nginx',
      cmdline: 'nginx: master process nginx -g daemon off;',
      state: 'S',
      uid: 0,
      gid: 0,
      euid: 0,
      egid: 0,
      suid: 0,
      sgid: 0,
      wired_size: 0,
      resident_size: 6246400,
      total_size: 11264000,
      start_time: 4900,
      parent: 4210,
      pgroup: 4242,
      threads: 1,
      nice: 0,
      user: 'root',
      time: '00:00:01',
      cpu: 0.1,
      mem: 0.4,
    },
    expect.objectContaining({
      pid: 4243,
      name: 'nginx:',
      nice: 5,
      threads: 2,
      user: 'systemd-resolve',
      cpu: 1.5,
    }),
  ])
  expect(emptyColumns(engine, table, from)).toEqual([])
})

test('one that does not run has none, and Docker’s reason is a warning', () => {
  expect(engine.all(`SELECT pid FROM docker_container_processes WHERE id = '${job}'`)).toEqual([])
  expect(engine.lastWarnings.map((warning) => warning.message)).toEqual([
    `Docker refused a part of the question: container ${job} is not running.`,
  ])
})
