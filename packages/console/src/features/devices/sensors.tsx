import type { Recording } from '@quarry/schema/agent/recording'
import { StateMark } from '../../components/state-mark.tsx'
import classes from './recording.module.css'
import { layerNames } from './recording-words.ts'

/** By which source each kind of activity is seen, and what is missing. */
export function Sensors({ sensors }: { sensors: Recording['sensors'] }) {
  return (
    <ul className={classes.sensors}>
      {sensors.map(({ layer, source, limits, reasons, lost }) => {
        const notes = [
          ...limits,
          ...reasons,
          ...(lost > 0 ? [`${lost.toLocaleString('en')} events were lost.`] : []),
        ]
        return (
          <li key={layer}>
            <span>{layerNames[layer]}</span>
            <StateMark tone={source === undefined ? 'bad' : reasons.length > 0 ? 'fair' : 'good'}>
              {source ?? 'not seen'}
            </StateMark>
            <span className="dimmed">{notes.join(' ')}</span>
          </li>
        )
      })}
    </ul>
  )
}
