import { Button, PasswordInput, Stack } from '@mantine/core'
import { changePassword, type Session } from '@quarry/schema/endpoints/session'
import { IconCheck, IconPointFilled } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { useAction } from '../../api.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { enterSession } from '../../session.ts'
import classes from './card.module.css'
import { passwordRules } from './password-rules.ts'

interface Props {
  username: string
  /** What the present password is called. */
  currentLabel: string
  onDone: () => void
}

/** Changes the password; the rules stand below the fields and are ticked off while typing. */
export function PasswordForm({ username, currentLabel, onDone }: Props) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [repeated, setRepeated] = useState('')
  const action = useAction(changePassword, {
    onSuccess: (session: z.output<typeof Session>) => {
      enterSession(session)
      onDone()
    },
  })
  const rules = passwordRules(next, repeated, username, current)
  const ready = current !== '' && rules.every((rule) => rule.met)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) action.mutate({ body: { current, next } })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {action.error && <TroubleBox error={action.error} title="The password was not changed" />}
        <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
        <PasswordInput
          label={currentLabel}
          autoComplete="current-password"
          data-autofocus
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label="New password"
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <PasswordInput
          label="New password again"
          autoComplete="new-password"
          value={repeated}
          onChange={(event) => setRepeated(event.currentTarget.value)}
        />
        <ul className={classes.rules} aria-label="Rules of the new password">
          {rules.map(({ text, met }) => (
            <li key={text} data-met={met}>
              {met ? (
                <IconCheck size={14} color="var(--q-good)" aria-label="met:" />
              ) : (
                <IconPointFilled size={14} aria-label="not yet:" />
              )}
              {text}
            </li>
          ))}
        </ul>
        <Button type="submit" disabled={!ready} loading={action.isPending}>
          Change the password
        </Button>
      </Stack>
    </form>
  )
}
