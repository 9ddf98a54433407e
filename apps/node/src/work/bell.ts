/** Wakes whoever waits for something to change. */
export interface Bell {
  ring(): void
  /** Resolved at the next ring, or when the signal aborts. */
  wait(signal: AbortSignal): Promise<void>
}

/** Opens a bell. */
export function openBell(): Bell {
  const waiting = new Set<() => void>()
  return {
    ring() {
      for (const wake of [...waiting]) wake()
    },
    wait: (signal) =>
      new Promise((resolve) => {
        const wake = () => {
          waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        waiting.add(wake)
        if (signal.aborted) wake()
        else signal.addEventListener('abort', wake, { once: true })
      }),
  }
}
