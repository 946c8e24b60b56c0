import type { Journal, Kept } from '@quarry/schema/define-journal'

/** How the events of one journal are laid out on disk. It is written beside them, so that a reader needs no definition. */
export interface Layout {
  subject: string
  columns: readonly LayoutColumn[]
  /** Column of the process that an event belongs to. */
  process?: string
}

export interface LayoutColumn {
  name: string
  kept: Kept
  index: boolean
}

/** The layout of a journal: its columns that are kept, in the order of its definition. */
export function layoutOf(journal: Journal): Layout {
  const columns: LayoutColumn[] = []
  for (const [name, { kept, index }] of Object.entries(journal.columns)) {
    if (kept !== undefined) columns.push({ name, kept, index: index === true })
  }
  return { subject: journal.subject, columns, process: processColumn(columns) }
}

/** The first column of a process is the one that rows lie together by. */
export const processColumn = (columns: readonly LayoutColumn[]): string | undefined =>
  columns.find(({ kept }) => kept === 'sophosPid')?.name

/** Layouts with the same text are the same. */
export function layoutText(layout: Layout): string {
  return JSON.stringify({ subject: layout.subject, columns: layout.columns })
}
