import type { Scan } from '../define-table.ts'
import { isAbsent } from '../files/unread.ts'
import type { Host } from '../host/host.ts'
import { errorCode } from '../host/system-error.ts'
import { parseJson, textAt } from '../json/read-json.ts'

export interface Question {
  /** Name of the service, for warnings. */
  service: string
  /** Where its socket may be; the first that exists is asked. */
  sockets: readonly string[]
  path: string
}

const manyBytes = 32 << 20
/** Statistics of a container take Docker two seconds. */
const millis = 10_000

/**
 * Asks a service of this machine that speaks HTTP and JSON over a unix socket, once in a statement for each path. Undefined where the
 * service is not installed or answers 404; anything else that goes wrong is a warning too.
 */
export function askSocket(host: Host, scan: Pick<Scan, 'warn' | 'once'>, question: Question): unknown {
  const { service, sockets, path } = question
  return scan.once(`${service} ${path}`, () => {
    const socket = sockets.find((one) => host.exists(one))
    if (!socket || scan.once(`${service} is silent`, () => ({ silent: false })).silent) return undefined
    try {
      const url = `http://localhost${path}`
      const { status, body } = host.bridge.http({ url, socket, millis, maxBytes: manyBytes })
      const answer = parseJson(Buffer.from(body).toString('utf8') || 'null')
      if (status < 300) return answer
      if (status !== 404) scan.warn(`${service} refused a part of the question: ${reason(answer, status)}.`)
    } catch (error) {
      warn(error)
    }
    return undefined
  })

  function warn(error: unknown) {
    if (isAbsent(error)) return
    const code = errorCode(error)
    // A service that does not answer at all is not asked again for each row.
    if (code !== 'EFBIG' && code) scan.once(`${service} is silent`, () => ({ silent: true })).silent = true
    const why = code ? (error as Error).message.replace(/^\w+: |, '[\s\S]*$/g, '') : 'its answer is no JSON'
    scan.warn(`${service} gave no answer, and what it knows is left out: ${why}.`)
  }
}

const reason = (answer: unknown, status: number) =>
  (textAt(answer, 'message') ?? textAt(answer, 'error') ?? `status ${status}`)
    .replace(/\.\s*$/, '')
    .slice(0, 200)
