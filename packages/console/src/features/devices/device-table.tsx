import type { Device } from '@quarry/schema/endpoints/endpoints'
import { Link } from '@tanstack/react-router'
import list from '../../components/list.module.css'
import { StateMark } from '../../components/state-mark.tsx'
import { When } from '../../components/when.tsx'
import { healthOf, osWords } from './device-words.ts'

/** Devices as a table: state, name, system, addresses, agent, group, last seen. */
export function DeviceTable({ devices }: { devices: Device[] }) {
  return (
    <div className={list.frame}>
      <table className={list.list}>
        <thead>
          <tr>
            <th className={list.fit}>State</th>
            <th>Name</th>
            <th>System</th>
            <th>Address</th>
            <th>Group</th>
            <th>Health</th>
            <th>Agent</th>
            <th className={list.fit}>Last seen</th>
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => {
            const health = healthOf(device)
            const [address = device.ipv6Addresses[0] ?? '–', ...more] = device.ipv4Addresses
            return (
              <tr key={device.id}>
                <td className={list.fit}>
                  <StateMark tone={device.online ? 'good' : 'quiet'}>
                    {device.online ? 'online' : 'offline'}
                  </StateMark>
                </td>
                <td>
                  <Link to="/devices/$deviceId" params={{ deviceId: device.id }}>
                    {device.hostname}
                  </Link>
                  {device.agent.state === 'cloned' && <span className="dimmed"> · key used twice</span>}
                </td>
                <td>
                  {osWords(device)} <span className="dimmed">{device.type}</span>
                </td>
                <td className="mono" title={[...device.ipv4Addresses, ...device.ipv6Addresses].join('\n')}>
                  {address}
                  {more.length > 0 && <span className="dimmed"> +{more.length}</span>}
                </td>
                <td>{device.group?.name ?? <span className="dimmed">–</span>}</td>
                <td>
                  <StateMark tone={health.tone}>{health.word}</StateMark>
                </td>
                <td className="mono">{device.agent.version}</td>
                <td className={list.fit}>{device.online ? 'now' : <When at={device.lastSeenAt} />}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
