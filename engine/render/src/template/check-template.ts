import path from 'node:path'
import { parseRational, toNumber } from '@flatrender/contracts/engine'
import { FlatRenderError, isFlatRenderError } from '@flatrender/contracts/errors'
import type { Manifest, ManifestScene } from '@flatrender/contracts/template'
import { openTemplateFonts } from '@flatrender/engine-fonts'
import {
  checkBindings,
  checkLanguages,
  checkLottie,
  createFinding,
  type Finding,
  openParts,
  type PackageFiles,
  readLottie,
  type TemplatePackage,
} from '@flatrender/engine-scene'
import { probePackaged } from '../media/probe-packaged.ts'
import { openRequest, type StoryRequest } from '../prepare/open-request.ts'
import type { Workshop } from '../workspace/workshop.ts'

/** Everything about a template that its designer should know, errors first. Nothing is painted. */
export async function checkTemplate(template: TemplatePackage, workshop: Workshop): Promise<Finding[]> {
  const { manifest, files } = template
  const findings: Finding[] = []
  for (const scene of manifest.scenes) {
    try {
      findings.push(...checkScene(manifest, scene, files))
    } catch (error) {
      findings.push(...describeFailure(error))
    }
  }
  findings.push(...(await checkPictures(manifest, files, workshop)))
  const fonts = await openTemplateFonts(template)
  findings.push(...checkLanguages(manifest.languages, fonts))
  findings.push(...(await checkStories(template, workshop)))
  const unique = new Map(findings.map((finding) => [finding.message, finding]))
  return [...unique.values()].sort((a, b) => RANK[a.severity] - RANK[b.severity])
}

const RANK = { error: 0, warning: 1 } as const

function checkScene(manifest: Manifest, scene: ManifestScene, files: PackageFiles): Finding[] {
  return Object.entries(scene.animations).flatMap(([format, file]) => {
    const lottie = readLottie(files.get(file)!, file)
    const findings = [...checkLottie(lottie, file), ...checkBindings(manifest, scene, lottie, file)]
    const wanted = toNumber(parseRational(manifest.fps)!)
    if (Math.abs(lottie.fr - wanted) > 0.01)
      findings.push(createFinding('FRAME_RATE_WRONG', 'error', { file, rate: lottie.fr, wanted }))
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
  workshop: Workshop,
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
      const { width, height } = await probePackaged(path, files, workshop)
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

/** Compiles every preset and every sample in every format, and says what of it fails or doesn't fit. */
async function checkStories(template: TemplatePackage, workshop: Workshop): Promise<Finding[]> {
  const { presets, samples, formats } = template.manifest
  const stories: { modifications: () => unknown; mediaFolder: string }[] = [
    ...presets.map(({ id }) => ({ modifications: () => ({ preset: id }), mediaFolder: 'package:' })),
    ...Object.values(samples).map((file) => ({
      modifications: () => readSample(template, file),
      mediaFolder: `package:${path.posix.dirname(file)}`,
    })),
  ]
  const findings: Finding[] = []
  for (const { modifications, mediaFolder } of stories) {
    for (const format of Object.keys(formats)) {
      try {
        const request = { template, modifications: modifications(), mediaFolder, format }
        findings.push(...(await checkTexts(request, workshop)))
      } catch (error) {
        findings.push(...describeFailure(error))
      }
    }
  }
  return findings
}

function readSample({ files }: TemplatePackage, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(files.get(file)))
  } catch (error) {
    throw new FlatRenderError('DATA_UNREADABLE', { file, reason: (error as Error).message })
  }
}

/** Findings of texts that a template may be meant to have. */
const BEARABLE: ReadonlySet<string> = new Set(['TEXT_SHRUNK', 'FONT_NOT_IN_TEMPLATE'])

async function checkTexts(request: StoryRequest, workshop: Workshop): Promise<Finding[]> {
  const { parts } = await openRequest(request, workshop)
  const opened = openParts(parts)
  const texts = opened.timeline.scenes.flatMap((_, scene) => opened.textsOf(scene))
  return texts.flatMap(({ scene, layer, findings }) =>
    findings.map(({ code, data }) =>
      createFinding(code, BEARABLE.has(code) ? 'warning' : 'error', {
        ...data,
        layer: `${scene} (${parts.format}) ${layer}`,
      }),
    ),
  )
}

function describeFailure(error: unknown): Finding[] {
  const failures: unknown[] = error instanceof AggregateError ? error.errors : [error]
  return failures.map((failure) => {
    if (!isFlatRenderError(failure)) throw failure
    return createFinding(failure.code, 'error', failure.data)
  })
}
