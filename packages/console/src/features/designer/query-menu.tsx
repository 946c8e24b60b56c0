import { ActionIcon, Button, Menu } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { urlOf } from '@quarry/schema'
import { exportQuery, type Query } from '@quarry/schema/endpoints/queries'
import { IconCopy, IconDots, IconDownload, IconPencil, IconTrash } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { troubleOf } from '../../errors.ts'
import { useMay } from '../../session.ts'
import { DeleteQuery } from './delete-query.tsx'
import { DetailsDialog } from './details-dialog.tsx'
import { inputOf } from './draft.ts'
import { SaveDialog } from './save-dialog.tsx'
import { onSaveRequest, requestSave } from './save-request.ts'
import type { DraftState } from './use-draft.ts'
import { useUpdateQuery } from './use-update-query.ts'

interface Props {
  base: Query | undefined
  state: DraftState
  designer: boolean
}

/** Save, save as a copy, export, delete: what may be done with a query as a thing. */
export function QueryMenu({ base, state, designer }: Props) {
  const [dialog, setDialog] = useState<'save' | 'details' | 'delete'>()
  const mayWrite = useMay('queries:write')
  const own = base?.type === 'custom'
  const update = useUpdateQuery(state.settle, (error) =>
    notifications.show({
      color: 'red',
      title: 'Not saved',
      message: troubleOf(error).message,
      autoClose: 10_000,
    }),
  )
  const ready =
    designer && mayWrite && (state.changed || base === undefined) && state.draft.template.trim() !== ''
  const save = () => {
    if (!ready) return
    if (own) update.mutate({ params: { id: base.id }, body: inputOf(state.draft) })
    else setDialog('save')
  }
  useEffect(() => onSaveRequest(save))
  useHotkeys([['mod+S', requestSave]], [])
  return (
    <>
      {designer && mayWrite && (
        <Button variant="default" disabled={!ready} loading={update.isPending} onClick={save}>
          {own ? 'Save' : base ? 'Save as a copy…' : 'Save…'}
        </Button>
      )}
      {base && (
        <Menu position="bottom-end" width={210}>
          <Menu.Target>
            <ActionIcon variant="default" size={30} aria-label="More about this query">
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {own && mayWrite && (
              <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setDialog('details')}>
                Name and description…
              </Menu.Item>
            )}
            {mayWrite && (
              <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => setDialog('save')}>
                Save as a copy…
              </Menu.Item>
            )}
            <Menu.Item
              component="a"
              leftSection={<IconDownload size={15} />}
              href={urlOf(exportQuery, { params: { id: base.id } })}
              download={`${base.code}.yaml`}
            >
              Export as YAML
            </Menu.Item>
            {own && mayWrite && (
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={15} />}
                onClick={() => setDialog('delete')}
              >
                Delete…
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {dialog === 'save' && (
        <SaveDialog base={base} state={state} designer={designer} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'details' && base && (
        <DetailsDialog query={base} state={state} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'delete' && base && <DeleteQuery query={base} onClose={() => setDialog(undefined)} />}
    </>
  )
}
