import type { Modifications } from '@flatrender/contracts/template'
import type { BenchFarm } from './open-bench-farm.ts'

/** A video as both the farm and the engine alone are asked for it. */
export interface Wish {
  readonly modifications: Modifications
  /** Such as `720p`. */
  readonly resolution: string
}

/** How a render went; seconds since it was submitted, by the clock of this machine. */
export interface FarmRun {
  readonly id: string
  /** Until a node had its first job, of sound or segments; until the last segment counted; until the first bytes of the video were here. */
  readonly leased: number
  readonly painted: number
  readonly playable: number
  /** Keys of the segments that were painted, in order. */
  readonly keys: readonly string[]
}

interface Shown {
  readonly id: string
  readonly state: string
  readonly exports: readonly { readonly id: string }[]
}

/** Submits a video that nobody has asked for yet and waits until it can be played, as a page does: by its events. */
export async function renderOnFarm(farm: BenchFarm, { modifications, resolution }: Wish): Promise<FarmRun> {
  const submitted = Date.now()
  const output = { container: 'mp4', codec: 'h264', resolution }
  const { id } = await farm.ask<Shown>('POST', '/renders', {
    template: 'product-promo',
    output,
    modifications,
  })
  await awaitEnd(farm, id)
  const { state, exports } = await farm.ask<Shown>('GET', `/renders/${id}`)
  if (state !== 'succeeded') throw new Error(`the render ${id} has ${state}`)
  const { url } = await farm.ask<{ url: string }>('GET', `/exports/${exports[0]!.id}`)
  // Its host is that of browsers; here another port is taken.
  const { pathname, search } = new URL(url, farm.url)
  const video = await fetch(`${farm.url}${pathname}${search}`, { headers: { range: 'bytes=0-65535' } })
  if (!video.ok) throw new Error(`the video is not there: ${video.status}`)
  await video.arrayBuffer()
  const playable = Date.now()
  const [times] = await farm.query<{ leased: number; painted: number; keys: string[] }>(
    `with jobs as (
      select tenant_id, id, kind, leased_at, finished_at from render.frame_jobs
      where kind in ('frames', 'sound') and queued_at >= to_timestamp($1::float8 / 1000)
    )
    select (extract(epoch from min(leased_at)) * 1000)::float8 as leased,
      (extract(epoch from max(finished_at) filter (where kind = 'frames')) * 1000)::float8 as painted,
      (select array_agg(encode(key, 'hex') order by key) from render.segments
        where (tenant_id, frame_job_id) in (select tenant_id, id from jobs where kind = 'frames')) as keys
    from jobs`,
    [submitted],
  )
  const since = (moment: number) => (moment - submitted) / 1000
  return {
    id,
    leased: since(times!.leased),
    painted: since(times!.painted),
    playable: since(playable),
    keys: times!.keys,
  }
}

/** Reads a render's events until they end, which they do with it. */
async function awaitEnd(farm: BenchFarm, id: string): Promise<void> {
  const events = await fetch(`${farm.url}/api/v1/renders/${id}/events`, { headers: farm.headers })
  await events.text()
}
