import { createFinding } from '@flatrender/engine-scene'
import type { Console } from '../console.ts'
import { formatFinding } from './format-finding.ts'

/** Says which pictures of a plain animation are not beside it. */
export function noteMissing(
  missing: readonly string[],
  location: string,
  console: Console,
  json: boolean,
): void {
  for (const picture of missing) {
    const finding = createFinding('LOTTIE_PICTURE_MISSING', 'warning', { picture, file: location })
    if (json) console.print(JSON.stringify({ type: 'finding', ...finding }))
    else console.note(formatFinding(finding))
  }
}
