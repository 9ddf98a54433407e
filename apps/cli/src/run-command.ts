import { FlatRenderError } from '@flatrender/contracts/errors'
import { CommanderError } from 'commander'
import type { Console } from './console.ts'
import { exitCodes } from './exit-code.ts'
import { createProgram } from './program.ts'
import { reportFailure } from './report-failure.ts'
import { readSettings } from './settings.ts'

/** What a command line runs in. */
export interface CommandHost {
  readonly console: Console
  readonly environment: NodeJS.ProcessEnv
  /** The working folder; the workspace lies in it unless a setting says otherwise. */
  readonly folder: string
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

/** Runs one command line, says what goes wrong, and gives the exit code. Ends nothing. */
export async function runCommand(argv: readonly string[], host: CommandHost): Promise<number> {
  const { console, environment, folder, signal } = host
  const json = argv.includes('--json')
  const before = process.exitCode
  process.exitCode = undefined
  try {
    const settings = readSettings(environment, folder)
    await createProgram({ console, settings, signal, environment }).parseAsync([...argv])
    return Number(process.exitCode ?? exitCodes.done)
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportFailure(error, console, signal, json)
    if (error.exitCode === 0) return exitCodes.done
    // Commander has told a person already, in its own words.
    const reason = error.message.replace(/^error: |\.$/g, '')
    return json
      ? reportFailure(new FlatRenderError('COMMAND_WRONG', { reason }), console, signal, json)
      : exitCodes.input
  } finally {
    process.exitCode = before
  }
}
