import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { Tlp, tlpNames } from '@quarry/schema/connectors/tlp'
import {
  type ConnectorSummary,
  getConnector,
  listConnectors,
  updateConnector,
} from '@quarry/schema/endpoints/connectors'
import { type FormEvent, useState } from 'react'
import { useAction } from '../../api.ts'
import { TroubleBox } from '../../components/trouble-box.tsx'
import classes from './connectors.module.css'

/** How fast and how much a connector is asked, how long answers are kept, and the highest marking that it may receive. */
export function ConnectorLimits({ connector }: { connector: ConnectorSummary }) {
  const { limits, cacheSeconds } = connector
  const [requests, setRequests] = useState<number | string>(limits?.requests ?? 60)
  const [perSeconds, setPerSeconds] = useState<number | string>(limits?.perSeconds ?? 60)
  const [perDay, setPerDay] = useState<number | string>(limits?.perDay ?? '')
  const [hours, setHours] = useState<number | string>((cacheSeconds ?? 0) / 3600)
  const [tlp, setTlp] = useState<Tlp>(connector.tlp)
  const [file, setFile] = useState(connector.file ?? '')
  const save = useAction(updateConnector, { invalidates: [getConnector, listConnectors] })
  const fits = !limits || (Number(requests) >= 1 && Number(perSeconds) >= 0.1 && hours !== '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const ofHttp = limits && {
      limits: {
        requests: Number(requests),
        perSeconds: Number(perSeconds),
        ...(perDay !== '' && { perDay: Number(perDay) }),
      },
      cacheSeconds: Math.round(Number(hours) * 3600),
    }
    const ofFile = connector.file !== undefined && { file }
    save.mutate({ params: { id: connector.id }, body: { tlp, ...ofHttp, ...ofFile } })
  }
  return (
    <section className={classes.part} aria-label="Limits">
      <h2>Limits</h2>
      <form onSubmit={submit}>
        {save.isError && <TroubleBox error={save.error} title="The limits were not saved" />}
        <div className={classes.row}>
          {limits && (
            <>
              <NumberInput
                label="Requests"
                min={1}
                max={10_000}
                allowDecimal={false}
                value={requests}
                onChange={setRequests}
              />
              <NumberInput
                label="in each … seconds"
                min={0.1}
                max={3600}
                value={perSeconds}
                onChange={setPerSeconds}
              />
              <NumberInput
                label="Requests a day"
                placeholder="no limit"
                min={1}
                max={10_000_000}
                allowDecimal={false}
                thousandSeparator=","
                value={perDay}
                onChange={setPerDay}
              />
              <NumberInput
                label="Answers are kept, hours"
                min={0}
                max={8760}
                value={hours}
                onChange={setHours}
              />
            </>
          )}
          {connector.file !== undefined && (
            <TextInput
              label="File"
              description="In the folder enrichment/ of the server’s data."
              value={file}
              onChange={(event) => setFile(event.currentTarget.value)}
            />
          )}
          <TlpSelect value={tlp} onChange={setTlp} />
          <Button type="submit" data-fixed disabled={!fits} loading={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </section>
  )
}

/** The highest marking that a connector may receive. */
export function TlpSelect({ value, onChange }: { value: Tlp; onChange: (tlp: Tlp) => void }) {
  return (
    <Select
      label="May receive at most"
      data={Tlp.options.map((each) => ({ value: each, label: tlpNames[each] }))}
      value={value}
      allowDeselect={false}
      onChange={(next) => next && onChange(next as Tlp)}
    />
  )
}
