/** A difference that both clocks' seconds and the way of an answer may account for, milliseconds. */
const TOLERATED = 2_000

/** The server's time, as far as its answers tell: a node's own clock goes as it likes. */
export interface FarmClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Hears the `date` of an answer. */
  hear(date: string | null): void
}

/** Opens a clock that goes by the machine's until an answer says otherwise. */
export function openFarmClock(own: () => number = Date.now): FarmClock {
  let ahead = 0
  return {
    now: () => own() + ahead,
    hear(date) {
      const told = Date.parse(date ?? '')
      if (Number.isNaN(told)) return
      const difference = told - own()
      ahead = Math.abs(difference) > TOLERATED ? difference : 0
    },
  }
}
