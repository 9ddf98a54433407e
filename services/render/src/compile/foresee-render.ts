import { listMediaUses } from '@flatrender/engine-scene'
import type { Render } from '../deps.ts'
import { chooseBuild } from '../nodes/choose-build-system-store.ts'
import { markStory, openMark } from '../plans/watermark.ts'
import type { ExaminedRender } from '../renders/examine-render.ts'

/**
 * Has a render that is paid for compiled while it is written down, as its planning will ask for it a moment later. Where a file
 * isn't known yet, or no node is there, that is left to planning. It never fails.
 */
export async function foreseeRender(
  render: Render,
  { standing, template, story, output, media }: ExaminedRender,
): Promise<void> {
  if (!media.complete) return
  try {
    const mark = standing.plan?.hasWatermark === true ? await openMark() : undefined
    const marked = markStory(mark, story, media.library)
    const build = await render.system.ask((transaction) => chooseBuild(transaction, render.config))
    if (build === undefined) return
    const used = new Set(listMediaUses(marked.story).map(({ src }) => src))
    render.compiler.foresee({
      template,
      story: marked.story,
      output,
      library: new Map([...marked.library].filter(([src]) => used.has(src))),
      build: build.engineBuild,
    })
  } catch (error) {
    render.report?.(error, 'render.foresee-render')
  }
}
