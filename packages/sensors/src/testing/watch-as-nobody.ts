// Run as root: opens the sensors without root and prints, once it knows itself, how each layer is watched: `node watch-as-nobody.ts <state folder>`.
import { watch } from './watch.ts'

process.setgid?.(65534)
process.setuid?.(65534)
const watched = await watch(['bpf', 'audit', 'proc_connector', 'inet_diag', 'proc_poll'], {
  stateDir: process.argv[2]!,
})
const own = await watched.first('exec', ({ process: { pid } }) => pid === process.pid)
console.log(JSON.stringify({ status: watched.sensors.status(), own }))
await watched.sensors.close()
