import type { Console } from './console.ts'
import type { Settings } from './settings.ts'

/** What every command is given. */
export interface Session {
  readonly console: Console
  readonly settings: Settings
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  /** What workers inherit. */
  readonly environment: NodeJS.ProcessEnv
}
