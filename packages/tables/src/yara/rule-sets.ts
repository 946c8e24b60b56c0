import { compile, type YaraX } from '@litko/yara-x'
import type { Scan } from '../define-table.ts'
import { textOf } from '../files/text-files.ts'
import type { Host } from '../host/host.ts'
import { errorCode } from '../host/system-error.ts'

type RuleScan = Pick<
  Scan<{ sig_group: never; sigfile: never; sigrule: never; sigurl: never }>,
  'texts' | 'warn' | 'once'
>

/** Rules that a scan asks for, and the columns that asked for them. */
export interface RuleSet {
  rules: YaraX
  origin: { sig_group: string; sigfile: string; sigrule: string; sigurl: string }
}

const maxRuleBytes = 8 << 20
/** A relative name of a rule file is looked up there, as in osquery. */
const ruleFolder = '/etc/osquery/yara'
const noOrigin = { sig_group: '', sigfile: '', sigrule: '', sigurl: '' }

/**
 * Compiles the rules of a scan: text in `sigrule`, files in `sigfile`, addresses in `sigurl` where queries may use the network. Each
 * is compiled once for a statement. Rules include no other files; what does not compile is a warning.
 */
export function ruleSets(host: Host, scan: RuleScan): RuleSet[] {
  const found: RuleSet[] = []
  const { texts } = scan
  const add = (text: string | undefined, name: string, origin: Partial<RuleSet['origin']>) => {
    const rules = text === undefined ? undefined : compiled(scan, text, name)
    if (rules) found.push({ rules, origin: { ...noOrigin, ...origin } })
  }
  for (const sigrule of texts('sigrule') ?? []) add(sigrule, 'The text in sigrule', { sigrule })
  for (const sigfile of texts('sigfile') ?? []) {
    const path = sigfile.startsWith('/') ? sigfile : `${ruleFolder}/${sigfile}`
    const text = scan.once(`file ${path}`, () => textOf(host, scan, path, maxRuleBytes))
    if (text === undefined) scan.warn(`There are no rules in ${path}.`)
    add(text, path, { sigfile })
  }
  for (const sigurl of texts('sigurl') ?? []) {
    add(
      scan.once(`url ${sigurl}`, () => fetched(host, scan, sigurl)),
      sigurl,
      { sigurl },
    )
  }
  for (const group of texts('sig_group') ?? [])
    scan.warn(`The group ${group} is not known: the agent has no groups of rules. Give sigfile or sigrule.`)
  if (!['sigrule', 'sigfile', 'sigurl', 'sig_group'].some((name) => texts(name as 'sigrule')))
    scan.warn('YARA gave no rows: it needs rules in sigrule or sigfile (=, IN).', 'required_column')
  return found
}

function compiled(scan: RuleScan, text: string, name: string): YaraX | undefined {
  return scan.once(`rules ${text}`, () => {
    try {
      return compile(text, { enableIncludes: false, relaxedReSyntax: true })
    } catch (error) {
      scan.warn(`${name} is no rule of YARA: ${firstFault(error)}.`)
      return undefined
    }
  })
}

/** What the compiler says first, such as `line 1:22, syntax error, unclosed literal string`. */
function firstFault(error: unknown): string {
  const text = error instanceof Error ? error.message : ''
  const what = /error\[E\d+\]: (.*)/.exec(text)?.[1] ?? 'it does not compile'
  const where = /--> line:(\d+):(\d+)/.exec(text)
  return where ? `${what} in line ${where[1]}, column ${where[2]}` : what
}

function fetched(host: Host, scan: RuleScan, url: string): string | undefined {
  if (!host.bridge.network) {
    scan.warn(
      'Rules at an address (sigurl) are off: the policy of this device keeps queries from the network.',
    )
    return undefined
  }
  try {
    const { status, body } = host.bridge.http({ url, maxBytes: maxRuleBytes, redirects: 5 })
    if (status === 200) return Buffer.from(body).toString('utf8')
    scan.warn(`${url} answered ${status} and no rules.`)
  } catch (error) {
    if (!errorCode(error)) throw error
    scan.warn(`${url} gave no rules: ${(error as Error).message}.`)
  }
  return undefined
}
