import { Button, FileButton, Select, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { PivotType, parseIndicators } from '@quarry/schema'
import {
  getIocList,
  type IocList,
  type IocsAdded,
  listIocLists,
  listIocValues,
} from '@quarry/schema/endpoints/ioc-lists'
import { IconFileUpload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useState } from 'react'
import { FormDialog } from '../../components/form-dialog.tsx'
import { queryClient } from '../../query-client.ts'
import { kindWords } from '../pivots/kind-words.ts'
import { counted } from '../runs/run-words.ts'
import { ReadPreview } from './read-preview.tsx'
import { saveValues } from './save-values.ts'
import classes from './values-dialog.module.css'

interface Props {
  /** The list that the values go to; without one, a new list. */
  list?: IocList
  onDone: (done: IocsAdded) => void
  onClose: () => void
}

const formats = { lines: 'Lines', csv: 'CSV', stix: 'STIX 2.1', misp: 'MISP event' } as const
type Format = keyof typeof formats

/** Takes in values, pasted or from a file, and shows before anything is sent what was read and what could not be. */
export function ValuesDialog({ list, onDone, onClose }: Props) {
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [text, setText] = useState('')
  const [file, setFile] = useState<{ name: string; text: string }>()
  const [format, setFormat] = useState<Format>()
  const [type, setType] = useState<PivotType>()
  const source = useDeferredValue(file?.text ?? text)
  const parsed = useMemo(() => parseIndicators(source, { format, type }), [source, format, type])
  const save = useMutation({
    mutationFn: () => saveValues(list ? { id: list.id } : { name, description }, parsed.indicators),
    onSuccess: (done) => {
      const double = done.duplicates > 0 ? `; ${done.duplicates.toLocaleString('en')} were in it already` : ''
      notifications.show({
        message: `${counted(done.added, 'value')} added to “${done.list.name}”${double}.`,
      })
      onDone(done)
    },
    onSettled: () =>
      Promise.all(
        [listIocLists, getIocList, listIocValues].map(({ id }) =>
          queryClient.invalidateQueries({ queryKey: [id] }),
        ),
      ),
  })
  return (
    <FormDialog
      title={list ? `Add values to “${list.name}”` : 'New IOC list'}
      send={list ? 'Add the values' : 'Make the list'}
      failed={list ? 'Not all values were added' : 'The list was not made'}
      error={save.error}
      busy={save.isPending}
      disabled={list ? parsed.indicators.length === 0 : !name.trim()}
      onSend={() => save.mutate()}
      onClose={onClose}
      size="lg"
    >
      {!list && (
        <>
          <TextInput
            label="Name"
            data-autofocus
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="Description"
            placeholder="Where the values come from, and why they matter"
            maxLength={4000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
        </>
      )}
      {file ? (
        <div className={classes.file}>
          <span className="mono">{file.name}</span>
          <Button variant="default" size="compact-sm" onClick={() => setFile(undefined)}>
            Paste instead
          </Button>
        </div>
      ) : (
        <Textarea
          label="Values"
          description="One in a line, CSV, a bundle of STIX 2.1, or an event of MISP. Defanged values such as hxxp://evil[.]example are mended."
          autosize
          minRows={6}
          maxRows={12}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--q-mono)', fontSize: 12 } }}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div className={classes.row}>
        <FileButton
          accept=".txt,.csv,.json,.stix,text/plain,text/csv,application/json"
          onChange={(picked) =>
            picked && void picked.text().then((content) => setFile({ name: picked.name, text: content }))
          }
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileUpload size={15} aria-hidden />}>
              Read a file…
            </Button>
          )}
        </FileButton>
        <Select
          aria-label="Format"
          placeholder={source.trim() ? `Format: ${formats[parsed.format]}` : 'Format: by its looks'}
          clearable
          data={Object.entries(formats).map(([value, label]) => ({ value, label }))}
          value={format ?? null}
          onChange={(value) => setFormat((value ?? undefined) as Format | undefined)}
        />
        <Select
          aria-label="Kind of the values"
          placeholder="Kind: by their looks"
          clearable
          searchable
          data={PivotType.options
            .filter((option) => option !== 'deviceId')
            .map((value) => ({ value, label: kindWords[value] }))}
          value={type ?? null}
          onChange={(value) => setType((value ?? undefined) as PivotType | undefined)}
        />
      </div>
      <ReadPreview parsed={parsed} />
    </FormDialog>
  )
}
