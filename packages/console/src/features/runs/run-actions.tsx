import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { createRun, listRuns, type Run } from '@quarry/schema/endpoints/runs'
import { IconBinaryTree, IconCopy, IconDots, IconLink, IconPlayerPlay } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAction } from '../../api.ts'
import { copyText } from '../../components/copy-text.ts'
import { troubleOf } from '../../errors.ts'
import { useMay } from '../../session.ts'
import { AddRun } from '../investigations/add-run.tsx'
import { rerunInput } from './rerun-input.ts'
import { SaveAsQuery } from './save-as-query.tsx'

/** What can be done with a run: run it again, keep its query, copy its address. */
export function RunActions({ run }: { run: Run }) {
  const navigate = useNavigate()
  const mayRun = useMay(run.query ? 'queries:run' : 'queries:run-ad-hoc')
  const mayWrite = useMay('queries:write')
  const [saving, setSaving] = useState(false)
  const mayInvestigate = useMay('investigations:write')
  const [adding, setAdding] = useState(false)
  const again = useAction(createRun, {
    invalidates: [listRuns],
    onSuccess: (next) => void navigate({ to: '/live-discover/runs/$runId', params: { runId: next.id } }),
    onError: (error) =>
      notifications.show({
        color: 'red',
        title: 'The run could not be started',
        message: troubleOf(error).message,
      }),
  })
  const copied = (what: string, text: string) => {
    void copyText(text)
    notifications.show({ message: `${what} is on the clipboard.` })
  }
  return (
    <Group gap={6} wrap="nowrap" ml="auto">
      {mayRun && (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          loading={again.isPending}
          onClick={() => again.mutate({ body: rerunInput(run) })}
        >
          Run again
        </Button>
      )}
      {mayWrite && (
        <Button variant="default" onClick={() => setSaving(true)}>
          Save as query…
        </Button>
      )}
      <Menu position="bottom-end" shadow="md" width={220}>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label="More">
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayInvestigate && (
            <Menu.Item leftSection={<IconBinaryTree size={15} aria-hidden />} onClick={() => setAdding(true)}>
              Add to an investigation…
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconLink size={15} aria-hidden />}
            onClick={() => copied('The link', location.href)}
          >
            Copy a link to this view
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy size={15} aria-hidden />}
            onClick={() => copied('The id', run.id)}
          >
            Copy the id of the run
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {adding && <AddRun runId={run.id} onClose={() => setAdding(false)} />}
      <SaveAsQuery run={run} opened={saving} onClose={() => setSaving(false)} />
    </Group>
  )
}
