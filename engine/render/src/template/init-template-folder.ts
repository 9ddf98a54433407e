import { access, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { FlatRenderError } from '@flatrender/contracts/errors'
import type { Manifest } from '@flatrender/contracts/template'
import { initManifest } from '@flatrender/engine-scene'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { readLottieFile } from '../prepare/load-lottie.ts'

/**
 * Writes a template folder for a plain Lottie file: manifests, the animation with its slots, the pictures beside it.
 * A manifest that is there already may hold a person's work and stays unless `replace`.
 * Errors: TEMPLATE_NOT_FOUND, LOTTIE_INVALID, OUTPUT_UNWRITABLE.
 */
export async function initTemplateFolder(
  file: string,
  folder: string,
  replace: boolean,
): Promise<{ manifest: Manifest; missing: string[] }> {
  if (!replace && (await isThere(path.join(folder, 'flatrender.json')))) {
    const reason = 'a template lies there already; --force replaces it'
    throw new FlatRenderError('OUTPUT_UNWRITABLE', { file: folder, reason })
  }
  const { lottie, files } = await readLottieFile(file)
  const name = path.basename(file, path.extname(file))
  const draft = initManifest(lottie, name)
  const missing: string[] = []
  await mkdir(path.join(folder, 'a'), { recursive: true }).catch((cause: unknown) => {
    throw new FlatRenderError(
      'OUTPUT_UNWRITABLE',
      { file: folder, reason: 'no folder can be made there' },
      { cause },
    )
  })
  for (const asset of draft.lottie.assets ?? []) {
    if (asset.p === undefined || asset.p.startsWith('data:')) continue
    const bytes =
      files.get(`${asset.u ?? ''}${asset.p}`) ?? files.get(`i/${asset.p}`) ?? files.get(`images/${asset.p}`)
    if (bytes === undefined) {
      missing.push(asset.p)
      continue
    }
    const picture = path.posix.basename(asset.p)
    await mkdir(path.join(folder, 'i'), { recursive: true })
    await writeFileAtomically(path.join(folder, 'i', picture), bytes)
    Object.assign(asset, { u: '', p: picture, e: 0 })
  }
  const dotLottie = { version: '2', generator: 'FlatRender', animations: [{ id: draft.manifest.id }] }
  await writeFileAtomically(path.join(folder, draft.animation), JSON.stringify(draft.lottie))
  await writeFileAtomically(path.join(folder, 'manifest.json'), `${JSON.stringify(dotLottie, null, 2)}\n`)
  await writeFileAtomically(
    path.join(folder, 'flatrender.json'),
    `${JSON.stringify(draft.manifest, null, 2)}\n`,
  )
  return { manifest: draft.manifest, missing }
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
