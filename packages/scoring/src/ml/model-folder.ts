import { fileURLToPath } from 'node:url'

/** Where the model that ships lies: `model.txt`, `features.json`, `card.json`. */
export const modelFolder = fileURLToPath(new URL('../../models/pe-headers/', import.meta.url))
