import type { Lane, OutputChoice } from '@flatrender/contracts/render'

/** A request as it is sent. */
export interface Submission {
  readonly template: string
  readonly version?: string | undefined
  readonly modifications: Readonly<Record<string, unknown>>
  readonly output: OutputChoice
  readonly webhook?: string | undefined
  readonly metadata: Readonly<Record<string, unknown>>
  readonly lane: Lane
  readonly dryRun: boolean
}
