// Holds the audit until it is killed: `node audit-holder.ts <state folder>`. Says on its output when it does.
import { openSensors } from '../open-sensors.ts'

const sensors = await openSensors({
  emit: () => undefined,
  isOwn: () => false,
  stateDir: process.argv[2]!,
  log: (message) => console.error(message),
  only: ['audit'],
})
console.log(JSON.stringify(sensors.status()[0]))
