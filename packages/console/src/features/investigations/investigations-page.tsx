import { Button, FileButton, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import {
  createInvestigation,
  importInvestigation,
  listInvestigations,
} from '@quarry/schema/endpoints/investigations'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAction, useCall } from '../../api.ts'
import { Empty } from '../../components/empty.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import list from '../../components/list.module.css'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { When } from '../../components/when.tsx'
import { troubleOf } from '../../errors.ts'
import { useMay } from '../../session.ts'

/** The investigations, the latest change first. */
export function InvestigationsPage() {
  const investigations = useCall(listInvestigations, {})
  const mayWrite = useMay('investigations:write')
  const navigate = useNavigate()
  const [adding, { open, close }] = useDisclosure()
  const go = ({ id }: { id: string }) =>
    void navigate({ to: '/investigations/$investigationId', params: { investigationId: id } })
  const read = useAction(importInvestigation, {
    invalidates: [listInvestigations],
    onSuccess: go,
    onError: (error) =>
      notifications.show({ color: 'red', title: 'The file was not read', message: troubleOf(error).message }),
  })
  const begin = mayWrite && <Button onClick={open}>New investigation…</Button>
  return (
    <Page
      title="Investigations"
      actions={
        mayWrite && (
          <>
            <FileButton
              accept="application/json,.json"
              onChange={(file) => file && void file.text().then((json) => read.mutate({ body: { json } }))}
            >
              {(props) => (
                <Button {...props} variant="default" loading={read.isPending}>
                  Import…
                </Button>
              )}
            </FileButton>
            {begin}
          </>
        )
      }
    >
      <Loaded
        call={investigations}
        failed="The investigations could not be read"
        skeleton={<Bars count={3} />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No investigation yet" action={begin}>
              An investigation is the tree of the questions that you ask: begin one here, or from a run.
              Whatever you ask from its cells joins by itself, and rows that matter become findings.
            </Empty>
          ) : (
            <div className={list.frame}>
              <table className={list.list}>
                <thead>
                  <tr>
                    <th>Name</th>
                    <th className={list.number}>Questions</th>
                    <th className={list.number}>Findings</th>
                    <th className={list.fit}>Changed</th>
                    <th className={list.fit}>Begun by</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <tr key={item.id}>
                      <td>
                        <Link to="/investigations/$investigationId" params={{ investigationId: item.id }}>
                          {item.name}
                        </Link>
                      </td>
                      <td className={list.number}>{item.questions}</td>
                      <td className={list.number}>{item.findings}</td>
                      <td className={list.fit}>
                        <When at={item.updatedAt} />
                      </td>
                      <td className={list.fit}>{item.createdBy.name}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
      {adding && <NewInvestigation onClose={close} onMade={go} />}
    </Page>
  )
}

function NewInvestigation({
  onClose,
  onMade,
}: {
  onClose: () => void
  onMade: (made: { id: string }) => void
}) {
  const [name, setName] = useState('')
  const action = useAction(createInvestigation, { invalidates: [listInvestigations], onSuccess: onMade })
  return (
    <FormDialog
      title="New investigation"
      send="Begin"
      failed="The investigation was not begun"
      error={action.error}
      busy={action.isPending}
      disabled={!name.trim()}
      onSend={() => action.mutate({ body: { name } })}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        placeholder="Beacon on web-01"
        data-autofocus
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
