import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Here, openHere, whyNoBpf } from './testing/open-here.ts'

const why = whyNoBpf()
const script = fileURLToPath(new URL('./testing/dns-namespace.cjs', import.meta.url))

describe.skipIf(why)(`DNS by BPF${why ? ` (skipped: ${why})` : ''}`, () => {
  let here: Here
  let asker: number
  let libc: number
  const folder = mkdtempSync(join(tmpdir(), 'quarry-dns-'))

  beforeAll(async () => {
    here = await openHere()
    const resolvConf = join(folder, 'resolv.conf')
    writeFileSync(resolvConf, 'nameserver 127.0.0.1\n')
    const setUp = 'ip link set lo up; mount --bind "$0" /etc/resolv.conf; exec "$1" "$2"'
    const inside = spawn('unshare', ['-nm', 'sh', '-c', setUp, resolvConf, process.execPath, script])
    asker = inside.pid!
    let output = ''
    inside.stdout.on('data', (text) => {
      output += text
    })
    inside.stderr.pipe(process.stderr)
    await once(inside, 'exit')
    libc = JSON.parse(output).libc
  })
  afterAll(async () => {
    await here.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const asked = (name: string, question: string) =>
    here.event('dns', (event) => event.name === `${name}.quarry.test` && event.question === question)

  test('a question over UDP, with its answer and its process', async () => {
    expect(await asked('plain', 'A')).toMatchObject({
      ...{ answers: ['192.0.2.7'], responseCode: 'NOERROR', server: '127.0.0.1' },
      process: { pid: asker },
    })
    expect(here.all('dns', ({ name }) => name === 'plain.quarry.test')).toHaveLength(1)
  })

  test('an answer that was too large is had over TCP', async () => {
    await here.until(() => here.all('dns', ({ name }) => name === 'big.quarry.test').length === 2)
    const [udp, tcp] = here.all('dns', ({ name }) => name === 'big.quarry.test')
    expect(udp).toMatchObject({ answers: [], responseCode: 'NOERROR', process: { pid: asker } })
    expect(tcp).toMatchObject({ answers: ['192.0.2.7'], responseCode: 'NOERROR', process: { pid: asker } })
  })

  test('a name that does not exist', async () => {
    expect(await asked('gone', 'AAAA')).toMatchObject({ answers: [], responseCode: 'NXDOMAIN' })
  })

  test('a question that nobody answered', async () => {
    expect(await asked('silent', 'A')).toMatchObject({
      answers: [],
      responseCode: '',
      process: { pid: asker },
    })
  })

  test('both questions that the C library sends at once', async () => {
    expect(await asked('libc', 'A')).toMatchObject({ answers: ['192.0.2.7'], process: { pid: libc } })
    expect(await asked('libc', 'AAAA')).toMatchObject({ responseCode: 'NOERROR', process: { pid: libc } })
  })
})
