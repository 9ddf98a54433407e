import { execFile } from 'node:child_process'
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'

/** A Chromium's folder: the program, and the shared libraries that a bare Debian lacks (NSS, NSPR, expat). */
export interface UnpackedChromium {
  readonly program: string
  readonly libraries: string
  readonly fonts: string
}

/** Makes the package believe that it is on Lambda: only there it lays out its shared libraries too. */
const LAMBDA = 'AWS_Lambda_nodejs24.x'
const UNPACK = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())"

/** Is there a Chromium for this machine in the package? */
export const isChromiumPacked = process.platform === 'linux' && process.arch === 'x64'

/** Unpacks the Chromium of @sparticuz/chromium once for each of its versions, beside the installed packages. */
export async function unpackChromium(): Promise<UnpackedChromium> {
  const require = createRequire(import.meta.url)
  const packed = path.join(require.resolve('@sparticuz/chromium'), '../..')
  const { version } = require(path.join(packed, 'package.json')) as { version: string }
  const cache = path.join(packed, '../../.cache/flatrender')
  const folder = path.join(cache, `chromium-${version}`)
  if (!(await exists(folder))) await unpackInto(folder, cache)
  return {
    program: path.join(folder, 'chromium'),
    libraries: path.join(folder, 'al2023', 'lib'),
    fonts: path.join(folder, 'fonts'),
  }
}

/** In a process of its own, since the package unpacks to the process's temporary folder and to nowhere else. */
async function unpackInto(folder: string, cache: string): Promise<void> {
  await mkdir(cache, { recursive: true })
  const scratch = await mkdtemp(path.join(cache, 'unpacking-'))
  try {
    const env = { ...process.env, TMPDIR: scratch, AWS_EXECUTION_ENV: LAMBDA }
    await promisify(execFile)(process.execPath, ['-e', UNPACK], { cwd: import.meta.dirname, env })
    await rename(scratch, folder).catch(async (error: unknown) => {
      // Another process may have been first.
      if (!(await exists(folder))) throw error
    })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
