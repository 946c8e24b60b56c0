import { option } from '../define-command.ts'

/** The option that every command with rows has. */
export const format = option.choice(['table', 'json', 'jsonl', 'csv'], 'How rows are written.')
export type Format = NonNullable<typeof format.fallback>
