import type { Run } from '@quarry/schema/endpoints/runs'
import { IconAlertTriangle } from '@tabler/icons-react'
import classes from './run-warnings.module.css'
import { counted } from './run-words.ts'

/** What the devices warned of: nothing is left out of the results in silence. */
export function RunWarnings({ warnings }: Pick<Run, 'warnings'>) {
  if (warnings.length === 0) return null
  return (
    <ul className={classes.warnings} aria-label="Warnings">
      {warnings.map(({ code, message, devices }) => (
        <li key={`${code} ${message}`}>
          <IconAlertTriangle size={15} aria-label="Warning:" />
          <span>
            {message} <span className="dimmed">({counted(devices, 'device')})</span>
          </span>
        </li>
      ))}
    </ul>
  )
}
