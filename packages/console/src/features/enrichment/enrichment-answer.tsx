import { Button, CopyButton } from '@mantine/core'
import type { EnrichmentField } from '@quarry/schema/endpoints/connectors'
import type { EnrichmentItem } from '@quarry/schema/endpoints/enrichments'
import { IconExternalLink } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './enrichment.module.css'
import { fieldText } from './field-text.ts'
import { VerdictMark } from './verdict-mark.tsx'

const words = {
  notFound: 'The service does not know this value.',
  pending: 'The service is still being asked.',
}

/** What a connector says of one value: verdict, fields, links, and the answer as it came. */
export function EnrichmentAnswer({
  item,
  fields,
}: {
  item: EnrichmentItem
  fields: readonly EnrichmentField[]
}) {
  const [raw, setRaw] = useState(false)
  const known = fields.filter(({ name }) => item.fields[name] !== undefined)
  const json = item.raw === undefined || item.raw === null ? undefined : JSON.stringify(item.raw, null, 2)
  return (
    <>
      {item.verdict && <VerdictMark verdict={item.verdict} />}
      {item.status !== 'found' && (
        <div className={classes.told} role={item.status === 'failed' ? 'alert' : undefined}>
          {item.explanation ?? words[item.status as keyof typeof words]}
        </div>
      )}
      {item.status === 'found' && known.length === 0 && (
        <div className={classes.told}>The service knows the value; its answer has none of the fields.</div>
      )}
      {known.length > 0 && (
        <dl className={classes.fields}>
          {known.map(({ name, label, type }) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{label}</dt>
              <dd>
                <FieldText type={type} value={item.fields[name]!} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {item.links.length > 0 && (
        <div className={classes.links}>
          {item.links.map(({ label, url }) => (
            <a key={url} href={url} target="_blank" rel="noopener noreferrer">
              {label} <IconExternalLink size={13} aria-hidden />
            </a>
          ))}
        </div>
      )}
      {json !== undefined && (
        <div>
          <Button variant="default" size="compact-xs" aria-expanded={raw} onClick={() => setRaw(!raw)}>
            {raw ? 'Hide the raw answer' : 'Show the raw answer'}
          </Button>{' '}
          {raw && (
            <>
              <CopyButton value={json}>
                {({ copied, copy }) => (
                  <Button variant="default" size="compact-xs" onClick={copy}>
                    {copied ? 'Copied' : 'Copy'}
                  </Button>
                )}
              </CopyButton>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keys. */}
              <pre className={classes.raw} tabIndex={0} style={{ marginTop: 8 }}>
                {json}
              </pre>
            </>
          )}
        </div>
      )}
    </>
  )
}

function FieldText({
  type,
  value,
}: {
  type: EnrichmentField['type']
  value: EnrichmentItem['fields'][string]
}) {
  if (!Array.isArray(value)) return fieldText(type, value)
  return (
    <span className={classes.list}>
      {value.map((each) => (
        <span key={each}>{each}</span>
      ))}
    </span>
  )
}
