declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  /** An OpenID server; what of it the tests use. */
  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    /** Answers requests. */
    callback(): (request: IncomingMessage, response: ServerResponse) => void
  }
}
