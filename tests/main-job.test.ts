import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { startQuarry, waitForDevices } from '@quarry/devkit'
import { expect, test } from 'vitest'
import { cannotMakeNamespaces, makeNamespace } from './namespace.ts'
import { talkers } from './talkers.ts'

// What an outsider does who knows nothing but the published HTTP contract: no import from our own client or schema below.

const why = cannotMakeNamespaces()

test.skipIf(why)(
  `the shipped query shows the sockets that ss shows${why ? ` (${why})` : ''}`,
  { timeout: 120_000 },
  async () => {
    await using quarry = await startQuarry({ agents: 1 })
    await using namespace = makeNamespace('203.0.113.9/32', '2001:db8::9/128')
    await namespace.start(talkers)
    await waitForDevices(quarry.call, 1)

    const api = await signIn(quarry.url, quarry.clientCredentials)
    const { items: queries } = await api(
      'GET',
      '/live-discover/v1/queries?search=open%20network%20connection&pageTotal=true',
    )
    const query = queries.find((item: Json) => item.name === 'Processes with an open network connection')
    const created = await api('POST', '/live-discover/v1/queries/runs', {
      savedQuery: { queryId: query.id },
      matchEndpoints: { all: true },
    })
    let run = created
    while (run.status !== 'finished') run = await api('GET', `/live-discover/v1/queries/runs/${created.id}`)
    expect(run.result).toBe('succeeded')

    const rows: Json[] = []
    for (let key = ''; ; ) {
      const page = await api('GET', `/live-discover/v1/queries/runs/${created.id}/results?pageSize=3${key}`)
      expect(page.metadata.columns.map((column: Json) => column.name)).toEqual([
        'epName',
        'sophos_pid',
        'path',
        'local_port',
        'remote_address',
        'remote_port',
        'local_rep',
        'global_rep',
        'ml_score',
        'pua_score',
        'sha256',
      ])
      rows.push(...page.items)
      if (!page.pages.nextKey) break
      key = `&pageFromKey=${encodeURIComponent(page.pages.nextKey)}`
    }

    const sockets = fromSs(namespace.run('ss', '-Htunap'))
    const ours = rows.filter((row) => /^(203\.0\.113\.|2001:db8:)/.test(row.remote_address))
    expect(ours.map(socketOf).sort()).toEqual(sockets.map(socketOf).sort())
    expect(sockets).toHaveLength(13)
    expect(rows.some((row) => row.remote_address.startsWith('127.'))).toBe(false)

    for (const row of ours) {
      const pid = Number(row.sophos_pid.split(':')[0])
      const image = readlinkSync(`/proc/${pid}/exe`)
      expect(row.path).toBe(image)
      expect(row.sha256).toBe(createHash('sha256').update(readFileSync(image)).digest('hex'))
      expect(Math.abs(startedAt(row.sophos_pid) - startOf(pid))).toBeLessThan(1500)
      // No package owns the program: its place alone speaks for it.
      const place = /^\/(tmp|var\/tmp)\//.test(image) ? 30 : /^\/(opt|srv|usr\/local)\//.test(image) ? 45 : 40
      expect([row.local_rep, row.global_rep, row.ml_score, row.pua_score]).toEqual([place, -1, -1, -1])
    }
    expect(new Set(ours.map((row) => row.sophos_pid)).size).toBe(1)
  },
)

// biome-ignore lint/suspicious/noExplicitAny: an outsider has no types of ours
type Json = any

async function signIn(url: string, { id, secret }: { id: string; secret: string }) {
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret, scope: 'token' }
  const answer = await fetch(`${url}/api/v2/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  })
  const token = (await answer.json()) as Json
  expect(token).toMatchObject({ token_type: 'bearer', errorCode: 'success', message: 'OK' })
  const headers: Record<string, string> = { authorization: `Bearer ${token.access_token}` }
  const tenant = (await (await fetch(`${url}/whoami/v1`, { headers })).json()) as Json
  expect(tenant.idType).toBe('tenant')
  headers['x-tenant-id'] = tenant.id
  return async (method: string, path: string, body?: unknown): Promise<Json> => {
    const init: RequestInit = { method, headers }
    if (body !== undefined) {
      init.body = JSON.stringify(body)
      init.headers = { ...headers, 'content-type': 'application/json' }
    }
    const response = await fetch(`${url}${path}`, init)
    const value = await response.json()
    expect(response.ok, JSON.stringify(value)).toBe(true)
    return value
  }
}

interface Socket {
  pid: number
  local_port: number
  remote_address: string
  remote_port: number
}

/** Connections to other machines out of the lines of `ss -Htunap`. */
function fromSs(text: string): Socket[] {
  return text.split('\n').flatMap((line) => {
    const [, , , , local = '', remote = '', users = ''] = line.split(/\s+/)
    const pid = /pid=(\d+)/.exec(users)?.[1]
    const [, address = '', port = ''] = /^\[?([^\]]*?)\]?:(\d+|\*)$/.exec(remote) ?? []
    if (pid === undefined || port === '*' || address.startsWith('127.')) return []
    const localPort = Number(local.split(':').at(-1))
    return [{ pid: Number(pid), local_port: localPort, remote_address: address, remote_port: Number(port) }]
  })
}

function socketOf(row: Json): string {
  const pid = row.pid ?? Number(row.sophos_pid.split(':')[0])
  return `${pid} ${row.local_port} ${row.remote_address} ${row.remote_port}`
}

/** Milliseconds since 1970 out of a `sophos_pid`. */
function startedAt(sophosPid: string): number {
  return Number(BigInt(sophosPid.split(':')[1]!) / 10_000n - 11_644_473_600_000n)
}

/** The start of a process as the kernel tells it. */
function startOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
  const boot = Number(/^btime (\d+)/m.exec(readFileSync('/proc/stat', 'utf8'))![1])
  const perSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  return (boot + ticks / perSecond) * 1000
}
