export interface AuthorizedKey {
  options: string
  algorithm: string
  key: string
  comment: string
}

// `ssh-`, `ecdsa-sha2-`, `sk-ssh-`, `sk-ecdsa-` with or without a host behind an `@`; or the bits of a key of protocol 1.
const algorithm = /^(?:ssh-|ecdsa-|sk-ssh-|sk-ecdsa-|rsa-sha2-)[\w@.-]+$/

/**
 * Reads a line of an authorized_keys file (sshd(8), "AUTHORIZED_KEYS FILE FORMAT"): options, algorithm, key, comment. Options may
 * hold spaces between double quotes. Undefined for a comment, an empty line and what is no key.
 */
export function parseAuthorizedKey(line: string): AuthorizedKey | undefined {
  const text = line.trim()
  if (text === '' || text.startsWith('#')) return undefined
  const bare = keyOf(text, '')
  if (bare) return bare
  const end = endOfOptions(text)
  return keyOf(text.slice(end).trim(), text.slice(0, end))
}

function keyOf(text: string, options: string): AuthorizedKey | undefined {
  const [, name, key, comment] = /^(\S+)\s+(\S+)\s*(.*)$/.exec(text) ?? []
  if (!name || !key || !algorithm.test(name)) return undefined
  return { options, algorithm: name, key, comment: comment ?? '' }
}

/** Where the first white space outside quotes is. */
function endOfOptions(text: string): number {
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') quoted = !quoted
    else if (!quoted && (text[at] === ' ' || text[at] === '\t')) return at
  }
  return text.length
}
