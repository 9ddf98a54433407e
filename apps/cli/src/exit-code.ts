/** What the process's exit code says. */
export const exitCodes = { done: 0, failed: 1, input: 2, cancelled: 130 } as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
