import { ActionIcon, Button, Menu, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { urlOf } from '@quarry/schema'
import {
  deleteInvestigation,
  exportInvestigation,
  getInvestigation,
  type Investigation,
  listInvestigations,
  reportInvestigation,
  updateInvestigation,
} from '@quarry/schema/endpoints/investigations'
import {
  IconChevronDown,
  IconDots,
  IconFileText,
  IconJson,
  IconLink,
  IconPencil,
  IconPrinter,
  IconTrash,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAction } from '../../api.ts'
import { Confirm } from '../../components/confirm.tsx'
import { copyText } from '../../components/copy-text.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useMay } from '../../session.ts'

const ICON = { size: 15, 'aria-hidden': true } as const

/** What can be done with an investigation: report, file, link, name, end. */
export function InvestigationActions({ investigation }: { investigation: Investigation }) {
  const mayWrite = useMay('investigations:write')
  const mayExport = useMay('results:export')
  const navigate = useNavigate()
  const [editing, setEditing] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const params = { id: investigation.id }
  const remove = useAction(deleteInvestigation, {
    invalidates: [listInvestigations],
    onSuccess: () => void navigate({ to: '/investigations' }),
  })
  const report = (format: 'markdown' | 'html') => urlOf(reportInvestigation, { params, query: { format } })
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={230}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={13} />}>
            Report
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPrinter {...ICON} />}
            component="a"
            href={report('html')}
            target="_blank"
            rel="noopener"
          >
            Page to print or save as PDF
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFileText {...ICON} />}
            component="a"
            href={report('markdown')}
            download
          >
            Markdown
          </Menu.Item>
          {mayExport && (
            <Menu.Item
              leftSection={<IconJson {...ICON} />}
              component="a"
              href={urlOf(exportInvestigation, { params })}
              download
            >
              JSON, for another Quarry
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end" shadow="md" width={200}>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label="More">
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconLink {...ICON} />}
            onClick={() => {
              void copyText(location.href)
              notifications.show({
                message: 'The link is on the clipboard. Whoever may read runs can open it.',
              })
            }}
          >
            Copy the link
          </Menu.Item>
          {mayWrite && (
            <>
              <Menu.Item leftSection={<IconPencil {...ICON} />} onClick={() => setEditing(true)}>
                Name and description…
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash {...ICON} />} onClick={() => setDeleting(true)}>
                Delete…
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {editing && <EditInvestigation investigation={investigation} onClose={() => setEditing(false)} />}
      <Confirm
        opened={deleting}
        onClose={() => setDeleting(false)}
        title={`Delete “${investigation.name}”?`}
        confirm="Delete the investigation"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params })}
      >
        Its notes and findings will be gone. The runs stay.
      </Confirm>
    </>
  )
}

function EditInvestigation({
  investigation,
  onClose,
}: {
  investigation: Investigation
  onClose: () => void
}) {
  const [name, setName] = useState(investigation.name)
  const [description, setDescription] = useState(investigation.description)
  const action = useAction(updateInvestigation, {
    invalidates: [getInvestigation, listInvestigations],
    onSuccess: onClose,
  })
  return (
    <FormDialog
      title="Name and description"
      send="Save"
      failed="Nothing was saved"
      error={action.error}
      busy={action.isPending}
      disabled={!name.trim()}
      onSend={() => action.mutate({ params: { id: investigation.id }, body: { name, description } })}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        data-autofocus
        required
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label="Description"
        autosize
        minRows={4}
        maxRows={14}
        maxLength={20_000}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
