import { Select } from '@mantine/core'
import { Tlp, tlpNames } from '@quarry/schema/connectors/tlp'
import { getRunTlp, putRunTlp } from '@quarry/schema/endpoints/enrichments'
import { useAction, useCall } from '../../api.ts'
import classes from './enrichment.module.css'

const options = [
  { value: 'none', label: 'not marked' },
  ...Tlp.options.map((value) => ({ value, label: tlpNames[value] })),
]

/** The marking of a run: its values go to no connector that may receive less. */
export function RunMarking({ runId }: { runId: string }) {
  const marking = useCall(getRunTlp, { params: { id: runId } }, { staleTime: 30_000 })
  const put = useAction(putRunTlp, { invalidates: [getRunTlp] })
  return (
    <div className={classes.marking}>
      <Select
        label="Values of this run are"
        size="xs"
        comboboxProps={{ withinPortal: false }}
        data={options}
        value={marking.data?.tlp ?? 'none'}
        allowDeselect={false}
        disabled={!marking.data || put.isPending}
        error={put.isError && 'The marking was not changed.'}
        onChange={(next) =>
          put.mutate({ params: { id: runId }, body: { tlp: next === 'none' ? null : (next as Tlp) } })
        }
      />
    </div>
  )
}
