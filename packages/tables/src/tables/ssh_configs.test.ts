import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import { emptyColumns } from '../testing/columns.ts'
import table from './ssh_configs.ts'

const fixture = await openFixture([table])

test('gives each option with the block that it stands in', () => {
  expect(
    fixture.all("SELECT block, option FROM ssh_configs WHERE ssh_config_file = '/root/.ssh/config'"),
  ).toEqual([
    { block: '', option: 'forwardagent no' },
    { block: 'host bastion', option: 'hostname bastion.example.net' },
    { block: 'host bastion', option: 'user deploy' },
    { block: 'host bastion', option: 'identityfile ~/.ssh/id_ed25519' },
    { block: 'match host *.internal', option: 'forwardagent yes' },
  ])
  expect(emptyColumns(fixture, table)).toEqual([])
})

test('counts the file of the machine as root’s', () => {
  expect(
    fixture.all("SELECT uid, option FROM ssh_configs WHERE ssh_config_file = '/etc/ssh/ssh_config'"),
  ).toEqual([
    { uid: 0, option: 'sendenv lang lc_*' },
    { uid: 0, option: 'hashknownhosts yes' },
  ])
  expect(fixture.all('SELECT * FROM ssh_configs WHERE uid = 1000')).toEqual([])
})
