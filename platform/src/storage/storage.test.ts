import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openStorage } from './open-storage.ts'
import type { GetOptions, Storage } from './storage.ts'
import { openTestStorage, type TestStorage } from './testbed/open-both.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const PROCESS = fileURLToPath(new URL('testbed/put-for-ever.ts', import.meta.url))

// What every kind of storage promises, proven on each alike.
for (const kind of ['disk', 's3'] as const)
  describe(kind, () => {
    let bed: TestStorage
    let storage: Storage
    before(async () => {
      bed = await openTestStorage(kind)
      storage = bed.storage
    })
    after(() => bed?.close())

    const read = async (key: string, options?: GetOptions) => {
      const { stream, ...told } = await storage.get(key, options)
      return { ...told, content: await buffer(stream) }
    }
    const keys = async (prefix?: string) =>
      (await Array.fromAsync(storage.list(prefix))).map(({ key }) => key)

    test('what is put is got: bytes, type, size, sum and time', async () => {
      const put = await storage.put('a/one.txt', Buffer.from('hello'), { contentType: 'text/plain' })
      const { content, ...got } = await read('a/one.txt')
      assert.equal(content.toString(), 'hello')
      assert.deepEqual([got.bytes, got.contentType, got.range], [5, 'text/plain', null])
      assert.equal(got.etag, put.etag)
      assert.equal(put.sha256, sha256(Buffer.from('hello')))
      assert.ok(Math.abs(got.modifiedAt.getTime() - Date.now()) < 60_000)
      assert.deepEqual({ ...(await storage.head('a/one.txt')), range: null }, got)
    })

    test('what is not there is said so by get, and is undefined for head', async () => {
      await assert.rejects(storage.get('none'), { code: 'STORED_FILE_MISSING' })
      assert.equal(await storage.head('none'), undefined)
      await assert.rejects(storage.copy('none', 'other'), { code: 'STORED_FILE_MISSING' })
    })

    test('a stream of unknown length arrives whole, also in several parts, and so does nothing at all', async () => {
      const parts = Array.from({ length: 21 }, () => randomBytes(1_000_003))
      const whole = Buffer.concat(parts)
      const put = await storage.put(
        'big',
        (async function* () {
          yield* parts
        })(),
      )
      assert.deepEqual([put.bytes, put.sha256], [whole.length, sha256(whole)])
      assert.equal(sha256((await read('big')).content), sha256(whole))
      const tail = await read('big', { range: { from: 20_000_000 } })
      assert.ok(tail.content.equals(whole.subarray(20_000_000)))
      await storage.put('empty', (async function* () {})())
      assert.deepEqual([(await read('empty')).content.length, (await read('empty')).bytes], [0, 0])
    })

    test('ranges are those of RFC 9110', async () => {
      await storage.put('range', Buffer.from('0123456789'))
      const cases = [
        [{ from: 0, to: 0 }, '0'],
        [{ from: 2, to: 4 }, '234'],
        [{ from: 7 }, '789'],
        [{ from: 8, to: 500 }, '89'],
        [{ last: 3 }, '789'],
        [{ last: 50 }, '0123456789'],
      ] as const
      for (const [range, wanted] of cases) {
        const got = await read('range', { range })
        assert.equal(got.content.toString(), wanted)
        assert.equal(got.bytes, 10)
        assert.equal(got.range!.to - got.range!.from + 1, wanted.length)
      }
      for (const range of [{ from: 10 }, { from: 11, to: 12 }, { last: 0 }])
        await assert.rejects(storage.get('range', { range }), {
          code: 'STORED_RANGE_INVALID',
          data: { key: 'range', bytes: 10 },
        })
      await storage.put('nothing', Buffer.alloc(0))
      await assert.rejects(storage.get('nothing', { range: { from: 0 } }), { code: 'STORED_RANGE_INVALID' })
    })

    test('keys may hold Persian letters, spaces, signs and dots', async () => {
      const names = [
        'پوشه/فیلم نهایی ۱.mp4',
        'a b/c+d&e=f?.txt',
        'Ünï/ç#%41.txt',
        '.hidden/..name',
        'x/y',
        'X/y',
        'x',
      ]
      for (const name of names) await storage.put(`names/${name}`, Buffer.from(name))
      for (const name of names) assert.equal((await read(`names/${name}`)).content.toString(), name)
      assert.deepEqual((await keys('names/')).toSorted(), names.map((name) => `names/${name}`).toSorted())
      const copied = await storage.copy('names/پوشه/فیلم نهایی ۱.mp4', 'names/روی دیگر')
      assert.equal(copied.bytes, Buffer.byteLength(names[0]!))
      assert.equal((await read('names/روی دیگر')).content.toString(), names[0])
    })

    test('keys that lead elsewhere, or are no text, are refused by everything', async () => {
      const wrong = [
        '',
        '/a',
        '../a',
        'a/../b',
        'a/..',
        './a',
        'a//b',
        'a/',
        'a\\b',
        'a\0',
        'a\nb',
        '\ud800',
        'e\u0301',
        'x'.repeat(201),
        'xx/'.repeat(300),
      ]
      for (const key of wrong) {
        const refused = { code: 'STORAGE_KEY_INVALID' }
        await assert.rejects(storage.put(key, Buffer.from('')), refused, JSON.stringify(key))
        await assert.rejects(async () => storage.get(key), refused)
        await assert.rejects(storage.head(key), refused)
        await assert.rejects(storage.copy('range', key), refused)
        await assert.rejects(storage.delete(key), refused)
        await assert.rejects(storage.sign(key, { expiresIn: 60, method: 'get' }), refused)
      }
    })

    test('a prefix is the beginning of keys, whether it ends a part or not', async () => {
      for (const key of ['list/a/1', 'list/a/2', 'list/ab', 'list/b'])
        await storage.put(key, Buffer.from('12'))
      assert.deepEqual((await keys('list/a')).toSorted(), ['list/a/1', 'list/a/2', 'list/ab'])
      assert.deepEqual((await keys('list/a/')).toSorted(), ['list/a/1', 'list/a/2'])
      assert.deepEqual(await keys('list/c'), [])
      assert.deepEqual(await keys('../'), [])
      assert.deepEqual(await Array.fromAsync(storage.list('list/b')), [{ key: 'list/b', bytes: 2 }])
    })

    test('what is moved is there under its new key alone, replaces what was there, and is moved once', async () => {
      const put = await storage.put('moved/از', Buffer.from('new'), { contentType: 'text/plain' })
      await storage.put('moved/to/deep', Buffer.from('old'))
      await storage.move('moved/از', 'moved/to/deep', (await storage.head('moved/از'))!.etag)
      const { content, contentType } = await read('moved/to/deep')
      assert.deepEqual([content.toString(), contentType], ['new', 'text/plain'])
      assert.equal((await storage.head('moved/to/deep'))?.etag, put.etag)
      assert.deepEqual(await keys('moved/'), ['moved/to/deep'])
      await assert.rejects(storage.move('moved/از', 'moved/to/deep'), { code: 'STORED_FILE_MISSING' })
    })

    // S3 promises it; the server of these tests takes no notice.
    test('what is another by now is not moved', { skip: kind === 's3' }, async () => {
      const { etag } = await storage.put('moving', Buffer.from('seen'))
      await storage.put('moving', Buffer.from('changed'))
      await assert.rejects(storage.move('moving', 'there', etag), { code: 'STORED_FILE_DIFFERS' })
      assert.equal(await storage.head('there'), undefined)
    })

    test('deleting twice is deleting', async () => {
      await storage.put('gone/deep/file', Buffer.from('x'))
      await storage.delete('gone/deep/file')
      await storage.delete('gone/deep/file')
      assert.equal(await storage.head('gone/deep/file'), undefined)
      assert.deepEqual(await keys('gone'), [])
    })

    test('what is not as announced, fails on its way, or is cancelled, is not stored', async () => {
      const before = await storage.put('kept', Buffer.from('before'))
      const wrong = [{ sha256: sha256(Buffer.from('other')) }, { bytes: 4 }, { bytes: 6 }]
      for (const options of wrong)
        for (const key of ['kept', 'new'])
          await assert.rejects(storage.put(key, Buffer.from('after'), options), {
            code: 'STORED_FILE_DIFFERS',
          })
      const broken = async function* (megabytes: number) {
        for (let sent = 0; sent < megabytes; sent++) yield randomBytes(1_000_000)
        throw Object.assign(new Error('the client left'), { code: 'ECONNRESET' })
      }
      for (const megabytes of [1, 20])
        for (const key of ['kept', 'new'])
          await assert.rejects(storage.put(key, broken(megabytes)), { message: 'the client left' })
      const stop = new AbortController()
      const endless = async function* () {
        for (let sent = 0; ; sent++) {
          if (sent === 20) stop.abort(new Error('cancelled'))
          yield randomBytes(1_000_000)
        }
      }
      await assert.rejects(storage.put('kept', endless(), { signal: stop.signal }), { message: 'cancelled' })
      await assert.rejects(storage.put('new', Buffer.from('x'), { signal: stop.signal }), {
        message: 'cancelled',
      })
      assert.equal((await read('kept')).content.toString(), 'before')
      assert.equal((await storage.head('kept'))?.etag, before.etag)
      assert.equal(await storage.head('new'), undefined)
      const right = { sha256: sha256(Buffer.from('after')), bytes: 5 }
      assert.equal((await storage.put('kept', Buffer.from('after'), right)).bytes, 5)
      assert.equal((await storage.head('kept'))?.sha256, right.sha256)
    })

    test('a process that is killed while it stores leaves no file', async () => {
      const child = spawn(
        process.execPath,
        [PROCESS, JSON.stringify({ settings: bed.settings, home: bed.home })],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      )
      await once(child.stdout, 'data')
      child.kill('SIGKILL')
      await once(child, 'exit')
      assert.equal(await storage.head('half'), undefined)
      assert.deepEqual(await keys('half'), [])
      const again = await openStorage(bed)
      await again.put('half', Buffer.from('whole'))
      await again.close()
      assert.equal((await read('half')).content.toString(), 'whole')
    })

    // S3 promises it; the server of these tests writes into one file from all sides.
    test('who stores at once under one key leaves one of them, whole', { skip: kind === 's3' }, async () => {
      const bodies = Array.from({ length: 8 }, (_, index) => Buffer.alloc(200_000 + index, 65 + index))
      await Promise.all(bodies.map((body) => storage.put('race', body)))
      const { content } = await read('race')
      assert.ok(bodies.some((body) => body.equals(content)))
    })

    test('it can be asked whether it takes files', async () => {
      await storage.check()
      assert.deepEqual(
        (await keys()).filter((key) => key.includes('check')),
        [],
      )
    })
  })
