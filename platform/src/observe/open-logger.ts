import { once } from 'node:events'
import { openSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { FlatRenderError } from '@flatrender/contracts/errors'
import pino from 'pino'
import { redact, redactText } from './redact.ts'

/** From the most to the least; each says what those after it say. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** What belongs to a line: ids, numbers, an error. Secrets are taken out. */
export type LogFields = Readonly<Record<string, unknown>>

/** Writes lines for machines. */
export interface Logger {
  /** Would a line of this level be written? Asked before much is gathered for one. */
  writes(level: Exclude<LogLevel, 'silent'>): boolean
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** Writes what still waits. */
  close(): Promise<void>
}

/** Where lines go, and which. */
export interface LoggerOptions {
  readonly level: LogLevel
  /** A file that lines are added to, or the number of an open one; 2 is stderr. */
  readonly destination: string | number
}

/** Lines that may wait where nobody takes them, bytes; what comes then is dropped: no log holds the work up. */
const MOST_WAITING = 16 * 1024 * 1024

/** Milliseconds that the last lines have to be taken. */
const PATIENCE = 2_000

/**
 * Opens a log of JSON lines: time, level, message, fields. Nothing waits for it to be written, and what can't be written
 * later is lost. Errors: OUTPUT_UNWRITABLE.
 */
export function openLogger({ level, destination }: LoggerOptions): Logger {
  const stream = pino.destination({ dest: openFile(destination), sync: false, maxLength: MOST_WAITING })
  // A log that nobody takes any more (a closed pipe, a full disk) ends nothing.
  stream.on('error', () => {})
  const log = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  )
  const writer =
    (name: Exclude<LogLevel, 'silent'>) =>
    (message: string, fields: LogFields = {}) => {
      if (log.isLevelEnabled(name)) log[name](redact(fields) as object, redactText(message))
    }
  return {
    writes: (name) => log.isLevelEnabled(name),
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    close: () => endStream(stream),
  }
}

/** Its owner alone may read it: ids and addresses of people stand in it. */
function openFile(destination: string | number): number {
  if (typeof destination === 'number') return destination
  try {
    return openSync(destination, 'a', 0o600)
  } catch (cause) {
    const reason = (cause as Error).message
    throw new FlatRenderError('OUTPUT_UNWRITABLE', { file: destination, reason }, { cause })
  }
}

async function endStream(stream: ReturnType<typeof pino.destination>): Promise<void> {
  const patience = new AbortController()
  const ended = once(stream, 'close')
  stream.end()
  // Who doesn't take the last lines by then isn't there any more.
  const gaveUp = setTimeout(PATIENCE, undefined, { signal: patience.signal })
  await Promise.race([ended, gaveUp]).catch(() => {})
  patience.abort()
  gaveUp.catch(() => {})
}
