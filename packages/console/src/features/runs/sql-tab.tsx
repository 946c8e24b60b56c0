import { ActionIcon, Tooltip } from '@mantine/core'
import type { Run } from '@quarry/schema/endpoints/runs'
import { IconCopy } from '@tabler/icons-react'
import { useMemo } from 'react'
import { copyText } from '../../components/copy-text.ts'
import { colorSql } from './color-sql.ts'
import { renderedSql } from './rendered-sql.ts'
import { counted } from './run-words.ts'
import classes from './sql-tab.module.css'

/** The list of a variable in words: its name, how many values, the first of them. */
function listWords({ name, count, sample }: NonNullable<Run['variables'][number]['list']>): string {
  const values = `${sample.join(', ')}${count > sample.length ? ', …' : ''}`
  return `${name ? `“${name}”, ` : ''}${counted(count, 'value')}: ${values}`
}

/** The SQL that the devices got. Only in designer mode. */
export function SqlTab({ run }: { run: Run }) {
  const { sql, note } = useMemo(() => renderedSql(run), [run])
  const parts = useMemo(() => colorSql(sql), [sql])
  const values = run.variables.filter(({ value, list }) => value !== undefined || list)
  return (
    <div className={classes.tab}>
      {values.length > 0 && (
        <dl className={classes.values}>
          {values.map(({ name, value, list }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="mono">{list ? listWords(list) : value === '' ? "''" : value}</dd>
            </div>
          ))}
        </dl>
      )}
      {note && <p className="dimmed">{note}</p>}
      <div className={classes.sql}>
        <Tooltip label="Copy">
          <ActionIcon className={classes.copy} aria-label="Copy the SQL" onClick={() => void copyText(sql)}>
            <IconCopy size={16} />
          </ActionIcon>
        </Tooltip>
        <pre>
          <code>
            {parts.map(({ text, kind }, index) => (
              <span key={index} data-kind={kind}>
                {text}
              </span>
            ))}
          </code>
        </pre>
      </div>
    </div>
  )
}
