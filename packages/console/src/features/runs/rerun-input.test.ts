import { type Run, RunInput } from '@quarry/schema/endpoints/runs'
import { expect, test } from 'vitest'
import { rerunInput } from './rerun-input.ts'

const run = {
  id: '5b0f0a58-5f5c-4c0b-9a6c-0a6a3f1f3c11',
  name: 'Listening ports',
  template: 'SELECT * FROM listening_ports WHERE port = $$port$$',
  variables: [
    { name: 'port', dataType: 'integer', value: '443', description: 'The port.' },
    { name: 'left out', dataType: 'text' },
  ],
  maxDurationInSeconds: 600,
  matchEndpoints: { filters: [{ hostnameContains: 'web' }] },
} as unknown as Run

test('SQL of one’s own runs again with its values, on the same devices', () => {
  const input = rerunInput(run)
  expect(input).toEqual({
    adHocQuery: { name: 'Listening ports', template: run.template },
    variables: [{ name: 'port', dataType: 'integer', value: '443' }],
    maxDurationInSeconds: 600,
    matchEndpoints: { filters: [{ hostnameContains: 'web' }] },
  })
  expect(RunInput.safeParse(input).success).toBe(true)
})

test('a saved query runs again by its id', () => {
  const query = { id: '0b2f7a9e-6c1d-4d0e-8a53-0f5f6f1f7a10', name: 'Listening ports' }
  const input = rerunInput({ ...run, query })
  expect(input.savedQuery).toEqual({ queryId: query.id })
  expect(input.adHocQuery).toBeUndefined()
  expect(RunInput.safeParse(input).success).toBe(true)
})

test('a list is the one that the run had, and the run stays where it came from', () => {
  const list = { count: 3, sample: ['a'] }
  const origin = { runId: run.id, column: 'path', value: '/bin/sh', count: 1 }
  const input = rerunInput({ ...run, origin, variables: [{ name: 'port', dataType: 'integer', list }] })
  expect(input.variables).toEqual([{ name: 'port', dataType: 'integer', listOfRun: run.id }])
  expect(input.origin).toEqual(origin)
  expect(RunInput.safeParse(input).success).toBe(true)
})
