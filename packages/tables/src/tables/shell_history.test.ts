import { expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './shell_history.ts'
import users from './users.ts'

const fixture = await openFixture([table, users])

test('reads the history of bash, with times where it keeps them', () => {
  expect(
    fixture.all("SELECT time, command FROM shell_history WHERE history_file = '/root/.bash_history'"),
  ).toEqual([
    { time: 1795462900, command: 'apt-get install nginx' },
    { time: 1795462950, command: 'systemctl enable --now nginx' },
    { time: 0, command: 'id' },
  ])
  expect(fixture.all('SELECT * FROM shell_history WHERE uid = 1000 LIMIT 1')).toEqual([
    { uid: 1000, time: 0, command: 'ls -la', history_file: '/home/ada/.bash_history' },
  ])
})

test('reads the history of zsh, with commands of several lines', () => {
  expect(
    fixture.all("SELECT time, command FROM shell_history WHERE history_file LIKE '%/.zsh_history'"),
  ).toEqual([
    { time: 1795463000, command: 'ls -la' },
    { time: 1795463010, command: 'for f in *\n do echo $f\n done' },
    { time: 0, command: 'whoami' },
  ])
})

test('finds what came through a pipe into a shell', () => {
  expect(
    fixture.all(
      "SELECT u.username, h.command FROM users u JOIN shell_history h ON h.uid = u.uid WHERE h.command LIKE '%curl%|%sh%'",
    ),
  ).toEqual([{ username: 'ada', command: 'curl -s https://updates.example.net/tool.sh | sh' }])
})
