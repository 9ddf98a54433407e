import { z } from 'zod'

const seconds = (usual: number) => z.number().positive().default(usual)

/** The render service's settings. */
export const renderConfig = z.object({
  /** Seconds after which a lease that nobody renews goes to somebody else. */
  leaseSeconds: seconds(30),
  /** Seconds between two signs of life of a node. */
  heartbeatSeconds: seconds(5),
  /** Seconds without one after which a node counts as offline. */
  silenceSeconds: seconds(60),
  /** What has waited for so many seconds takes one turn in eight, whatever its lane and priority. */
  ageingSeconds: seconds(120),
  /** Seconds until a job is tried again after its first failure; twice as many after the second. */
  backoffSeconds: seconds(2),
  /** Share of segments that a second node paints too, 0 to 1. */
  spotCheckShare: z.number().min(0).max(1).default(0),
  /** Days that ended frame jobs are kept. */
  frameJobDays: z.number().positive().default(7),
  /** Days that a finished video is kept. */
  exportDays: z.number().positive().default(30),
  /** Days that segments are kept that nobody uses. */
  segmentDays: z.number().positive().default(30),
  /** Days that snapshots are kept that nobody asks for. */
  snapshotDays: z.number().positive().default(30),
  /** Days after a finished video's time within which it can be made again. */
  recreateDays: z.number().min(0).default(30),
  /** Days that plans and compiled scenes are kept that nobody needs. */
  inputDays: z.number().positive().default(30),
  /** Days that a worker's death is kept, with all that reproduces it. */
  crashDays: z.number().positive().default(90),
  /** Months that nodes' health is kept. */
  healthMonths: z.int().positive().default(3),
})
export type RenderConfig = z.infer<typeof renderConfig>
