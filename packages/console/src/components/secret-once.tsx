import { Button, CopyButton, Group } from '@mantine/core'
import classes from './secret-once.module.css'

/** A secret that is shown this once, or a command to copy. */
export function SecretOnce({ label, value }: { label: string; value: string }) {
  return (
    <div className={classes.secret}>
      <div className={classes.label}>{label}</div>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <code className={classes.value}>{value}</code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="compact-sm"
              onClick={copy}
              aria-label={`Copy: ${label}`}
              flex="none"
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  )
}
