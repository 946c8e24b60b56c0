import { Alert, Button, CopyButton, Group } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { troubleOf } from '../errors.ts'

interface Props {
  error: unknown
  /** What could not be done. */
  title?: string
  onRetry?: () => void
}

/** The picture of an error: what happened, what to do, and an id to quote. */
export function TroubleBox({ error, title, onRetry }: Props) {
  const { message, correlationId } = troubleOf(error)
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={title}
      styles={{ message: { fontSize: 13 }, title: { fontSize: 13 } }}
    >
      <div>{message}</div>
      <Group gap="xs" mt={correlationId || onRetry ? 8 : 0}>
        {onRetry && (
          <Button variant="default" size="compact-xs" onClick={onRetry}>
            Try again
          </Button>
        )}
        {correlationId && (
          <CopyButton value={correlationId}>
            {({ copied, copy }) => (
              <Button variant="subtle" color="gray" size="compact-xs" onClick={copy} fw={400}>
                {copied ? 'Copied' : 'Quote'}&nbsp;<span className="mono">{correlationId}</span>
              </Button>
            )}
          </CopyButton>
        )}
      </Group>
    </Alert>
  )
}
