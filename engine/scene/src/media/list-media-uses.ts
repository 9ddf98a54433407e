import type { Story } from '../story/story.ts'

/** A file that a story names, and what it must be. */
export interface MediaUse {
  readonly src: string
  readonly wanted: 'picture' | 'media' | 'sound'
  /** Where, as a failure tells it: `place` to people; scene and slot by id, of what stands in one. */
  readonly at: { readonly place: string; readonly scene?: string; readonly slot?: string }
}

/** Every file that the person's part of a story names; the template's own sounds are not among them. */
export function listMediaUses(story: Story): MediaUse[] {
  const uses: MediaUse[] = []
  for (const { scene, values, voiceover } of story.scenes) {
    for (const [slot, value] of values) {
      if (value.type !== 'picture') continue
      const wanted = scene.slots[slot]?.type === 'image' ? 'picture' : 'media'
      const place = `slot “${slot}” of scene “${scene.id}”`
      uses.push({ src: value.src, wanted, at: { place, scene: scene.id, slot } })
    }
    const place = `voiceover of scene “${scene.id}”`
    if (voiceover !== undefined)
      uses.push({ src: voiceover.src, wanted: 'sound', at: { place, scene: scene.id } })
  }
  if (story.music !== undefined && !story.music.packaged)
    uses.push({ src: story.music.src, wanted: 'sound', at: { place: 'music' } })
  if (story.voiceover !== undefined)
    uses.push({ src: story.voiceover.src, wanted: 'sound', at: { place: 'voiceover' } })
  if (story.watermark !== undefined)
    uses.push({ src: story.watermark.src, wanted: 'picture', at: { place: 'watermark' } })
  return uses
}
