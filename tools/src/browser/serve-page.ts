import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { loadFallbacks, readFont } from '@flatrender/engine-fonts'
import {
  type FallbackRequest,
  type FontSource,
  packTemplate,
  type TemplatePackage,
} from '@flatrender/engine-scene'
import { pageHtml } from './bundle-page.ts'
import type { FontEntry } from './page/page-contract.ts'
import { type Answer, type AnswerServer, serveAnswers } from './serve-answers.ts'

/** What the page may ask for. */
export interface PageFiles {
  /** Where the bundle lies. */
  readonly bundle: string
  /** Where pictures lie, as compiled scenes name them. */
  readonly pictures: string
  readonly templates: ReadonlyMap<string, TemplatePackage>
}

/** Serves the page: the bundle, templates as archives, unpacked fonts, pictures. */
export async function servePage({ bundle, pictures, templates }: PageFiles): Promise<AnswerServer> {
  const fonts = new Map<string, Uint8Array>()
  const describe = ({ bytes, ...entry }: FontSource): FontEntry => {
    fonts.set(entry.hash, bytes)
    return entry
  }
  const routes: Readonly<Record<string, (rest: string[], body: string) => ReturnType<Answer>>> = {
    'index.html': async () => pageHtml,
    templates: async ([name = '', file]) => {
      const template = templates.get(name)
      if (template === undefined) return undefined
      if (file === 'archive.lottie') return packTemplate(template.files)
      return JSON.stringify((await readTemplateFonts(template)).map(describe))
    },
    'fallbacks.json': async (_, body) =>
      JSON.stringify((await loadFallbacks(JSON.parse(body) as FallbackRequest[])).map(describe)),
    fonts: async ([hash = '']) => fonts.get(hash),
    pictures: ([name = '']) => readIfThere(path.join(pictures, path.basename(name))),
  }
  return serveAnswers(async (name, body) => {
    const [first = '', ...rest] = name.split('/')
    return routes[first]?.(rest, body) ?? readIfThere(path.join(bundle, path.basename(first)))
  })
}

function readTemplateFonts({ manifest, files }: TemplatePackage): Promise<FontSource[]> {
  return Promise.all(
    manifest.fonts.map(({ family, weight, italic, file }) =>
      readFont(files.get(file)!, file, { family, style: italic ? 'italic' : 'normal', weight }),
    ),
  )
}

function readIfThere(file: string): Promise<Uint8Array | undefined> {
  return readFile(file).catch(() => undefined)
}
