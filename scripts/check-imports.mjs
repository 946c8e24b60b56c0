// Imports go one way (docs/architecture.md): runs dependency-cruiser over the packages and fails when it read nothing.
import { readdirSync } from 'node:fs'
import { cruise } from 'dependency-cruiser'
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config'

/** What each package may import, beside itself. Tests may import the devkit as well. */
const mayImport = {
  schema: [],
  sql: ['schema'],
  tables: ['schema', 'sql'],
  sensors: ['schema'],
  journals: ['schema', 'tables'],
  scoring: ['schema', 'tables'],
  agent: ['schema', 'tables', 'sensors', 'journals', 'scoring'],
  lake: ['schema', 'sql'],
  server: ['schema', 'sql', 'lake'],
  console: ['schema', 'sql'],
  cli: ['schema', 'sql', 'agent'],
  devkit: [
    'schema',
    'sql',
    'tables',
    'sensors',
    'journals',
    'scoring',
    'agent',
    'lake',
    'server',
    'console',
    'cli',
  ],
}
const packages = Object.keys(mayImport)
const missing = readdirSync('packages').filter((name) => !packages.includes(name))

const source = (name) => `^packages/${name}/src/.+(?<!\\.test\\.tsx?)$`
const forbidden = packages.flatMap((name) => {
  const others = packages.filter((other) => other !== name && !mayImport[name].includes(other))
  if (others.length === 0) return []
  return [
    {
      name: `${name} imports only ${mayImport[name].join(', ') || 'nothing'}`,
      severity: 'error',
      from: { path: source(name) },
      to: { path: `^packages/(${others.join('|')})/` },
    },
  ]
})
forbidden.push(
  {
    name: 'no circles',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'declared dependencies',
    severity: 'error',
    from: { path: '^packages/[^/]+/src/.+(?<!\\.test\\.tsx?)$' },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
  },
)

const { output } = await cruise(
  packages.map((name) => `packages/${name}/src`),
  {
    ruleSet: { forbidden },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/fixtures/|/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
  undefined,
  { tsConfig: extractTsConfig('tsconfig.json') },
)
const { summary } = output
for (const { rule, from, to } of summary.violations) console.log(`${rule.name}: ${from} → ${to}`)
for (const name of missing) console.log(`packages/${name} is not in the list of scripts/check-imports.mjs.`)
if (summary.totalCruised === 0) console.log('No module was read.')
console.log(`${summary.totalCruised} modules read`)
process.exitCode = summary.totalCruised > 0 && summary.violations.length + missing.length === 0 ? 0 : 1
