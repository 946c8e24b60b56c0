// The organisation's own YARA rules, run by YARA-X over a file's bytes.

import { compile, type RuleMatch } from '@litko/yara-x'
import type { Host } from '@quarry/tables/host-ports'

const folder = '/etc/quarry/yara'
const maxRuleBytes = 4 << 20

export interface YaraRules {
  /** Changes when a rule file does. */
  version: string
  /** Rule files that are not used, with the reason. */
  refused: string[]
  scan(bytes: Buffer): RuleMatch[]
}

/** Compiles the `.yar` and `.yara` files of `/etc/quarry/yara`; undefined where there are none. A file that does not compile is refused alone. */
export function loadYaraRules(host: Host): YaraRules | undefined {
  const files = ruleFiles(host)
  if (files.length === 0) return undefined
  const refused: string[] = []
  const sets = files.flatMap(({ path }) => {
    try {
      return [compile(host.read(path, maxRuleBytes), { enableIncludes: false, relaxedReSyntax: true })]
    } catch (error) {
      refused.push(
        `${path}: ${error instanceof Error ? error.message.split('\n')[0] : 'it does not compile'}`,
      )
      return []
    }
  })
  return {
    version: files.map(({ path, version }) => `${path} ${version}`).join(', '),
    refused,
    scan: (bytes) => sets.flatMap((rules) => rules.scan(bytes)),
  }
}

function ruleFiles(host: Host) {
  try {
    return host
      .list(folder)
      .filter((name) => /\.yara?$/.test(name))
      .map((name) => {
        const path = `${folder}/${name}`
        const { size, mtimeNs } = host.stat(path)
        return { path, version: `${size}:${mtimeNs}` }
      })
  } catch {
    return []
  }
}
