import { Button } from '@mantine/core'
import type { PivotType } from '@quarry/schema'
import type { ConnectorSummary } from '@quarry/schema/endpoints/connectors'
import { createEnrichments, type EnrichmentItem } from '@quarry/schema/endpoints/enrichments'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call, callKey, useCall } from '../../api.ts'
import { Bars } from '../../components/loaded.tsx'
import { TroubleBox } from '../../components/trouble-box.tsx'
import { When } from '../../components/when.tsx'
import classes from './enrichment.module.css'
import { EnrichmentAnswer } from './enrichment-answer.tsx'
import { quotaWords } from './quota-words.ts'

interface Props {
  connector: ConnectorSummary
  type: PivotType
  value: string
  /** The run that the value comes from: its marking holds. */
  runId?: string | undefined
}

const againMillis = 2000

/** What one connector says of one value, with its age, what is left of the quota, and a way to ask again. */
export function EnrichmentCard({ connector, type, value, runId }: Props) {
  const body = {
    connectorId: connector.id,
    type,
    values: [value],
    raw: true,
    ...(runId !== undefined && { runId }),
  }
  const asked = useCall(createEnrichments, { body }, { staleTime: 300_000 })
  const cache = useQueryClient()
  const refresh = useMutation({
    mutationFn: () => call(createEnrichments, { body: { ...body, refresh: true } }),
    onSuccess: (answer) => cache.setQueryData(callKey(createEnrichments, { body }), answer),
  })
  const item = asked.data?.items[0]
  const pending = item?.status === 'pending'
  useCall(createEnrichments, { body }, { enabled: pending, refetchInterval: pending ? againMillis : false })
  const fields = connector.fields.filter(({ types }) => types.includes(type))
  return (
    <section className={classes.card} aria-label={`What ${connector.name} says`} aria-busy={asked.isPending}>
      <div className={classes.head}>
        <h3>{connector.name}</h3>
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconRefresh size={13} aria-hidden />}
          loading={refresh.isPending}
          disabled={item === undefined || item.status === 'refused'}
          onClick={() => refresh.mutate()}
        >
          Ask again
        </Button>
      </div>
      <div className={classes.value}>{value}</div>
      {asked.isError && (
        <TroubleBox
          error={asked.error}
          title="The connector could not be asked"
          onRetry={() => void asked.refetch()}
        />
      )}
      {refresh.isError && <TroubleBox error={refresh.error} title="The connector could not be asked again" />}
      {item ? (
        <EnrichmentAnswer item={item} fields={fields} />
      ) : (
        !asked.isError && <Bars count={5} height={18} />
      )}
      <div className={classes.foot}>
        {item && <Age item={item} />}
        {connector.plainHttp && <span>May go over plain http, unencrypted.</span>}
        <span className={classes.push} />
        <span>{quotaWords(asked.data?.quota ?? connector.quota)}</span>
      </div>
    </section>
  )
}

function Age({ item }: { item: EnrichmentItem }) {
  if (item.fetchedAt === undefined) return null
  return (
    <span>
      {item.fromCache ? 'Kept from ' : 'Asked '}
      <When at={item.fetchedAt} />
      {item.expiresAt !== undefined && (
        <>
          , good until <When at={item.expiresAt} />
        </>
      )}
    </span>
  )
}
