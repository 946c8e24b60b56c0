import { createHash } from 'node:crypto'
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openScoring } from '@quarry/scoring'
import { openHost } from '@quarry/tables/host'
import { defineBench, median } from '../scripts/define-bench.ts'

const folder = '/usr/bin'

/** Regular files of a folder, symlinks left out. */
const filesOf = (dir: string) =>
  readdirSync(dir)
    .map((name) => join(dir, name))
    .filter((path) => lstatSync(path).isFile())

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

export default defineBench({
  name: 'scoring',
  description: `Hashes and scores every file of ${folder}: with empty caches, and again; beside it the hashing alone.`,
  goals: { usrBinColdCpuSeconds: { max: 30 }, usrBinWarmMs: { max: 500 } },

  async run({ quick, progress }) {
    const files = filesOf(folder).slice(0, quick ? 300 : undefined)
    const bytes = files.reduce((sum, path) => sum + lstatSync(path).size, 0)
    const cacheDir = mkdtempSync(join(tmpdir(), 'quarry-scoring-'))

    /** One pass as a query does it: its own process's state, the caches of the device. */
    function pass() {
      const host = openHost({ cacheDir })
      const scoring = openScoring(cacheDir)
      const started = performance.now()
      const cpu = cpuSeconds()
      let scored = 0
      for (const path of files) {
        const sha256 = host.hash(path, ['sha256']).sha256 ?? ''
        if (scoring.of(host, { path, image: path, sha256 })?.localRep === 85) scored++
      }
      const result = { millis: performance.now() - started, cpu: cpuSeconds() - cpu, owned: scored }
      scoring.close()
      host.close()
      return result
    }

    try {
      const alone = process.cpuUsage()
      const began = performance.now()
      for (const path of files) createHash('sha256').update(readFileSync(path)).digest('hex')
      const hashing = process.cpuUsage(alone)
      const hashMillis = performance.now() - began
      const cold = pass()
      progress(`cold: ${cold.cpu.toFixed(2)} CPU s, ${cold.owned} of ${files.length} owned and unchanged`)
      const warm = Array.from({ length: quick ? 3 : 7 }, () => pass())
      const warmMillis = median(warm.map(({ millis }) => millis))
      progress(`warm: ${warmMillis.toFixed(0)} ms`)
      return {
        params: {
          folder,
          cold: 'no hashes, no index of packages, no scores; the page cache is warm',
          warm: 'the caches of the device; a new process’s state each time',
        },
        figures: {
          files: files.length,
          mebibytes: Math.round(bytes / 2 ** 20),
          ownedAndUnchanged: cold.owned,
          usrBinColdCpuSeconds: cold.cpu,
          filesPerSecondCold: files.length / (cold.millis / 1000),
          mebibytesPerSecondCold: bytes / 2 ** 20 / (cold.millis / 1000),
          usrBinWarmMs: warmMillis,
          filesPerSecondWarm: files.length / (warmMillis / 1000),
        },
        peers: {
          sha256Alone: {
            usrBinColdCpuSeconds: (hashing.user + hashing.system) / 1e6,
            mebibytesPerSecondCold: bytes / 2 ** 20 / (hashMillis / 1000),
          },
        },
      }
    } finally {
      rmSync(cacheDir, { recursive: true, force: true })
    }
  },
})
