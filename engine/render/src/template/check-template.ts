import { isFlatRenderError } from '@flatrender/contracts/errors'
import type { Manifest, ManifestScene } from '@flatrender/contracts/template'
import {
  checkBindings,
  checkLanguages,
  checkLottie,
  createFinding,
  type Finding,
  type PackageFiles,
  readLottie,
  type TemplatePackage,
} from '@flatrender/engine-scene'
import { probePackaged } from '../media/probe-packaged.ts'
import { openTemplateFonts } from '../prepare/open-fonts.ts'
import { openRequest } from '../prepare/open-request.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** Everything about a template that its designer should know, errors first. Nothing is painted. */
export async function checkTemplate(template: TemplatePackage, workspace: Workspace): Promise<Finding[]> {
  const { manifest, files } = template
  const findings: Finding[] = []
  for (const scene of manifest.scenes) findings.push(...checkScene(manifest, scene, files))
  findings.push(...(await checkPictures(manifest, files, workspace)))
  const fonts = await openTemplateFonts(template)
  findings.push(...checkLanguages(manifest.languages, fonts))
  findings.push(...(await checkStories(template, workspace)))
  const unique = new Map(findings.map((finding) => [finding.message, finding]))
  return [...unique.values()].sort((a, b) => RANK[a.severity] - RANK[b.severity])
}

const RANK = { error: 0, warning: 1 } as const

function checkScene(manifest: Manifest, scene: ManifestScene, files: PackageFiles): Finding[] {
  return Object.entries(scene.animations).flatMap(([format, file]) => {
    const lottie = readLottie(files.get(file)!, file)
    const findings = [...checkLottie(lottie, file), ...checkBindings(manifest, scene, lottie, file)]
    const size = manifest.formats[format]
    if (size !== undefined && (size.width !== lottie.w || size.height !== lottie.h)) {
      const data = {
        file,
        width: lottie.w,
        height: lottie.h,
        format,
        wantedWidth: size.width,
        wantedHeight: size.height,
      }
      findings.push(createFinding('FORMAT_SIZE_WRONG', 'error', data))
    }
    return findings
  })
}

/** More than this times the largest format's side is waste. */
const OVERSIZE = 2

async function checkPictures(
  manifest: Manifest,
  files: PackageFiles,
  workspace: Workspace,
): Promise<Finding[]> {
  const sides = Object.entries(manifest.formats).map(([format, { width, height }]) => ({
    format,
    side: Math.max(width, height),
  }))
  const largest = sides.sort((a, b) => b.side - a.side)[0]!
  const findings: Finding[] = []
  for (const path of files.keys()) {
    if (!path.startsWith('i/')) continue
    try {
      const { width, height } = await probePackaged(path, files, workspace)
      if (Math.max(width, height) <= largest.side * OVERSIZE) continue
      findings.push(
        createFinding('PICTURE_OVERSIZED', 'warning', { path, width, height, format: largest.format }),
      )
    } catch (error) {
      if (!isFlatRenderError(error)) throw error
      findings.push(createFinding(error.code, 'error', { ...error.data, file: path }))
    }
  }
  return findings
}

/** Compiles every preset in every format, and says what of it fails or doesn't fit. */
async function checkStories(template: TemplatePackage, workspace: Workspace): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const preset of template.manifest.presets) {
    for (const format of Object.keys(template.manifest.formats)) {
      try {
        const request = { template, modifications: { preset: preset.id }, mediaFolder: '/', format }
        const { opened } = await openRequest(request, workspace)
        for (const [scene] of opened.timeline.scenes.entries()) {
          for (const text of opened.textsOf(scene)) {
            findings.push(
              ...text.findings.map(({ code, data }) =>
                createFinding(code, code === 'TEXT_SHRUNK' ? 'warning' : 'error', {
                  ...data,
                  layer: `${text.scene} (${format}) ${text.layer}`,
                }),
              ),
            )
          }
        }
      } catch (error) {
        const failures: unknown[] = error instanceof AggregateError ? error.errors : [error]
        for (const failure of failures) {
          if (!isFlatRenderError(failure)) throw failure
          findings.push(createFinding(failure.code, 'error', failure.data))
        }
      }
    }
  }
  return findings
}
