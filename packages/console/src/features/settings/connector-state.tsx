import type { ConnectorStateCode, ConnectorSummary } from '@quarry/schema/endpoints/connectors'
import { StateMark, type Tone } from '../../components/state-mark.tsx'

const looks: Record<ConnectorStateCode, { tone: Tone; word: string }> = {
  ready: { tone: 'good', word: 'ready' },
  disabled: { tone: 'quiet', word: 'off' },
  needsSecret: { tone: 'quiet', word: 'needs a key' },
  needsFile: { tone: 'quiet', word: 'needs a file' },
  unauthorized: { tone: 'bad', word: 'key refused' },
  resting: { tone: 'bad', word: 'fails, resting' },
  waiting: { tone: 'fair', word: 'asked to wait' },
  quotaUsed: { tone: 'fair', word: 'quota used up' },
}

/** Whether a connector can be asked; why not stands in its title. */
export function ConnectorState({ connector }: { connector: ConnectorSummary }) {
  const { code, message } = connector.state
  const { tone, word } = looks[code]
  return (
    <span title={message}>
      <StateMark tone={tone}>{word}</StateMark>
    </span>
  )
}
