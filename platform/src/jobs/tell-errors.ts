import { Logger } from 'graphile-worker'

/** A logger that says nothing but what went wrong: a task's failed attempt by its name, the rest as the queue's. */
export function tellErrors(onError: (error: Error, what: string) => void): Logger {
  return new Logger(() => (level, message, meta = {}) => {
    if (level !== 'error' && level !== 'warning') return
    const { job, ...said } = meta as {
      error?: unknown
      fatalError?: unknown
      job?: { task_identifier: string }
    }
    const error = said.error ?? said.fatalError
    onError(error instanceof Error ? error : new Error(message), job?.task_identifier ?? 'queue')
  })
}
