import { errno } from '../libc.ts'
import { HEADER, NetlinkError, NetlinkSocket } from '../netlink/netlink-socket.ts'
import { type AuditSettings, type AuditStatus, encodeSettings, parseStatus } from './status.ts'

const NETLINK_AUDIT = 9
const GET = 1000
const SET = 1001
const ADD_RULE = 1011
const DELETE_RULE = 1012
const LIST_RULES = 1013
const NLMSG_DONE = 3

/** Talks with the kernel's audit. Each call waits for its answer; all throw NetlinkError when the kernel refuses. */
export class AuditControl {
  /** Gets the records too once `set` named this process their receiver. */
  readonly socket: NetlinkSocket

  /** @param groups 1 reads along by multicast. @throws SourceUnavailable */
  constructor(groups = 0) {
    this.socket = new NetlinkSocket(NETLINK_AUDIT, groups)
  }

  status(): AuditStatus {
    let status: AuditStatus | undefined
    this.socket.request(GET, Buffer.alloc(0), (type, message) => {
      if (type === GET) status = parseStatus(message.subarray(HEADER))
    })
    // The answer may come behind the acknowledgement.
    const buffer = Buffer.alloc(9000)
    for (let tries = 0; !status && tries < 1000; tries++) {
      const length = this.socket.wait(buffer, 1000)
      if (typeof length === 'number' && buffer.readUInt16LE(4) === GET)
        status = parseStatus(buffer.subarray(HEADER, length))
    }
    if (!status) throw new NetlinkError(0, 'The kernel did not tell the state of its audit')
    return status
  }

  set(settings: AuditSettings): void {
    this.socket.request(SET, encodeSettings(settings))
  }

  /** Rules as the kernel lists them, each as `encodeRule` makes them. */
  rules(): Buffer[] {
    const rules: Buffer[] = []
    let done = false
    const take = (type: number, message: Buffer) => {
      if (type === LIST_RULES) rules.push(Buffer.from(message.subarray(HEADER)))
      if (type === NLMSG_DONE) done = true
    }
    this.socket.request(LIST_RULES, Buffer.alloc(0), take)
    const buffer = Buffer.alloc(65536)
    for (let tries = 0; !done && tries < 10_000; tries++) {
      const length = this.socket.wait(buffer, 1000)
      if (typeof length === 'number') take(buffer.readUInt16LE(4), buffer.subarray(0, length))
      else break
    }
    return rules
  }

  /** Adds a rule; one that is there already is left. */
  add(rule: Buffer): void {
    this.#unless(errno.EEXIST, () => this.socket.request(ADD_RULE, rule))
  }

  /** Deletes a rule; one that is gone already is none to delete. */
  delete(rule: Buffer): void {
    this.#unless(errno.ENOENT, () => this.socket.request(DELETE_RULE, rule))
  }

  close(): void {
    this.socket.close()
  }

  #unless(code: number, act: () => void) {
    try {
      act()
    } catch (error) {
      if (!(error instanceof NetlinkError) || error.code !== code) throw error
    }
  }
}
