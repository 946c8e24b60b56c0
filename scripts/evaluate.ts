// `npm run evaluate -- <folder>`: measures how `ml_score` is made, each table left out in turn, and writes the model's card.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cardOf, modelFolder, readTables, train } from '@quarry/scoring/training'

const [folder, to = modelFolder] = process.argv.slice(2)
if (!folder) {
  console.error('Say which folder holds the tables: npm run evaluate -- <folder> [<folder to write to>]')
  process.exit(1)
}
const say = (line: string) => console.error(line)
const tables = readTables(folder)
const card = cardOf(train(tables, say), tables, say)
writeFileSync(join(to, 'card.json'), `${JSON.stringify(card, null, 2)}\n`)

const percent = (share: number) => `${(100 * share).toFixed(2)} %`
for (const row of card.leftOut)
  console.log(
    `${row.table} left out (${row.form}): AUC ${row.auc.toFixed(4)}, at 30 or more ${percent(row.truePositivesAtSuspect)} of malware and ${percent(row.falsePositivesAtSuspect)} of benign files`,
  )
const { files, flagged, falsePositivesAtSuspect } = card.thirdParty
console.log(`third-party files at 30 or more: ${flagged} of ${files}, ${percent(falsePositivesAtSuspect)}`)
