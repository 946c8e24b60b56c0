import { expect, test } from 'vitest'
import { chaos, faultsOf, type Round } from './chaos.ts'

test('no row is lost or doubled and every run ends when agent and server are killed in the middle', {
  timeout: 180_000,
}, async () => {
  const rounds: Round[] = []
  for await (const round of chaos(5, 20_261_124)) rounds.push(round)
  expect(
    rounds.map(({ killed, afterMillis, ...round }) => [
      killed,
      afterMillis,
      faultsOf({ killed, afterMillis, ...round }),
    ]),
  ).toEqual(rounds.map(({ killed, afterMillis }) => [killed, afterMillis, []]))
  expect(rounds).toHaveLength(5)
})
