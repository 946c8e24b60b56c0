import { FunctionError } from '../functions/define-function.ts'

const MOST_KEPT = 100
const kept = new Map<string, RegExp>()

/** Character classes of POSIX, as they stand inside brackets. */
const classes: Record<string, string> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
}

/**
 * Compiles a regular expression with the `g` flag, once for each pattern. The language is JavaScript's, with the classes of POSIX
 * (`[[:digit:]]`) and `(?i)` at the front for any case. Throws a `FunctionError` when the pattern is none.
 */
export function compileRegex(pattern: string): RegExp {
  const known = kept.get(pattern)
  if (known) return known
  const [, anyCase] = /^(\(\?i\))/.exec(pattern) ?? []
  const body = (anyCase ? pattern.slice(anyCase.length) : pattern).replace(
    /\[:([a-z]+):\]/g,
    (whole, name: string) => classes[name] ?? whole,
  )
  try {
    const regex = new RegExp(body, anyCase ? 'gi' : 'g')
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(pattern, regex)
    return regex
  } catch (error) {
    throw new FunctionError((error as Error).message)
  }
}
