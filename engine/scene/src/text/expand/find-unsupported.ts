import type { TextData } from '../../lottie/lottie-json.ts'
import type { TextFinding } from './text-expansion.ts'

/** Properties of animators that are painted; of the others, those that change nothing need no mention. */
const painted = new Set(['p', 's', 'r', 'rz', 'o', 'a', 'fc', 'sc', 'fo', 'so', 't', 'ls'])
const names: Readonly<Record<string, string>> = {
  bl: 'blur',
  sk: 'skew',
  sa: 'skew axis',
  rx: 'rotation about x',
  ry: 'rotation about y',
  sw: 'stroke width',
  fh: 'fill hue',
  fs: 'fill saturation',
  fb: 'fill brightness',
  sh: 'stroke hue',
  ss: 'stroke saturation',
  sb: 'stroke brightness',
}

/** What a text layer asks for that is not painted, each once. */
export function findUnsupported(text: TextData, layer: string): TextFinding[] {
  const findings: TextFinding[] = []
  const properties = new Set<string>()
  for (const animator of text.a ?? []) {
    for (const [name, property] of Object.entries(animator.a ?? {})) {
      const known = painted.has(name) || !(name in names)
      if (!known && !isNothing(property.k)) properties.add(names[name] as string)
    }
    if ((animator.s?.t ?? 0) !== 0) {
      findings.push({ code: 'TEXT_SELECTOR_UNSUPPORTED', data: { layer, selector: 'expression' } })
    }
    if (animator.s?.rn === 1) {
      findings.push({ code: 'TEXT_SELECTOR_UNSUPPORTED', data: { layer, selector: 'random order' } })
    }
  }
  for (const property of properties)
    findings.push({ code: 'TEXT_ANIMATOR_UNSUPPORTED', data: { layer, property } })
  if (text.p?.m !== undefined) findings.push({ code: 'TEXT_PATH_UNSUPPORTED', data: { layer } })
  return findings
}

function isNothing(value: unknown): boolean {
  return value === 0 || (Array.isArray(value) && value.every((part) => part === 0))
}
