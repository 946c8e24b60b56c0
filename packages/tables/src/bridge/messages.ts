/** Where a connection goes: a unix socket by its path, or a host and port. */
export type Target = { socket: string } | { host: string; port: number }

/** Bounds of one call; the bridge has its own where they are left out. */
export interface Bounds {
  /** Milliseconds until the call ends with ETIMEDOUT; default 5,000. */
  millis?: number
  /** Bytes of an answer beyond which the call ends with EFBIG; default 8 MiB. */
  maxBytes?: number
}

export interface HttpRequest extends Bounds {
  /** Address with scheme and path. With `socket` its host is what the request names as Host. */
  url: string
  /** Path of a unix socket that the request goes through. */
  socket?: string
  /** Default GET. */
  method?: string
  headers?: Record<string, string>
  body?: string
  /** Redirects to follow; default 0. */
  redirects?: number
  /** For a server whose certificate does not matter. */
  insecure?: boolean
}

export interface HttpAnswer {
  status: number
  /** Names in lower case; a repeated header is joined by commas. */
  headers: Record<string, string>
  body: Uint8Array
}

/** The certificates that a TLS server shows, in DER, its own first. */
export interface CertificateRequest extends Bounds {
  host: string
  port: number
}

/** What the thread is asked for. */
export type Call =
  | { do: 'http'; request: HttpRequest }
  | { do: 'open'; target: Target; millis: number; maxBytes: number }
  | { do: 'write'; stream: number; bytes: Uint8Array }
  | { do: 'read'; stream: number }
  | { do: 'close'; stream: number }
  | { do: 'certificates'; request: CertificateRequest }

export type Failure = { code: string; message: string }
export type Reply = { id: number; value?: unknown; failure?: Failure }

/** What the thread is started with. */
export interface BridgeSetup {
  port: import('node:worker_threads').MessagePort
  /** Counts replies and wakes whoever waits for one. */
  signal: SharedArrayBuffer
}
