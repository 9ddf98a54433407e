import type { RenderProgressView } from '@flatrender/contracts/render'
import type { RenderName } from '../segments/segments-system-store.ts'

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
  readonly tell: (sight: NextSight) => void
  readonly fail: (error: unknown) => void
}

/** Milliseconds between two looks; whoever watches sees no sooner what has changed. */
const PAUSE = 500

/** All who watch renders in this process. */
export type RenderWatch = ReturnType<typeof openWatch>

/** Lets all who watch share one look, twice a second while anybody does. `close` tells all that it is over. */
export function openWatch(pause = PAUSE) {
  let watching: Watcher[] = []
  let timer: NodeJS.Timeout | undefined
  let looking = false
  let closed = false

  const plan = (look: LookAtRenders) => {
    if (timer === undefined && !looking && watching.length > 0)
      timer = setTimeout(() => void lookOnce(look), pause)
  }
  const lookOnce = async (look: LookAtRenders) => {
    timer = undefined
    looking = true
    const asked = watching.splice(0)
    const names = new Map(asked.map(({ name }) => [`${name.tenantId} ${name.renderId}`, name]))
    try {
      const seen = await look([...names.values()])
      for (const { name, tell } of asked) tell(seen.get(name.renderId) ?? 'unknown')
    } catch (error) {
      for (const { fail } of asked) fail(error)
    }
    looking = false
    plan(look)
  }
  return {
    /** What the next look shows of a render; it is made by whoever came first. Errors: those of looking. */
    next(name: RenderName, look: LookAtRenders, signal: AbortSignal | undefined): Promise<NextSight> {
      if (closed || signal?.aborted === true) return Promise.resolve('over')
      return new Promise((resolve, reject) => {
        const leave = () => {
          watching = watching.filter((other) => other !== watcher)
          resolve('over')
        }
        const done = () => signal?.removeEventListener('abort', leave)
        const watcher: Watcher = {
          name,
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
        plan(look)
      })
    },
    close() {
      closed = true
      clearTimeout(timer)
      for (const { tell } of watching.splice(0)) tell('over')
    },
  }
}
