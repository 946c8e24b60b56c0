import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import processes from '../tables/processes.ts'
import users from '../tables/users.ts'

// What the documentation of osquery (docs/wiki/introduction/sql.md) promises of its SQL, and what public queries lean on.
const engine = await openFixture([processes, users])
afterAll(() => engine.close())

const value = (sql: string) => Object.values(engine.all(sql)[0] ?? {})[0]

test.each([
  ['sqrt(107372805120)', 327677.898430761],
  ['log(107372805120)', 25.3995727757846],
  ['log10(107372805120)', 11.0308942992233],
  ['ceil(107372805120)', 107372805120],
  ['floor(107372805120)', 107372805120],
  ['power(107372805120, 2)', 1.15289192793375e22],
  ['pi() * 107372805120', 337321615760.32],
  ['sin(30)', -0.988031624092862],
  ['cos(30)', 0.154251449887584],
  ['tan(30)', -6.40533119664628],
  ['cot(30)', -0.156119952161659],
  ['asin(.5)', 0.523598775598299],
  ['acos(.5)', 1.0471975511966],
  ['atan(.5)', 0.463647609000806],
  ['radians(60)', 1.0471975511966],
  ['degrees(1.3)', 74.484513367007],
])('mathematics: %s', (sql, expected) => {
  expect(Number(Number(value(`SELECT ${sql}`)).toPrecision(14))).toBeCloseTo(
    expected,
    13 - Math.ceil(Math.log10(Math.abs(expected))),
  )
})

test.each([
  ["concat('hello', NULL, ' ', 'world')", 'hello world'],
  ["concat_ws(' ', 'hello', NULL, 'world')", 'hello world'],
  ['split(500, 1, 0)', '500'],
  ['split(1001, 1, 0)', '00'],
  ['regex_split(500, "[1-5]", 0)', '00'],
  ["regex_match('hello world. Goodbye', '(\\w+) \\w+', 0)", 'hello world'],
  ["regex_match('hello world. Goodbye', '(\\w+) \\w+', 1)", 'hello'],
  ['inet_aton("1.0.1.5")', 16777477],
  ["version_compare('1.0', '1.0')", 0],
  ["version_compare('4:1.1.0', '4:1.1.0-3', 'ARCH')", 0],
  ["version_compare('50.4.1b', '50.4.1c')", -1],
  ["version_compare('1.0.0~rc2^2021', '1.0.0', 'RHEL')", -1],
  ["version_compare('1:1.2.13-2', '4.2.1', 'ARCH')", 1],
  ["sha1('Guest')", 'face83ee3014bdc8f98203cc94e2e89222452e90'],
  ["md5('Guest')", 'adb831a7fdd83dd1e2a309ce7591dff8'],
  ["from_base64(to_base64('CPU0'))", 'CPU0'],
  ["conditional_to_base64('CPU0' + char(183))", '0'],
  ["in_cidr_block('10.0.0.0/26', '10.0.0.24')", 1],
  ["in_cidr_block('2001:db8::/48', '2001:db8:0:ffff:ffff:ffff:ffff:ffff')", 1],
  ["'1.0' = '1.0' COLLATE VERSION", 1],
  ["'50.4.1b' < '50.4.1c' COLLATE VERSION", 1],
  ["'42.2-1' > '42.1-2' COLLATE VERSION_ARCH", 1],
  ["'1:2.0-10' = '1:2.0-10' COLLATE VERSION_DPKG", 1],
  ["'22.07.5-2ubuntu1.3' < '22.07.5-2ubuntu1.4' COLLATE VERSION_DPKG", 1],
  ["'0.5.0~rc1^202' = '0.5.0~rc1^202' COLLATE VERSION_RHEL", 1],
])('texts, hashes, encodings, addresses and versions: %s', (sql, expected) => {
  expect(value(`SELECT ${sql}`)).toBe(expected)
})

test.each([
  ['a text in double quotes', 'SELECT pid FROM processes WHERE name = "systemd"', 1],
  ['a number as a text', "SELECT name FROM processes WHERE pid = '1'", 'systemd'],
  ['numbers as texts in a list', "SELECT count(*) FROM processes WHERE pid IN ('1', ' 1', '1.0')", 1],
  ['a text compared with a number', "SELECT count(*) FROM users WHERE username = 'root' AND uid < '1'", 1],
  ['LIKE without regard to case', "SELECT pid FROM processes WHERE name LIKE 'SYSTEM_'", 1],
  ['an old join', 'SELECT p.pid FROM processes p, users u WHERE u.uid = p.uid AND p.pid = 1', 1],
  ['a number put to a text', "SELECT pid || ':' || name FROM processes WHERE pid = 1", '1:systemd'],
  [
    'a group without an aggregate',
    'SELECT name FROM processes WHERE pid = 1 GROUP BY uid HAVING pid = 1',
    'systemd',
  ],
  ['an alias in WHERE', 'SELECT pid AS id FROM processes WHERE id = 1', 1],
  ['comments and a semicolon', '/* first */ -- second\nSELECT 1 -- third\n; -- fourth\n/* fifth */', 1],
  ['names in brackets and backticks', 'SELECT [pid] FROM `processes` WHERE [pid] = 1', 1],
  ['a window', 'SELECT count(*) OVER (PARTITION BY uid) FROM processes WHERE pid = 1', 1],
  ['JSON', "SELECT json_extract(json_object('pid', pid), '$.pid') FROM processes WHERE pid = 1", 1],
  ['an arrow into JSON', "SELECT json_object('pid', pid) ->> 'pid' FROM processes WHERE pid = 1", 1],
  [
    'the parents of a process by recursion',
    `WITH RECURSIVE above(pid, parent) AS (
       SELECT pid, parent FROM processes WHERE pid = 1
       UNION SELECT p.pid, p.parent FROM processes p JOIN above a ON p.pid = a.parent
     ) SELECT count(*) FROM above`,
    1,
  ],
])('%s', (_what, sql, expected) => {
  expect(value(sql)).toBe(expected)
})
