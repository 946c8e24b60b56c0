import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { signIn } from '@quarry/schema/endpoints/session'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useAction } from '../../api.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { enterSession } from '../../session.ts'
import { Card } from './card.tsx'
import { safeReturn } from './safe-return.ts'

const route = getRouteApi('/sign-in')

/** Signs a person in and leads them back to the address that they asked for. */
export function SignInPage() {
  const { from } = route.useSearch()
  const router = useRouter()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const action = useAction(signIn, {
    onSuccess: (session) => {
      enterSession(session)
      router.history.push(safeReturn(from))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    action.mutate({ body: { username: username.trim(), password } })
  }
  return (
    <Card title="Sign in">
      <form onSubmit={submit}>
        <Stack gap="sm">
          {action.error && <TroubleBox error={action.error} title="You are not signed in" />}
          <TextInput
            size="sm"
            label="User name"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            withAsterisk={false}
            autoFocus
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
          <PasswordInput
            size="sm"
            label="Password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button size="sm" type="submit" loading={action.isPending} mt={4} fullWidth>
            Sign in
          </Button>
        </Stack>
      </form>
    </Card>
  )
}
