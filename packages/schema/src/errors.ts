/** Every error the product can answer with. Codes are never renamed or reused; a test holds each to its use. */
export const errors = {
  bad_request: { status: 400, message: 'The request does not match its schema.' },
  bad_variable: {
    status: 400,
    message: 'A variable of the query has a value that does not fit the place it stands in.',
  },
  bad_sql: { status: 400, message: 'The SQL of the query cannot be read.' },
  bad_catalogue_entry: { status: 400, message: 'The YAML is not a catalogue entry.' },
  bad_tenant: { status: 403, message: 'The X-Tenant-ID header is missing or names another tenant.' },
  bad_origin: { status: 403, message: 'The request comes from another origin.' },
  bad_csrf_token: { status: 403, message: 'The X-CSRF-Token header is missing or stale; reload the page.' },
  unauthorized: { status: 401, message: 'Sign in first.' },
  bad_credentials: { status: 401, message: 'The user name or the password is wrong.' },
  bad_enrolment_token: {
    status: 401,
    message: 'The enrolment token is unknown, used up, expired or revoked.',
  },
  password_change_required: {
    status: 403,
    message: 'The one-time password must be changed before anything else.',
  },
  weak_password: { status: 400, message: 'A password has 12 to 256 characters and is not the user name.' },
  forbidden: { status: 403, message: 'Your role does not allow this.' },
  not_found: { status: 404, message: 'Nothing is at this address.' },
  query_not_found: { status: 404, message: 'No query has this id.' },
  category_not_found: { status: 404, message: 'No category has this id.' },
  run_not_found: { status: 404, message: 'No run has this id.' },
  ioc_list_not_found: { status: 404, message: 'No IOC list has this id.' },
  investigation_not_found: { status: 404, message: 'No investigation has this id.' },
  question_not_found: { status: 404, message: 'The investigation has no question with this id.' },
  mark_not_found: { status: 404, message: 'The investigation has no note or finding with this id.' },
  bad_investigation: { status: 400, message: 'The file is not an investigation.' },
  bad_indicators: { status: 400, message: 'The text holds no indicator that can be read.' },
  column_not_found: { status: 400, message: 'The results have no column of this name.' },
  endpoint_not_found: { status: 404, message: 'No device has this id.' },
  group_not_found: { status: 404, message: 'No device group has this id.' },
  account_not_found: { status: 404, message: 'No account has this id.' },
  api_client_not_found: { status: 404, message: 'No API client has this id.' },
  enrolment_token_not_found: { status: 404, message: 'No enrolment token has this id.' },
  connector_not_found: { status: 404, message: 'No connector has this id.' },
  secret_not_found: { status: 404, message: 'The connector has no secret of this name.' },
  bad_connector: { status: 400, message: 'This is not a connector.' },
  canned_connector: {
    status: 409,
    message: 'A shipped connector keeps its request and its fields; save a copy of it.',
  },
  enrichment_pivot_not_found: { status: 404, message: 'No link has this id.' },
  name_taken: { status: 409, message: 'Something else has this name already.' },
  canned_query: { status: 409, message: 'A shipped query cannot be changed; save a copy of it.' },
  last_super_admin: { status: 409, message: 'The last Super Admin cannot be removed or demoted.' },
  no_endpoints: { status: 409, message: 'No enrolled device matches.' },
  run_finished: { status: 409, message: 'The run has ended already.' },
  run_not_resumable: {
    status: 409,
    message: 'No device of this run was stopped by a limit at a place where it could go on.',
  },
  results_expired: { status: 410, message: 'The results of this run are no longer kept.' },
  too_large: { status: 413, message: 'The request is larger than the server takes.' },
  too_many_requests: { status: 429, message: 'Too many requests; try again later.' },
  disk_full: {
    status: 507,
    message: 'The disk of the server is full; nothing was lost, and nothing new is taken.',
  },
  internal: { status: 500, message: 'The server failed; its log has the details under the correlation id.' },
} as const

export type ErrorCode = keyof typeof errors

/** An error that the API answers with: its code decides status and sentence, `detail` replaces the sentence. */
export class AppError extends Error {
  override name = 'AppError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? errors[code].message, options)
    this.code = code
  }

  /** HTTP status of the code. */
  get status(): number {
    return errors[this.code].status
  }
}
