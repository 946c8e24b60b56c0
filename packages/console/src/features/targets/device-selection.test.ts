import { MatchEndpoints } from '@quarry/schema/endpoints/endpoints'
import { expect, test } from 'vitest'
import { matchOf, parseSelection } from './device-selection.ts'

const id = '3f0d1f0e-8f0b-4c3e-9a53-0f5f6f1f7a10'

test('what the address holds is read back', () => {
  const selection = { mode: 'chosen', ids: [id], search: 'web' } as const
  expect(parseSelection(JSON.parse(JSON.stringify(selection)))).toEqual(selection)
})

test.each([undefined, 'all', 7, { mode: 'some' }, { mode: 'chosen', ids: ['x'] }])(
  '%j means all devices',
  (value) => {
    expect(parseSelection(value)).toEqual({ mode: 'all' })
  },
)

test('a condition that is not known is dropped, the others stay', () => {
  expect(parseSelection({ mode: 'match', platform: 'amiga', online: true })).toEqual({
    mode: 'match',
    online: true,
  })
})

test.each([
  [{ mode: 'all' }, { all: true }],
  [{ mode: 'match' }, { all: true }],
  [
    { mode: 'match', search: 'web', platform: 'linux', type: 'server', group: 'DMZ', online: true },
    {
      filters: [
        {
          search: 'web',
          os: [{ platform: 'linux' }],
          type: ['server'],
          groupNameContains: 'DMZ',
          online: true,
        },
      ],
    },
  ],
  [{ mode: 'chosen', ids: [id], search: 'left over' }, { filters: [{ ids: [id] }] }],
] as const)('%j becomes %j, which the API takes', (selection, match) => {
  const made = matchOf(parseSelection(selection))
  expect(made).toEqual(match)
  expect(MatchEndpoints.safeParse(made).success).toBe(true)
})

test('nothing chosen is nothing to run on', () => {
  expect(matchOf({ mode: 'chosen', ids: [] })).toBeUndefined()
})
