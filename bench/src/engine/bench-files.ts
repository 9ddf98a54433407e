import { createRequire } from 'node:module'
import path from 'node:path'

/** Animations of the lottie-web package that renderers are compared on. */
export const lottieNames = ['bm_ronda', 'bacon', 'dalek', 'monster'] as const

/** Where one of them lies. */
export function lottiePath(name: string): string {
  const door = createRequire(import.meta.url).resolve('lottie-web/package.json')
  return path.join(path.dirname(door), 'test', 'animations', `${name}.json`)
}

/** The root of this repository. */
export const root = path.resolve(import.meta.dirname, '../../..')
