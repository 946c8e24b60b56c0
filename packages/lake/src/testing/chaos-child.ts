import { setTimeout } from 'node:timers/promises'
import { openDuckDb } from '../engines/duckdb/duckdb.ts'
import { openLake } from '../lake.ts'
import { chaosBatch, chaosTable } from './chaos-batch.ts'

// A lake under load that is killed from outside. Sends for each device from the sequence that it is told, many at once, compacts and joins all
// the while, and says of each batch when it was acknowledged.
const [folder, ...firsts] = process.argv.slice(2) as [string, ...string[]]
const lake = openLake(folder, [chaosTable], await openDuckDb(folder, [chaosTable]), { segmentBytes: 4_000 })

async function device(number: number, first: number) {
  for (let sequence = first; ; sequence += 3) {
    const three = [0, 1, 2].map(async (step) => {
      await lake.append(chaosBatch(number, sequence + step))
      process.stdout.write(`${number} ${sequence + step}\n`)
    })
    await Promise.all(three)
    // Now and then a device is quiet until nothing of it is in the log.
    const until = compactions + 2
    if ((sequence + number) % 60 < 3) while (compactions < until) await setTimeout(5)
  }
}

let compactions = 0
async function compaction() {
  for (;;) {
    await lake.compact()
    compactions++
    await setTimeout(1)
  }
}

await Promise.all([...firsts.map((first, number) => device(number, Number(first))), compaction()])
