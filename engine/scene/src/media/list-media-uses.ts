import type { Story } from '../story/story.ts'

/** A file that a story names, and what it must be. */
export interface MediaUse {
  readonly src: string
  readonly wanted: 'picture' | 'media' | 'sound'
}

/** Every file that the person's part of a story names; the template's own sounds are not among them. */
export function listMediaUses(story: Story): MediaUse[] {
  const uses: MediaUse[] = []
  for (const { scene, values, voiceover } of story.scenes) {
    for (const [slot, value] of values) {
      if (value.type !== 'picture') continue
      uses.push({ src: value.src, wanted: scene.slots[slot]?.type === 'image' ? 'picture' : 'media' })
    }
    if (voiceover !== undefined) uses.push({ src: voiceover.src, wanted: 'sound' })
  }
  if (story.music !== undefined && !story.music.packaged) uses.push({ src: story.music.src, wanted: 'sound' })
  if (story.voiceover !== undefined) uses.push({ src: story.voiceover.src, wanted: 'sound' })
  if (story.watermark !== undefined) uses.push({ src: story.watermark.src, wanted: 'picture' })
  return uses
}
