import { column } from '../define-table.ts'
import type { Host, ScoredFile, Scores } from '../host/host.ts'

/** The columns of reputation and scores, the same for processes and files; the old camelCase names are aliases. */
export const scoreColumns = {
  local_rep: column.integer(
    'Reputation that the machine itself works out, 0 (bad) to 100 (good); −1 when unknown.',
    {
      aliases: ['localRep'],
    },
  ),
  local_rep_data: column.text('What the local reputation rests on, as JSON: a list of findings.', {
    aliases: ['localRepData'],
  }),
  global_rep: column.integer(
    'Reputation that the server works out, 0 (bad) to 100 (good); −1 when unknown.',
    {
      aliases: ['globalRep'],
    },
  ),
  global_rep_data: column.text('What the global reputation rests on, as JSON: a list of findings.', {
    aliases: ['globalRepData'],
  }),
  ml_score: column.integer(
    'How much the file looks like malware, 0 (not) to 100 (very much); −1 when unknown.',
    {
      aliases: ['mlScore'],
    },
  ),
  ml_score_data: column.text('What the malware score rests on, as JSON: a list of findings.', {
    aliases: ['mlScoreData'],
  }),
  pua_score: column.integer(
    'How much it looks like an unwanted application, 0 (not) to 100 (very much); −1 when unknown.',
    {
      aliases: ['puaScore'],
    },
  ),
  pua_score_data: column.text(
    'What the score of unwanted applications rests on, as JSON: a list of findings.',
    { aliases: ['puaScoreData'] },
  ),
}

/** The names of the columns that need a file's scores. */
export const scoreNames = Object.keys(scoreColumns) as (keyof typeof scoreColumns)[]

const unknown: Scores = {
  localRep: -1,
  localRepData: '[]',
  globalRep: -1,
  globalRepData: '[]',
  mlScore: -1,
  mlScoreData: '[]',
  puaScore: -1,
  puaScoreData: '[]',
}

/** The values of `scoreColumns` for a file; nothing is known of one without a hash, or where the agent gives no scores. */
export function scoresOf(host: Host, file: ScoredFile) {
  const scores = (file.sha256 && host.ports.scores?.of(host, file)) || unknown
  return {
    local_rep: scores.localRep,
    local_rep_data: scores.localRepData,
    global_rep: scores.globalRep,
    global_rep_data: scores.globalRepData,
    ml_score: scores.mlScore,
    ml_score_data: scores.mlScoreData,
    pua_score: scores.puaScore,
    pua_score_data: scores.puaScoreData,
  }
}
