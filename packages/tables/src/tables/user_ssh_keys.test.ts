import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { emptyColumns } from '../testing/columns.ts'
import { openRoot, putFile } from '../testing/root-folder.ts'
import { hasTool } from '../testing/tools.ts'
import table from './user_ssh_keys.ts'

const machine = await openRoot([table], {
  '/etc/passwd': 'ada:x:1000:1000::/home/ada:/bin/bash\nbob:x:1001:1001::/home/bob:/bin/bash\n',
})
const home = `${machine.root}/home/ada/.ssh`
mkdirSync(home, { recursive: true })
afterAll(() => machine.close())

const facts = (name: string) =>
  machine.all(
    `SELECT encrypted, key_type, key_group_name, key_length, key_security_bits FROM user_ssh_keys WHERE path = '/home/ada/.ssh/${name}'`,
  )
const row = (encrypted: number, type: string, group: string, length: number, bits: number) => [
  { encrypted, key_type: type, key_group_name: group, key_length: length, key_security_bits: bits },
]
const cipher = { cipher: 'aes-128-cbc', passphrase: 'secret' }

test('tells the kinds of keys in PEM, protected and not', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const ec = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey
  putFile(home, 'rsa', rsa.export({ type: 'pkcs1', format: 'pem' }))
  putFile(home, 'locked', rsa.export({ type: 'pkcs1', format: 'pem', ...cipher }))
  putFile(home, 'pkcs8', ec.export({ type: 'pkcs8', format: 'pem' }))
  putFile(home, 'sealed', ec.export({ type: 'pkcs8', format: 'pem', ...cipher }))
  putFile(home, 'broken', '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n')
  putFile(home, 'config', 'Host *\n')
  expect(facts('rsa')).toEqual(row(0, 'rsa', '', 2048, 112))
  expect(facts('locked')).toEqual(row(1, 'rsa', '', -1, -1))
  expect(facts('pkcs8')).toEqual(row(0, 'ec', 'secp384r1', 384, 192))
  expect(facts('sealed')).toEqual(row(1, '', '', -1, -1))
  expect(facts('broken')).toEqual(row(0, 'rsa', '', -1, -1))
  expect(facts('config')).toEqual([])
  expect(machine.all('SELECT uid FROM user_ssh_keys GROUP BY uid')).toEqual([{ uid: 1000 }])
  expect(machine.all('SELECT uid FROM user_ssh_keys WHERE uid = 1001')).toEqual([])
  expect(emptyColumns(machine, table)).toEqual([])
})

test.skipIf(!hasTool('ssh-keygen'))(
  'tells the kinds of OpenSSH’s own keys (skipped without ssh-keygen)',
  () => {
    const make = (name: string, ...args: string[]) =>
      spawnSync('ssh-keygen', ['-q', '-f', `${home}/${name}`, ...args])
    make('id_ed25519', '-t', 'ed25519', '-N', '')
    make('id_rsa', '-t', 'rsa', '-b', '2048', '-N', 'secret')
    make('id_ecdsa', '-t', 'ecdsa', '-b', '521', '-N', '')
    expect(facts('id_ed25519')).toEqual(row(0, 'ed25519', '', 253, 128))
    expect(facts('id_rsa')).toEqual(row(1, 'rsa', '', 2048, 112))
    expect(facts('id_ecdsa')).toEqual(row(0, 'ec', 'secp521r1', 521, 260))
    expect(facts('id_rsa.pub')).toEqual([])
  },
)
