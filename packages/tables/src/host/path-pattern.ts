/** How a path pattern is written: SQL's `%` and `_`, or the shell's `*`, `?` and `[…]`. */
export type PatternKind = 'LIKE' | 'GLOB'

/** One level of a pattern, or all that follows the first wildcard that crosses levels. */
export type Part =
  | { kind: 'name'; name: string }
  | { kind: 'level'; matches: (name: string) => boolean }
  | { kind: 'deep'; matches: (below: string) => boolean }

/** Cuts a pattern into its parts; the first `/` is left out. */
export function parsePattern(pattern: string, kind: PatternKind): Part[] {
  const names = pattern.slice(1).split('/')
  const deep = names.findIndex((name) => name.includes(kind === 'LIKE' ? '%%' : '**'))
  const parts = (deep < 0 ? names : names.slice(0, deep)).map((name): Part => {
    if (!isWild(name, kind)) return { kind: 'name', name }
    return { kind: 'level', matches: tester(name, kind) }
  })
  if (deep >= 0) parts.push({ kind: 'deep', matches: tester(names.slice(deep).join('/'), kind) })
  return parts
}

/** `_` counts only beside a `%`: a path such as `/srv/my_app` is meant as it is written. */
const isWild = (name: string, kind: PatternKind) =>
  kind === 'LIKE' ? name.includes('%') : /[*?[]/.test(name)

/** LIKE takes no notice of the case of ASCII letters, as in SQLite. What is no pattern matches nothing. */
function tester(text: string, kind: PatternKind): (name: string) => boolean {
  const source = kind === 'LIKE' ? likeSource(text) : globSource(text)
  try {
    const pattern = new RegExp(`^(?:${source})$`, kind === 'LIKE' ? 'isu' : 'su')
    return (name) => pattern.test(name)
  } catch {
    return () => false
  }
}

const escaped = (char: string) => char.replace(/[$()*+./?[\\\]^{|}]/u, '\\$&')

const likeSource = (text: string) =>
  text.replace(/%%+|./gsu, (piece) => {
    if (piece.startsWith('%%')) return '.*'
    if (piece === '%') return '[^/]*'
    return piece === '_' ? '[^/]' : escaped(piece)
  })

const globSource = (text: string) =>
  text.replace(/\*\*+|\[\^?\]?[^\]]*\]|./gsu, (piece) => {
    if (piece.startsWith('**')) return '.*'
    if (piece === '*') return '[^/]*'
    if (piece === '?') return '[^/]'
    if (piece.length < 3) return escaped(piece)
    const negated = piece[1] === '^'
    const inside = piece.slice(negated ? 2 : 1, -1).replace(/[\\\]^[]/gu, '\\$&')
    return `[${negated ? '^' : ''}${inside}]`
  })
