/** What is told to a collector of traces. Null everywhere where none is configured. */
export interface Tracing {
  /** Begins the span of a request, below the one that its caller names in `traceparent`, and goes on inside it. */
  begin(name: string, headers: Readonly<Record<string, unknown>>, next: () => void): OpenSpan
  /** Tells of something that has just ended, below what is going on. What belongs to nothing is told only where it stands for itself. */
  ended(what: EndedSpan): void
  /** Sends what has not been sent. */
  stop(): Promise<void>
}

export interface OpenSpan {
  end(attributes: Readonly<Record<string, string | number>>, failed: boolean): void
}

export interface EndedSpan {
  readonly name: string
  readonly durationMs: number
  readonly failed: boolean
  readonly attributes: Readonly<Record<string, string | number>>
  /** Worth a trace of its own where nothing is going on. */
  readonly standsAlone: boolean
}
