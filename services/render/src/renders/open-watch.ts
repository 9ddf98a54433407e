import type { Listener } from '@flatrender/platform/db'

/** Looks at several: what is seen, by their ids; nothing of those that are gone. */
type Look<Name, Seen> = (names: readonly Name[]) => Promise<ReadonlyMap<string, Seen>>

/** What comes of the next look; `over`: nobody listens, or the service ends. */
export type NextSight<Seen> = Seen | 'unknown' | 'over'

interface Watcher<Name, Seen> {
  readonly name: Name
  readonly look: Look<Name, Seen>
  readonly tell: (sight: NextSight<Seen>) => void
  readonly fail: (error: unknown) => void
}

/** What is watched, and how. */
export interface WatchTerms<Name> {
  readonly idOf: (name: Name) => string
  /** Hears of what moves, by its id; without an id something may have gone unheard. Nothing is heard unless told. */
  readonly listen?: (heard: (id?: string) => void) => Listener
  /** Milliseconds between two looks: half a second unless told. */
  readonly pause?: number
}

/** On which channel of PostgreSQL it is told that a render has come into another state: by its id. */
export const MOVED = 'render_moved'

/** Milliseconds between two looks while renders stay in one state: how far they are changes all the time. */
const PAUSE = 500
/** So many renders are remembered that moved while nobody watched them just then. */
const REMEMBERED = 1000

/** All who watch something in this process. */
export type Watch<Name, Seen> = ReturnType<typeof openWatch<Name, Seen>>

/**
 * Lets all who watch share one look, again and again while anybody does; what moves is looked at then. The bell that tells so
 * is hung up when the first one watches. `close` tells all that it is over.
 */
export function openWatch<Name, Seen>({ idOf, listen, pause = PAUSE }: WatchTerms<Name>) {
  const missed = new Set<string>()
  let bell: Listener | undefined
  let watching: Watcher<Name, Seen>[] = []
  let timer: NodeJS.Timeout | undefined
  let looking = false
  let closed = false

  const plan = (look: Look<Name, Seen>) => {
    if (timer === undefined && !looking && watching.length > 0)
      timer = setTimeout(() => void lookOnce(look), pause)
  }
  const lookFor = async (asked: readonly Watcher<Name, Seen>[], look: Look<Name, Seen>) => {
    const names = new Map(asked.map(({ name }) => [idOf(name), name]))
    try {
      const seen = await look([...names.values()])
      for (const { name, tell } of asked) tell(seen.get(idOf(name)) ?? 'unknown')
    } catch (error) {
      for (const { fail } of asked) fail(error)
    }
  }
  const lookOnce = async (look: Look<Name, Seen>) => {
    timer = undefined
    looking = true
    await lookFor(watching.splice(0), look)
    looking = false
    plan(look)
  }
  /** Looks at once for those who watch what moved; without an id something may have gone unheard, and all look. */
  const heard = (id?: string) => {
    const asked = watching.filter(({ name }) => id === undefined || idOf(name) === id)
    watching = watching.filter((watcher) => !asked.includes(watcher))
    const [first] = asked
    if (first !== undefined) return void lookFor(asked, first.look)
    // Who watches it may just be hearing of the look before.
    if (missed.size >= REMEMBERED) missed.clear()
    if (id !== undefined) missed.add(id)
  }
  return {
    /** What the next look shows; it is made by whoever came first. Errors: those of looking. */
    next(name: Name, look: Look<Name, Seen>, signal: AbortSignal | undefined): Promise<NextSight<Seen>> {
      if (closed || signal?.aborted === true) return Promise.resolve('over')
      bell ??= listen?.(heard)
      return new Promise((resolve, reject) => {
        const leave = () => {
          watching = watching.filter((other) => other !== watcher)
          resolve('over')
        }
        const done = () => signal?.removeEventListener('abort', leave)
        const watcher: Watcher<Name, Seen> = {
          name,
          look,
          tell: (sight) => {
            done()
            resolve(sight)
          },
          fail: (error) => {
            done()
            reject(error instanceof Error ? error : new Error(String(error)))
          },
        }
        signal?.addEventListener('abort', leave, { once: true })
        watching.push(watcher)
        if (missed.delete(idOf(name))) heard(idOf(name))
        else plan(look)
      })
    },
    async close() {
      closed = true
      clearTimeout(timer)
      for (const { tell } of watching.splice(0)) tell('over')
      await bell?.close()
    },
  }
}
