/** Something that is being done, as a trace shows it. */
export interface OpenSpan {
  /** The traceparent for what is done within it. */
  readonly trace: string
  end(outcome: string, failed: boolean): void
}

/** What a span begins with. */
export interface SpanOptions {
  /** The traceparent of what it belongs to; it begins a trace without one. */
  readonly trace: string | undefined
  /** Is it the answer to a request? */
  readonly server: boolean
  readonly attributes: Readonly<Record<string, string>>
}

/** Begins a span now. */
export type BeginSpan = (name: string, options: SpanOptions) => OpenSpan

/** Where spans go. */
export interface Spans {
  readonly begin: BeginSpan
  /** Sends what still waits, as far as somebody takes it. */
  close(): Promise<void>
}
