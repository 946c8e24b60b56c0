import { isIP } from 'node:net'
import { type Login, logonType } from './login.ts'

// Whoever knocks chooses the user name, and may write another sentence into it: "x from 192.0.2.1 port 1 ssh2". The real end of a line
// is its right end, so names are matched as long as they can be.
const accepted = /^Accepted (\S+) for (.*?) from (\S+) port (\d+)\b/
const failed =
  /^Failed (\S+) for (invalid user )?(.*) from (\S+) port (\d+)(?: ssh2)?(?:: [A-Z0-9-]+ (?:SHA256|MD5):\S+)?$/
const gaveUp =
  /^(?:Connection (?:closed|reset) by|Disconnected from) (authenticating|invalid) user (.*) (\S+) port (\d+)(?: \[preauth\])?$/
const left = /^Disconnected from user (.*) (\S+) port (\d+)$/

/** What OpenSSH says, versions 6 to 10; undefined for all else. */
export function readSshd(message: string): Login | undefined {
  const about = (
    eventId: Login['eventId'],
    user: string,
    address: string,
    port: string,
    status?: string,
  ): Login => ({
    eventId,
    user,
    ...(isIP(address) !== 0 && { address }),
    port: Number(port),
    logonType: logonType.remoteShell,
    processName: 'sshd',
    ...(status && { status }),
  })
  const found = (pattern: RegExp) => pattern.exec(message)?.slice(1)

  const [method, user, address, port] = found(accepted) ?? []
  if (method) return about(4624, user!, address!, port!, method)
  const [how, invalid, name, from, fromPort] = found(failed) ?? []
  if (how) return about(4625, name!, from!, fromPort!, invalid ? `${how}, no such user` : how)
  const [kind, who, peer, peerPort] = found(gaveUp) ?? []
  if (kind) {
    const status = kind === 'invalid' ? 'gave up, no such user' : 'gave up'
    return { ...about(4625, who!, peer!, peerPort!, status), echo: true }
  }
  const [gone, goneFrom, gonePort] = found(left) ?? []
  return gone === undefined ? undefined : about(4634, gone, goneFrom!, gonePort!)
}
