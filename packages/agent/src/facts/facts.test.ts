import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { Facts } from '@quarry/schema/agent/facts'
import { expect, test } from 'vitest'
import { readFacts } from './facts.ts'

const facts = readFacts()

test('are facts of the contract, about this very host', () => {
  expect(Facts.parse(facts)).toEqual(facts)
  expect(facts.hostname).toBe(hostname())
  expect(facts.kernel).toBe(execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim())
  const btime = Number(/^btime (\d+)/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1])
  expect(facts.bootedAt).toBe(btime)
  const total = Number(/^MemTotal: +(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1])
  expect(facts.memoryBytes).toBe(total * 1024)
})

test.skipIf(!existsSync('/etc/machine-id'))('hold a hash of the machine id, never the id', () => {
  expect(facts.machineId).toMatch(/^[0-9a-f]{64}$/)
  expect(readFacts().machineId).toBe(facts.machineId)
  const id = readFileSync('/etc/machine-id', 'utf8').trim()
  const plain = createHash('sha256').update(id).digest('hex')
  expect([id, plain]).not.toContain(facts.machineId)
})
