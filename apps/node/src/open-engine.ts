import { openLottieEngine, type RenderEngine } from '@flatrender/engine-render'

/** What the workers of a node may take. */
export interface EngineLimits {
  readonly workers: number
  /** Bytes. */
  readonly memory: number
  /** Milliseconds without a sign of life after which a worker counts as stuck. */
  readonly silence: number
  /** What workers inherit. */
  readonly environment: NodeJS.ProcessEnv
}

/** An environment without our settings, some of which are secrets. */
export function omitOurs(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('FLATRENDER_')))
}

/** Opens the engine of a node, in a folder of its own; its workers start with the first order. */
export function openEngine({ workers, memory, silence, environment }: EngineLimits) {
  return (home: string): Promise<RenderEngine> =>
    openLottieEngine({
      home,
      workers,
      // Workers read what strangers made: no secret of ours is at hand there.
      environment: omitOurs(environment),
      memoryLimit: memory,
      hangTimeout: silence,
      lazy: true,
    })
}
