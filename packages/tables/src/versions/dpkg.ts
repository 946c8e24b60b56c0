import { compareDigits } from './generic.ts'

/** Compares versions as Debian Policy, section 5.6.12, says: epoch, upstream version, Debian revision. */
export function compareDpkg(left: string, right: string): number {
  const a = parts(left)
  const b = parts(right)
  return (
    compareDigits(a.epoch, b.epoch) ||
    compareText(a.upstream, b.upstream) ||
    compareText(a.revision, b.revision)
  )
}

function parts(version: string) {
  const colon = version.indexOf(':')
  const rest = version.slice(colon + 1)
  const dash = rest.lastIndexOf('-')
  return {
    epoch: colon < 0 ? '0' : version.slice(0, colon),
    upstream: dash < 0 ? rest : rest.slice(0, dash),
    revision: dash < 0 ? '0' : rest.slice(dash + 1),
  }
}

/** Compares by turns what is not digits and what is. */
function compareText(left: string, right: string): number {
  let [a, b] = [left, right]
  while (a !== '' || b !== '') {
    const signsA = /^\D*/.exec(a)![0]
    const signsB = /^\D*/.exec(b)![0]
    for (let index = 0; index < Math.max(signsA.length, signsB.length); index++) {
      const order = weight(signsA[index]) - weight(signsB[index])
      if (order !== 0) return order
    }
    a = a.slice(signsA.length)
    b = b.slice(signsB.length)
    const digitsA = /^\d*/.exec(a)![0]
    const digitsB = /^\d*/.exec(b)![0]
    const order = compareDigits(digitsA, digitsB)
    if (order !== 0) return order
    a = a.slice(digitsA.length)
    b = b.slice(digitsB.length)
  }
  return 0
}

/** A tilde sorts before the end of the text, letters before other signs. */
function weight(sign: string | undefined): number {
  if (sign === undefined) return 0
  if (sign === '~') return -1
  const code = sign.charCodeAt(0)
  return /[A-Za-z]/.test(sign) ? code : code + 256
}
