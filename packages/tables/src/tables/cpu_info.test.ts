import { afterAll, expect, test } from 'vitest'
import { openFixture } from '../fixture.ts'
import table from './cpu_info.ts'

const fixture = await openFixture([table])
afterAll(() => fixture.close())

test('shows the processors that the firmware describes, empty sockets left out', () => {
  expect(fixture.all('SELECT * FROM cpu_info')).toEqual([
    {
      device_id: 'CPU1',
      model: 'Intel(R) Xeon(R) Silver 4210 CPU @ 2.20GHz',
      manufacturer: 'Intel',
      processor_type: '3',
      cpu_status: 1,
      number_of_cores: '10',
      logical_processors: 20,
      address_width: '64',
      current_clock_speed: 2200,
      max_clock_speed: 4000,
      socket_designation: 'CPU1',
    },
  ])
})
