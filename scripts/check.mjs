// `npm run check`: lint, types, import directions, dead code, generated pages.
import { checks, runCheck } from './checks.mjs'
import { installPackages } from './setup.mjs'

installPackages()
const passed = await Promise.all(checks.map(runCheck))
process.exitCode = passed.every(Boolean) ? 0 : 1
