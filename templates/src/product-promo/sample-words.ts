/** What a sample says, scene by scene. */
export type SampleWords = {
  intro: Record<'brand' | 'title' | 'subtitle', string>
  feature: Record<'label' | 'title' | 'text', string>
  video: Record<'title' | 'text', string>
  second: Record<'label' | 'title' | 'text', string>
  points: Record<'title' | 'point1' | 'text1' | 'point2' | 'text2' | 'point3' | 'text3', string>
  gallery: Record<'title', string>
  testimonial: Record<'quote' | 'person' | 'role', string>
  offer: Record<'title' | 'oldPrice' | 'price' | 'note' | 'badge', string>
  outro: Record<'title' | 'button' | 'link', string>
}
