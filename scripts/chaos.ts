// `npm run chaos [-- <kills> [<seed>]]`: kills agent and server in the middle of runs, at seeded random moments.
import { chaos, faultsOf } from '../tests/chaos.ts'

const kills = Number(process.argv[2] ?? 50)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000)
const results: Record<string, number> = {}
let faulty = 0
console.log(`${kills} kills, seed ${seed}`)
for await (const round of chaos(kills, seed)) {
  const faults = faultsOf(round)
  if (faults.length > 0) faulty++
  results[round.result] = (results[round.result] ?? 0) + 1
  const { killed, afterMillis, rows, result } = round
  console.log(
    `${killed.padEnd(6)} after ${String(afterMillis).padStart(3)} ms: ${result}, ${rows.length} rows ${faults.join('; ')}`,
  )
}
console.log(JSON.stringify({ kills, seed, results, faulty }))
process.exitCode = faulty === 0 ? 0 : 1
