import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { streamZip } from './stream-zip.ts'
import { layOutZip, ZIP_LIMITS } from './zip-layout.ts'

const AT = new Date('2026-05-04T09:30:10Z')

interface Given {
  readonly name: string
  readonly content: Uint8Array
}

const describe = ({ name, content }: Given) => ({ name, bytes: content.length, modifiedAt: AT, content })
/** Two pieces of each, as a storage gives it. */
async function* open({ content }: { content: Uint8Array }) {
  yield content.subarray(0, 3)
  yield content.subarray(3)
}
const write = (given: readonly Given[], limits = ZIP_LIMITS) => {
  const layout = layOutZip(given.map(describe), limits)
  return { layout, zip: streamZip(layout, async (file) => open(file), limits) }
}

const names = fc.uniqueArray(fc.stringMatching(/^[a-zA-Zآ-ی0-9 ]{1,20}$/), { maxLength: 8 })
const given = names.chain((all) =>
  fc.tuple(...all.map((name) => fc.uint8Array({ maxLength: 40 }).map((content) => ({ name, content })))),
)

test('what is put in comes out, and the ZIP is as long as was said, of the old format and of ZIP64', async () => {
  const limits = fc.constantFrom(ZIP_LIMITS, { bytes: 20, files: 0xffff }, { bytes: 0xffffffff, files: 3 })
  await fc.assert(
    fc.asyncProperty(given, limits, async (files, most) => {
      const { layout, zip } = write(files, most)
      const bytes = Buffer.concat(await Array.fromAsync(zip))
      assert.equal(bytes.length, layout.bytes)
      const found = Object.entries(unzipSync(bytes)).map(([name, content]) => [name, Buffer.from(content)])
      assert.deepEqual(
        Object.fromEntries(found),
        Object.fromEntries(files.map(({ name, content }) => [name, Buffer.from(content)])),
      )
    }),
    { numRuns: 60 },
  )
})

/** Another program's word for what is in a ZIP: names, hashes and times; reading checks every sum. */
const READ = `import hashlib, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as file:
    print(json.dumps([[one.filename, hashlib.sha256(file.read(one)).hexdigest(), one.date_time] for one in file.infolist()[int(sys.argv[2]):]]))`
const hasPython = (() => {
  try {
    return execFileSync('python3', ['--version']).length > 0
  } catch {
    return false
  }
})()

async function readByPython(given: readonly Given[], { limits = ZIP_LIMITS, from = 0 } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'flatrender-zip-'))
  try {
    const file = path.join(folder, 'a.zip')
    await writeFile(file, Buffer.concat(await Array.fromAsync(write(given, limits).zip)))
    const { stdout } = await promisify(execFile)('python3', ['-c', READ, file, `${from}`])
    return JSON.parse(stdout) as [string, string, number[]][]
  } finally {
    await rm(folder, { recursive: true })
  }
}
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')

test('another program reads it, with Persian names', {
  skip: !hasPython && 'there is no python3',
}, async () => {
  const files = [
    { name: 'فیلم نهایی.mp4', content: Buffer.from('a video') },
    { name: 'می‌خواهم (2).mp4', content: Buffer.alloc(70_000, 7) },
  ]
  for (const limits of [ZIP_LIMITS, { bytes: 10, files: 2 }])
    assert.deepEqual(
      await readByPython(files, { limits }),
      files.map(({ name, content }) => [name, sha256(content), [2026, 5, 4, 9, 30, 10]]),
    )
})

test('it holds more files than the old format can', {
  skip: !hasPython && 'there is no python3',
}, async () => {
  const files = Array.from({ length: 66_000 }, (_, index) => ({
    name: `${index}`,
    content: Buffer.of(index % 251),
  }))
  const found = await readByPython(files, { from: 65_990 })
  assert.deepEqual(
    found.map(([name]) => name),
    files.slice(65_990).map(({ name }) => name),
  )
  assert.equal(found.at(-1)?.[1], sha256(files.at(-1)!.content))
})

test('a file beyond 4 GB moves to ZIP64, and those behind it', () => {
  const huge = { name: 'a', bytes: 5 * 2 ** 30, modifiedAt: AT }
  const { files, directory, bytes } = layOutZip([huge, { ...huge, name: 'b', bytes: 1 }])
  assert.deepEqual(
    files.map(({ large }) => large),
    [true, false],
  )
  assert.equal(files[1]?.offset, 30 + 1 + 20 + huge.bytes + 24)
  assert.ok(bytes > directory)
})

test('a file that is not as long as it was said to be ends the ZIP before its end', async () => {
  const layout = layOutZip([{ name: 'a', bytes: 5, modifiedAt: AT, content: Buffer.from('four') }])
  await assert.rejects(
    Array.fromAsync(streamZip(layout, async (file) => open(file))),
    /“a” has 4 bytes, and 5 were announced/,
  )
})
