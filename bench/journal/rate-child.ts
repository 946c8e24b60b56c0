import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type JournalWriter, openJournalWriter } from '@quarry/journals/store'
import type { Journal } from '@quarry/schema/define-journal'
import { allJournals } from '@quarry/schema/journals'

/** A writer by itself: takes events from a file at a rate, as a recorder would, and says on stdout what it cost as JSON. */
const [folder, file, rateText, secondsText] = process.argv.slice(2) as [string, string, string, string]
// Without a folder it is only to be compiled.
if (folder === undefined) process.exit(0)
const rate = Number(rateText)
const seconds = Number(secondsText)
const journals = new Map((await allJournals()).map((journal) => [journal.subject, journal]))

/** Reads lines as they are needed: they are not held in memory. */
function* events(): Generator<[Journal, number, Record<string, string | number | null>]> {
  const fd = openSync(file, 'r')
  const chunk = Buffer.alloc(2 ** 16)
  let rest = ''
  for (let count = readSync(fd, chunk); count > 0; count = readSync(fd, chunk)) {
    const lines = (rest + chunk.toString('latin1', 0, count)).split('\n')
    rest = lines.pop()!
    for (const line of lines) {
      const [subject, time, row] = JSON.parse(line) as [
        string,
        number,
        Record<string, string | number | null>,
      ]
      yield [journals.get(subject)!, time, row]
    }
  }
  closeSync(fd)
}

const source = events()
function append(writer: JournalWriter) {
  const { value, done } = source.next()
  if (done) throw new Error('there are too few events')
  writer.append(...value)
}

// First a period with whole blocks, as a busy host has them, so that the memory for packing them counts.
const full = 33_000
const first = openJournalWriter(folder, { share: 1, period: { events: full } })
for (let index = 0; index < full; index++) {
  append(first)
  if (index % 1000 === 0) await sleep(20)
}
while (first.maintain()) await sleep(5)
first.close()

// Then periods so small that three are packed in the time that is measured.
const writer = openJournalWriter(folder, { share: 1, period: { events: Math.ceil((rate * seconds) / 3) } })
await sleep(1000)

const status = () => Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]) / 1024
const started = performance.now()
const cpu = process.cpuUsage()
let rssMiB = 0
let written = 0
let upkeepAt = 0
let lookAt = 0
while (performance.now() - started < seconds * 1000) {
  const due = Math.min(rate * seconds, Math.floor(((performance.now() - started) / 1000) * rate))
  for (; written < due; written++) append(writer)
  if (performance.now() >= upkeepAt && !writer.maintain()) upkeepAt = performance.now() + 1000
  if (performance.now() >= lookAt) {
    lookAt = performance.now() + 500
    rssMiB = Math.max(rssMiB, status())
  }
  await sleep(50)
}
const { user, system } = process.cpuUsage(cpu)
writer.close()
console.log(JSON.stringify({ cpuPercent: (user + system) / 1e4 / seconds, rssMiB, written }))
