import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  type EnrolmentToken,
  listEnrolmentTokens,
  revokeEnrolmentToken,
} from '@quarry/schema/endpoints/enrolment-tokens'
import { useState } from 'react'
import { useAction, useCall } from '../../api.ts'
import { Confirm } from '../../components/confirm.tsx'
import { Empty } from '../../components/empty.tsx'
import list from '../../components/list.module.css'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { useNow } from '../../components/use-now.ts'
import { When } from '../../components/when.tsx'
import { AddToken } from './add-token.tsx'
import { tokenState } from './token-state.ts'

/** The tokens with which devices enrol. */
export function EnrolmentPage() {
  const tokens = useCall(listEnrolmentTokens, {})
  const [adding, { open, close }] = useDisclosure()
  const [revoking, setRevoking] = useState<EnrolmentToken>()
  const revoke = useAction(revokeEnrolmentToken, {
    invalidates: [listEnrolmentTokens],
    onSuccess: () => setRevoking(undefined),
  })
  return (
    <Page title="Enrolment" actions={<Button onClick={open}>New token…</Button>}>
      <Loaded call={tokens} failed="The tokens could not be read" skeleton={<Bars count={3} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No enrolment token yet" action={<Button onClick={open}>New token…</Button>}>
              A token lets a device enrol: it expires, has a number of uses, and can be revoked.
            </Empty>
          ) : (
            <TokenTable tokens={items} onRevoke={setRevoking} />
          )
        }
      </Loaded>
      {adding && <AddToken onClose={close} />}
      <Confirm
        opened={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        title={`Revoke “${revoking?.name ?? ''}”?`}
        confirm="Revoke the token"
        busy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoking && revoke.mutate({ params: { id: revoking.id } })}
      >
        No further device can enrol with it. Devices that used it stay enrolled.
      </Confirm>
    </Page>
  )
}

function TokenTable({
  tokens,
  onRevoke,
}: {
  tokens: EnrolmentToken[]
  onRevoke: (token: EnrolmentToken) => void
}) {
  const now = useNow()
  return (
    <div className={list.frame}>
      <table className={list.list}>
        <thead>
          <tr>
            <th>Name</th>
            <th>State</th>
            <th className={list.number}>Uses</th>
            <th className={list.fit}>Expires</th>
            <th className={list.fit}>Made</th>
            <th className={list.fit} aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => {
            const { word, tone, usable } = tokenState(token, now)
            return (
              <tr key={token.id}>
                <td>{token.name}</td>
                <td>
                  <StateMark tone={tone}>{word}</StateMark>
                </td>
                <td className={list.number}>
                  {token.uses} of {token.maxUses}
                </td>
                <td className={list.fit}>
                  <When at={token.expiresAt} />
                </td>
                <td className={list.fit}>
                  <When at={token.createdAt} />
                </td>
                <td className={list.fit}>
                  {usable && (
                    <Button variant="subtle" color="gray" size="compact-xs" onClick={() => onRevoke(token)}>
                      Revoke…
                    </Button>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
