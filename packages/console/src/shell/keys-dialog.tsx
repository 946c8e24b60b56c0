import { Modal } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import classes from './keys-dialog.module.css'
import { modKey } from './mod-key.ts'

const keys: [section: string, rows: [keys: string[], what: string][]][] = [
  [
    'Everywhere',
    [
      [[modKey, 'K'], 'Go to a query, a device, a page'],
      [['/'], 'Search on this page'],
      [['N'], 'New query'],
      [['?'], 'This list'],
      [['Esc'], 'Close what is open'],
    ],
  ],
  [
    'Query',
    [
      [[modKey, 'Enter'], 'Run'],
      [[modKey, 'S'], 'Save (designer mode)'],
      [[modKey, 'Space'], 'Complete a word of SQL'],
      [['Shift', 'Alt', 'F'], 'Format the SQL'],
    ],
  ],
  [
    'Results',
    [
      [['↑', '↓', '←', '→'], 'Move from cell to cell'],
      [['Enter'], 'Open the menu of the cell'],
    ],
  ],
]

const listeners = new Set<() => void>()
let opened = false

function set(next: boolean): void {
  opened = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Opens the list of keys. */
export function openKeys(): void {
  set(true)
}

/** The list of keys; there is one of it, in the shell. */
export function KeysDialog() {
  const isOpened = useSyncExternalStore(subscribe, () => opened)
  return (
    <Modal opened={isOpened} onClose={() => set(false)} title="Keys" size="md">
      {keys.map(([section, rows]) => (
        <section key={section}>
          <h2 className={classes.section}>{section}</h2>
          <dl className={classes.rows}>
            {rows.map(([parts, what]) => (
              <div key={what} className={classes.row}>
                <dt>{what}</dt>
                <dd>
                  {parts.map((part) => (
                    <kbd key={part} className={classes.key}>
                      {part}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  )
}
