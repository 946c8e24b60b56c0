import { Button, CopyButton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { troubleOf } from '../errors.ts'
import classes from './trouble-box.module.css'

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
    <div role="alert" className={classes.box}>
      <IconAlertTriangle size={17} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        {title && <div className={classes.title}>{title}</div>}
        <div>{message}</div>
        {correlationId && (
          <div className={classes.quote}>
            To quote: <span className={classes.id}>{correlationId}</span>
            <CopyButton value={correlationId}>
              {({ copied, copy }) => (
                <button type="button" className={classes.copy} onClick={copy}>
                  {copied ? 'copied' : 'copy'}
                </button>
              )}
            </CopyButton>
          </div>
        )}
        {onRetry && (
          <Button variant="default" size="compact-xs" mt={8} onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  )
}
