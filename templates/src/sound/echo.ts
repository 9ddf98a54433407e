import { SAMPLE_RATE, type Track } from './track.ts'

/**
 * A ping-pong echo in place. With `loop`, it runs once beforehand, so that the beginning carries what still
 * sounds from the end.
 */
export function addEcho(
  { left, right }: Track,
  seconds: number,
  feedback: number,
  mix: number,
  loop: boolean,
): void {
  const delay = Math.round(seconds * SAMPLE_RATE)
  const lineLeft = new Float64Array(delay)
  const lineRight = new Float64Array(delay)
  let [softLeft, softRight] = [0, 0]
  for (let pass = loop ? 0 : 1; pass < 2; pass++)
    for (let index = 0; index < left.length; index++) {
      const at = index % delay
      const [wetLeft, wetRight] = [lineLeft[at]!, lineRight[at]!]
      softLeft += (wetLeft - softLeft) * 0.35
      softRight += (wetRight - softRight) * 0.35
      lineLeft[at] = left[index]! + softRight * feedback
      lineRight[at] = right[index]! * 0.6 + softLeft * feedback
      if (pass === 1) {
        left[index]! += softLeft * mix
        right[index]! += softRight * mix
      }
    }
}
