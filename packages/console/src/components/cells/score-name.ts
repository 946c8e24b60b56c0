import type { ResultColumn } from '@quarry/schema/endpoints/run-results'

/** The four scores of a file, in the order in which they are told. */
export const scoreNames = ['local_rep', 'global_rep', 'ml_score', 'pua_score'] as const
export type ScoreName = (typeof scoreNames)[number]

/** The older spelling, an alias in every table that has them. */
const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Whether a column of a result bears the name of a score, or of its reasons with `suffix` "_data". */
export function bearsName(column: string, name: ScoreName, suffix = ''): boolean {
  const full = name + suffix
  return column === full || column === camelCase(full)
}

const HELP: Record<ScoreName, string> = {
  local_rep: 'What the device itself knows of the file, 0 to 100. High is good; −1 is unknown.',
  global_rep:
    'What your lists and the chosen sources know of the file, 0 to 100. High is good; −1 is unknown.',
  ml_score:
    'Experimental: how a model ranks the headers of a Windows program, 0 to 100. A rank with a known share of false alarms, not a probability. High is bad; −1 is not scored.',
  pua_score:
    'Signs of an unwanted application, as points that add up to 100 at most. High is bad; −1 is not scored.',
}

/** What a column of scores means; undefined for any other. */
export function scoreHelp({ name, origin, scale }: Pick<ResultColumn, 'name' | 'origin' | 'scale'>) {
  if (!scale) return undefined
  const source = origin?.split('.').at(-1) ?? name
  const found = scoreNames.find((each) => bearsName(source, each) || bearsName(name, each))
  return found && HELP[found]
}
