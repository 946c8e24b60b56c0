import type { Journal } from '@quarry/schema/define-journal'

/** The columns of a journal that are written, in the order of its definition. */
export const keptColumns = ({ columns }: Journal): string[] =>
  Object.keys(columns).filter((name) => columns[name]!.kept !== undefined)
