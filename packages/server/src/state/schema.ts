import type { AccountTables } from '../accounts/tables.ts'
import type { ApiClientTables } from '../api-clients/tables.ts'
import type { AuditTables } from '../audit/tables.ts'
import type { EndpointTables } from '../endpoints/tables.ts'
import type { EnrichmentTables } from '../enrichment/tables.ts'
import type { EnrolmentTables } from '../enrolment/tables.ts'
import type { InvestigationTables } from '../investigations/tables.ts'
import type { IocTables } from '../ioc-lists/tables.ts'
import type { QueryTables } from '../queries/tables.ts'
import type { ReputationTables } from '../reputation/tables.ts'
import type { RunTables } from '../runs/tables.ts'
import type { SessionTables } from '../sessions/tables.ts'
import type { SettingTables } from './settings.ts'

/** Every table of the state; each noun declares its own beside its code. */
export interface Database
  extends AccountTables,
    ApiClientTables,
    AuditTables,
    EndpointTables,
    EnrichmentTables,
    EnrolmentTables,
    InvestigationTables,
    IocTables,
    QueryTables,
    ReputationTables,
    RunTables,
    SessionTables,
    SettingTables {}
