import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { listAccounts } from '@quarry/schema/endpoints/accounts'
import { useCall } from '../../api.ts'
import list from '../../components/list.module.css'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { AccountRow } from './account-row.tsx'
import { AddAccount } from './add-account.tsx'

/** The people who may sign in, and what each may do. */
export function AccountsPage() {
  const accounts = useCall(listAccounts, {})
  const [adding, { open, close }] = useDisclosure()
  return (
    <Page title="Accounts" actions={<Button onClick={open}>Add an account…</Button>}>
      <Loaded call={accounts} failed="The accounts could not be read" skeleton={<Bars count={5} />}>
        {({ items }) => (
          <div className={list.frame}>
            <table className={list.list}>
              <thead>
                <tr>
                  <th>Name</th>
                  <th>User name</th>
                  <th className={list.fit}>Role</th>
                  <th>State</th>
                  <th className={list.fit}>Last sign-in</th>
                  <th className={list.fit} aria-label="Actions" />
                </tr>
              </thead>
              <tbody>
                {items.map((account) => (
                  <AccountRow key={account.id} account={account} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
      {adding && <AddAccount onClose={close} />}
    </Page>
  )
}
