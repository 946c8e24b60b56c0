import dns from '@quarry/schema/journals/sophos_dns_journal'
import processes from '@quarry/schema/journals/sophos_process_journal'
import { openJournalWriter } from '../store.ts'

// Writes events for ever, with small periods, and says after each flush up to which number they are on disk. It is killed from outside.
const [folder, first] = process.argv.slice(2) as [string, string]
const writer = openJournalWriter(folder, { period: { events: 120 }, bytes: 10e9, share: 1 })
let number = Number(first)
for (;;) {
  for (let count = 0; count < 20; count++, number++) {
    const spid = `${number % 7}:${134_100_000_000_073_412n + BigInt(number) * 100_000n}`
    if (number % 3 === 0) writer.append(dns, Date.now(), { sophos_pid: spid, name: `n${number}` })
    else writer.append(processes, Date.now(), { sophos_pid: spid, path: `/bin/${number % 50}`, uid: number })
  }
  writer.flush()
  process.stdout.write(`${number - 1}\n`)
  for (let step = 0; step < 30 && writer.maintain(); step++);
}
