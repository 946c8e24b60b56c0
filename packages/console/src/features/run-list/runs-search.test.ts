import { listRuns } from '@quarry/schema/endpoints/runs'
import { expect, test } from 'vitest'
import { parseRuns, runFilters, runsQuery } from './runs-search.ts'

test('reads state and page', () => {
  expect(parseRuns({ state: 'failed', page: 3 })).toEqual({ state: 'failed', page: 3 })
  expect(parseRuns({ state: 'all', page: 1 })).toEqual({})
  expect(parseRuns({ state: 'lost', page: -2 })).toEqual({})
})

test('a state of a run and an end of one are asked for by their own parameters', () => {
  expect(runsQuery({ state: 'started' })).toMatchObject({ status: 'started', page: 1 })
  expect(runsQuery({ state: 'timedOut', page: 2 })).toMatchObject({ result: 'timedOut', page: 2 })
})

test('every filter is one that the API takes', () => {
  for (const { value } of runFilters)
    expect(listRuns.query?.safeParse(runsQuery(parseRuns({ state: value }))).success).toBe(true)
})
