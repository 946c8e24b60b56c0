import type { Device } from '@quarry/schema/endpoints/endpoints'
import { StateMark } from '../../components/state-mark.tsx'
import classes from './device-page.module.css'
import { capabilityState } from './device-words.ts'

/** What the agent can do on this host, and why something is limited or off. */
export function Capabilities({ capabilities }: { capabilities: Device['agent']['capabilities'] }) {
  if (capabilities.length === 0) return <p className="dimmed">The agent has not told what it can do.</p>
  return (
    <ul className={classes.capabilities}>
      {capabilities.map(({ name, state, reason }) => {
        const { word, tone } = capabilityState(state)
        return (
          <li key={name} className={classes.capability}>
            <span>{name}</span>
            <StateMark tone={tone}>{word}</StateMark>
            <span className="dimmed">{reason}</span>
          </li>
        )
      })}
    </ul>
  )
}
