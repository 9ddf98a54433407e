import { errorDefinitions, FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import type { Console } from './console.ts'
import { type ExitCode, exitCodes } from './exit-code.ts'

/** Says what went wrong, where, and what to do; as a JSON line for machines. Gives the exit code. */
export function reportFailure(
  error: unknown,
  console: Console,
  signal: AbortSignal,
  json: boolean,
): ExitCode {
  if (signal.aborted) {
    tell(new FlatRenderError('RENDER_CANCELLED'), console, json)
    return exitCodes.cancelled
  }
  const failures = error instanceof AggregateError ? error.errors : [error]
  for (const failure of failures) {
    if (isFlatRenderError(failure)) tell(failure, console, json)
    else tellBug(failure, console, json)
  }
  const blamesInput = failures.every(
    (failure) => isFlatRenderError(failure) && errorDefinitions[failure.code].status < 500,
  )
  return blamesInput ? exitCodes.input : exitCodes.failed
}

function tell({ code, message, remedy }: FlatRenderError, console: Console, json: boolean): void {
  if (json) console.print(JSON.stringify({ type: 'error', code, message, remedy }))
  else console.note(`${code}: ${message} ${remedy}`)
}

function tellBug(failure: unknown, console: Console, json: boolean): void {
  const { message, stack = message } = failure instanceof Error ? failure : new Error(String(failure))
  if (json) console.print(JSON.stringify({ type: 'error', code: 'BUG', message, stack }))
  else console.note(`This is a bug in FlatRender; please report it with these lines.\n${stack}`)
}
