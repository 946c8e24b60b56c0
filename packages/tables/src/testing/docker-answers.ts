import { readFileSync } from 'node:fs'
import type { Answers } from './stub-server.ts'

/** Ids of what the stub of Docker has. */
export const web = '3f4a1c0de5b2987766554433221100ffeeddccbbaa99887766554433221100aa'
export const job = '9b1d2e3f40516273849506172839405162738495061728394051627384950617'
export const image = 'd1b5e2a7c4938271605f4e3d2c1b0a99887766554433221100ffeeddccbbaa99'
export const network = '5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b'

/** What a Docker Engine (API 1.51) answers on a machine with two containers; invented, in the form of a real one. */
export const dockerAnswers: Answers = JSON.parse(
  readFileSync(new URL('../../fixtures/services/docker.json', import.meta.url), 'utf8'),
)
