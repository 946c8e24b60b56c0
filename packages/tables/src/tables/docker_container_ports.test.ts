import { expect, test } from 'vitest'
import { web } from '../testing/docker-answers.ts'
import { openDocker } from '../testing/open-stubbed.ts'
import table from './docker_container_ports.ts'

const { engine } = await openDocker(table)

test('shows ports, published or not', () => {
  expect(engine.all(`SELECT * FROM docker_container_ports WHERE id = '${web}'`)).toEqual([
    { id: web, type: 'tcp', port: 80, host_ip: '0.0.0.0', host_port: 8080 },
    { id: web, type: 'tcp', port: 80, host_ip: '::', host_port: 8080 },
    { id: web, type: 'tcp', port: 443, host_ip: '', host_port: 0 },
  ])
})
