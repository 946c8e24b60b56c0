import { startQuarry, startRun, waitForDevices, watchRun } from '@quarry/devkit'
import { whoami } from '@quarry/schema/endpoints/whoami'
import { defineBench, median, percentile } from '../scripts/define-bench.ts'

const sql = 'SELECT * FROM time'

export default defineBench({
  name: 'latency',
  description: 'From the POST of a run to its first row in the stream, and to its end, on one idle device.',
  goals: { firstRowP95Ms: { max: 150 } },
  async run({ quick, progress }) {
    const runs = quick ? 20 : 100
    await using quarry = await startQuarry({ agents: 1 })
    await waitForDevices(quarry.call, 1)
    const cold = await once(quarry)
    const firstRow: number[] = []
    const done: number[] = []
    const roundTrip: number[] = []
    for (let i = 0; i < runs; i++) {
      const { first, end } = await once(quarry)
      firstRow.push(first)
      done.push(end)
      const begun = performance.now()
      await quarry.call(whoami, {})
      roundTrip.push(performance.now() - begun)
      if (i % 20 === 19) progress(`${i + 1} of ${runs} runs`)
    }
    return {
      params: { runs, sql, coldFirstRowMs: Math.round(cold.first) },
      figures: {
        firstRowP50Ms: median(firstRow),
        firstRowP95Ms: percentile(firstRow, 0.95),
        doneP50Ms: median(done),
        doneP95Ms: percentile(done, 0.95),
      },
      peers: {
        bareApiCall: { roundTripP50Ms: median(roundTrip), roundTripP95Ms: percentile(roundTrip, 0.95) },
      },
    }
  },
})

async function once({ url, call, headers }: Awaited<ReturnType<typeof startQuarry>>) {
  const begun = performance.now()
  const { id } = await startRun(call, sql)
  let first = Number.NaN
  for await (const event of watchRun(url, headers, id)) {
    if (event.event === 'rows' && event.items.length > 0 && Number.isNaN(first))
      first = performance.now() - begun
  }
  return { first, end: performance.now() - begun }
}
