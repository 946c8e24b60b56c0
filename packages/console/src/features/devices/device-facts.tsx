import type { Device } from '@quarry/schema/endpoints/endpoints'
import type { ReactNode } from 'react'
import { formatBytes } from '../../components/cells/format-bytes.ts'
import { StateMark } from '../../components/state-mark.tsx'
import { When } from '../../components/when.tsx'
import classes from './device-page.module.css'
import { healthOf, osWords } from './device-words.ts'

/** What a device is; a fact that the agent did not tell is left out. */
export function DeviceFacts({ device }: { device: Device }) {
  const { hardware, os, agent } = device
  const health = healthOf(device)
  const facts: [name: string, value: ReactNode][] = [
    [
      'Health',
      <StateMark key="health" tone={health.tone}>
        {health.word}
      </StateMark>,
    ],
    ['Last seen', device.online ? 'now' : <When key="seen" at={device.lastSeenAt} />],
    ['System', `${osWords(device)}, ${os.isServer ? 'server' : 'computer'}`],
    ['Kernel', device.kernel && <span className="mono">{device.kernel}</span>],
    ['Started', device.bootedAt && <When key="boot" at={device.bootedAt} />],
    ['Hardware', [hardware.vendor, hardware.model].filter(Boolean).join(' ')],
    ['Processor', hardware.cpu && `${hardware.cpu}${hardware.cores ? `, ${hardware.cores} cores` : ''}`],
    ['Memory', hardware.memoryBytes && formatBytes(hardware.memoryBytes)],
    ['IPv4', <Addresses key="4" list={device.ipv4Addresses} />],
    ['IPv6', device.ipv6Addresses.length > 0 && <Addresses key="6" list={device.ipv6Addresses} />],
    ['MAC', device.macAddresses.length > 0 && <Addresses key="mac" list={device.macAddresses} />],
    ['Last user', device.associatedPerson?.viaLogin],
    ['Group', device.group?.name],
    [
      'Agent',
      <span key="agent" className="mono">
        {agent.version}
      </span>,
    ],
    ['Enrolled', <When key="enrolled" at={agent.enrolledAt} />],
    [
      'Device key',
      agent.state === 'cloned' && (
        <StateMark key="key" tone="bad">
          two machines used it at once; the later one was refused
        </StateMark>
      ),
    ],
    [
      'Id',
      <span key="id" className="mono">
        {device.id}
      </span>,
    ],
  ]
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

function Addresses({ list }: { list: string[] }) {
  if (list.length === 0) return <span className="dimmed">none</span>
  return <span className="mono">{list.join('  ')}</span>
}
