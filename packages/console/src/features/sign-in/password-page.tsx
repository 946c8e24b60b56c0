import { Anchor } from '@mantine/core'
import { signOut } from '@quarry/schema/endpoints/session'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router'
import { call } from '../../api.ts'
import { Loaded } from '../../components/loaded.tsx'
import { leaveSession, sessionOptions } from '../../session.ts'
import { Card } from './card.tsx'
import { PasswordForm } from './password-form.tsx'
import { safeReturn } from './safe-return.ts'

const route = getRouteApi('/password')

/** Changes the one-time password, before anything else. */
export function PasswordPage() {
  const { from } = route.useSearch()
  const router = useRouter()
  const navigate = useNavigate()
  const session = useQuery(sessionOptions)
  const leave = async () => {
    await call(signOut, {}).catch(() => {})
    leaveSession()
    void navigate({ to: '/sign-in' })
  }
  return (
    <Card title="Choose a password of your own">
      <Loaded call={session} failed="The session could not be read">
        {({ account }) => (
          <>
            <p className="dimmed" style={{ marginTop: 0 }}>
              You came in with a one-time password. It opens nothing else until you have replaced it.
            </p>
            <PasswordForm
              username={account.username}
              currentLabel="One-time password"
              onDone={() => router.history.push(safeReturn(from))}
            />
          </>
        )}
      </Loaded>
      <p style={{ margin: '14px 0 0', textAlign: 'center' }}>
        <Anchor component="button" type="button" size="xs" c="dimmed" onClick={() => void leave()}>
          Sign in as someone else
        </Anchor>
      </p>
    </Card>
  )
}
