// What the commands that make and judge a model use.
export { modelFolder } from '../ml/model-folder.ts'
export { readTables } from './read-tables.ts'
export { cardOf, train } from './train.ts'
