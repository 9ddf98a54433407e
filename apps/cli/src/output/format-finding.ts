import type { Finding } from '@flatrender/engine-scene'

/** A finding as one line for people. */
export function formatFinding({ severity, code, message, remedy }: Finding): string {
  return `${severity}  ${code}: ${message} ${remedy}`
}
