// `npm run train -- <folder>`: makes the model of `ml_score` anew from feature tables; the bytes are the same at each run.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { modelFolder, readTables, train } from '@quarry/scoring/training'

const [folder, to = modelFolder] = process.argv.slice(2)
if (!folder) {
  console.error('Say which folder holds the tables: npm run train -- <folder> [<folder to write to>]')
  process.exit(1)
}
const { model, features } = train(readTables(folder), (line) => console.error(line))
mkdirSync(to, { recursive: true })
writeFileSync(join(to, 'model.txt'), model)
writeFileSync(join(to, 'features.json'), features)
console.log(`${join(to, 'model.txt')}: ${model.length} bytes`)
