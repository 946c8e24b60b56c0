import type { Prevalence } from '@quarry/schema/endpoints/prevalence'
import { IconDevices } from '@tabler/icons-react'
import { formatLocal, formatWhen } from '../../components/cells/format-time.ts'
import { useNow } from '../../components/use-now.ts'
import { counted } from '../runs/run-words.ts'
import classes from './prevalence-line.module.css'

/** On how many devices a value was seen, and when first and last. */
export function PrevalenceLine({ prevalence, devices }: { prevalence: Prevalence; devices: number }) {
  const now = useNow()
  const { devices: on, firstSeen, lastSeen } = prevalence
  // A result that was read just now is counted in a moment.
  if (on === 0 || !firstSeen || !lastSeen) return null
  const [first, last] = [new Date(firstSeen), new Date(lastSeen)]
  return (
    <p
      className={classes.line}
      title={`By the results of all runs.\nFirst: ${formatLocal(first)}\nLast: ${formatLocal(last)}`}
    >
      <IconDevices size={14} aria-hidden />
      <span>
        seen on <strong>{on.toLocaleString('en')}</strong> of {counted(Math.max(devices, on), 'device')},
        first {formatWhen(first, now)}
        {last.getTime() - first.getTime() >= 60_000 && `, last ${formatWhen(last, now)}`}
      </span>
    </p>
  )
}
