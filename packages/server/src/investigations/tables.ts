import type { Mark, Verdict } from '@quarry/schema/endpoints/investigations'

export interface InvestigationTables {
  investigations: {
    id: string
    name: string
    description: string
    created_at: number
    /** A `Principal` as JSON. */
    created_by: string
    updated_at: number
  }
  /** A question is a run, or what a file told of one. */
  investigation_questions: {
    id: string
    investigation_id: string
    parent_id: string | null
    run_id: string | null
    /** A `Question` as JSON, where there is no run. */
    facts: string | null
    asked_at: number
  }
  investigation_marks: {
    id: string
    investigation_id: string
    question_id: string | null
    kind: Mark['kind']
    verdict: Verdict | null
    text: string
    row: string | null
    created_at: number
    created_by: string
    updated_at: number
  }
}
