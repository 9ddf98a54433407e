import type { RenderProgressView } from '@flatrender/contracts/render'
import type { Listener } from '@flatrender/platform/db'
import type { RenderName } from './render-name.ts'

/** A render as all see it who may. */
export interface SeenRender {
  readonly owner_id: string | null
  readonly api_key_id: string | null
  readonly progress: RenderProgressView
}

/** Looks at renders: what is seen, by their ids; nothing of those that are gone. */
export type LookAtRenders = (names: readonly RenderName[]) => Promise<ReadonlyMap<string, SeenRender>>

/** What comes of the next look at a render; `over`: nobody listens, or the service ends. */
export type NextSight = SeenRender | 'unknown' | 'over'

interface Watcher {
  readonly name: RenderName
  readonly look: LookAtRenders
  readonly tell: (sight: NextSight) => void
  readonly fail: (error: unknown) => void
}

/** On which channel of PostgreSQL it is told that a render has come into another state: by its id. */
export const MOVED = 'render_moved'

/** Milliseconds between two looks while renders stay in one state: how far they are changes all the time. */
const PAUSE = 500
/** So many renders are remembered that moved while nobody watched them just then. */
const REMEMBERED = 1000

/** All who watch renders in this process. */
export type RenderWatch = ReturnType<typeof openWatch>

/**
 * Lets all who watch share one look, twice a second while anybody does; a render that moves is looked at then. The bell that
 * tells so is hung up when the first one watches. `close` tells all that it is over.
 */
export function openWatch(listen: (heard: (renderId?: string) => void) => Listener, pause = PAUSE) {
  const missed = new Set<string>()
  let bell: Listener | undefined
  let watching: Watcher[] = []
  let timer: NodeJS.Timeout | undefined
  let looking = false
  let closed = false

  const plan = (look: LookAtRenders) => {
    if (timer === undefined && !looking && watching.length > 0)
      timer = setTimeout(() => void lookOnce(look), pause)
  }
  const lookFor = async (asked: readonly Watcher[], look: LookAtRenders) => {
    const names = new Map(asked.map(({ name }) => [`${name.tenantId} ${name.renderId}`, name]))
    try {
      const seen = await look([...names.values()])
      for (const { name, tell } of asked) tell(seen.get(name.renderId) ?? 'unknown')
    } catch (error) {
      for (const { fail } of asked) fail(error)
    }
  }
  const lookOnce = async (look: LookAtRenders) => {
    timer = undefined
    looking = true
    await lookFor(watching.splice(0), look)
    looking = false
    plan(look)
  }
  /** Looks at once for those who watch a render; without an id something may have gone unheard, and all look. */
  const heard = (renderId?: string) => {
    const asked = watching.filter(({ name }) => renderId === undefined || name.renderId === renderId)
    watching = watching.filter((watcher) => !asked.includes(watcher))
    const [first] = asked
    if (first !== undefined) return void lookFor(asked, first.look)
    // Who watches it may just be hearing of the look before.
    if (missed.size >= REMEMBERED) missed.clear()
    if (renderId !== undefined) missed.add(renderId)
  }
  return {
    /** What the next look shows of a render; it is made by whoever came first. Errors: those of looking. */
    next(name: RenderName, look: LookAtRenders, signal: AbortSignal | undefined): Promise<NextSight> {
      if (closed || signal?.aborted === true) return Promise.resolve('over')
      bell ??= listen(heard)
      return new Promise((resolve, reject) => {
        const leave = () => {
          watching = watching.filter((other) => other !== watcher)
          resolve('over')
        }
        const done = () => signal?.removeEventListener('abort', leave)
        const watcher: Watcher = {
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
        if (missed.delete(name.renderId)) heard(name.renderId)
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
