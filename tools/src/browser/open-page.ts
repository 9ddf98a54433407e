import { launchChromium } from './launch-chromium.ts'
import type { PageGlobals, PagePainting, PageStory } from './page/page-contract.ts'

/** Our page in a Chromium, called from Node. */
export interface OpenedPage {
  readonly version: string
  compile(story: PageStory): Promise<string[]>
  readPiece(piece: number): Promise<string>
  paint(painting: PagePainting): Promise<Buffer[]>
  close(): Promise<void>
}

/** Opens the page in a new Chromium. It may fetch from the page's own origin and from nowhere else. */
export async function openPage(origin: string): Promise<OpenedPage> {
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(String(error)))
    await page.route('**', (route) =>
      route.request().url().startsWith(origin) ? route.continue() : route.abort(),
    )
    await page.goto(`${origin}index.html`)
    await page
      .waitForFunction(() => (globalThis as unknown as PageGlobals).flatrender !== undefined)
      .catch((error: unknown) => {
        throw new AggregateError([error, ...faults], `the page did not start: ${faults.join('; ')}`)
      })
    return {
      version: browser.version(),
      compile: (story) =>
        page.evaluate((given) => (globalThis as unknown as PageGlobals).flatrender!.compile(given), story),
      readPiece: (piece) =>
        page.evaluate((given) => (globalThis as unknown as PageGlobals).flatrender!.readPiece(given), piece),
      async paint(painting) {
        const pictures = await page.evaluate(
          (given) => (globalThis as unknown as PageGlobals).flatrender!.paint(given),
          painting,
        )
        return pictures.map((pixels) => Buffer.from(pixels, 'base64'))
      },
      close: () => browser.close(),
    }
  } catch (error) {
    await browser.close()
    throw error
  }
}
