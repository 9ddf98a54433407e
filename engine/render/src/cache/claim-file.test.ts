import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { claimFile } from './claim-file.ts'

let folder = ''
let deadPid = 0
const claimants: ChildProcess[] = []
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flatrender-claims-'))
  const child = fork(fileURLToPath(new URL('../testbed/claimant.ts', import.meta.url)))
  deadPid = child.pid ?? 0
  child.kill('SIGKILL')
  await once(child, 'exit')
})
after(async () => {
  for (const child of claimants) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

test('one at a time has a claim; given back, the next can have it', async () => {
  const file = path.join(folder, 'one')
  const first = await claimFile(file)
  assert.ok(first)
  assert.equal(await claimFile(file), undefined)
  await first.release()
  const second = await claimFile(file)
  assert.ok(second)
  await second.release()
  assert.deepEqual(await readdir(folder), [])
})

test('the claim of a dead process is taken over, also one that died taking over', async () => {
  const file = path.join(folder, 'dead')
  await writeFile(file, `${deadPid} x`)
  await writeFile(`${file}.heir`, `${deadPid} y`)
  const claim = await claimFile(file)
  assert.ok(claim)
  await claim.release()
  assert.deepEqual(await readdir(folder), [])
})

test('a claim that nobody renewed for a minute is taken over, and its old owner cannot give it back', async () => {
  const file = path.join(folder, 'silent')
  const old = await claimFile(file)
  assert.ok(old)
  const past = new Date(Date.now() - 61_000)
  await utimes(file, past, past)
  const young = await claimFile(file)
  assert.ok(young)
  await old.release()
  assert.ok((await stat(file)).isFile())
  assert.equal(await claimFile(file), undefined)
  await young.release()
})

test('an empty claim is being written; a moment later it is abandoned', async () => {
  const file = path.join(folder, 'empty')
  await writeFile(file, '')
  assert.equal(await claimFile(file), undefined)
  const past = new Date(Date.now() - 6_000)
  await utimes(file, past, past)
  const claim = await claimFile(file)
  assert.ok(claim)
  await claim.release()
})

test('of many processes that meet an abandoned claim at once, one gets it', async () => {
  const script = fileURLToPath(new URL('../testbed/claimant.ts', import.meta.url))
  for (let i = 0; i < 4; i++) claimants.push(fork(script))
  await Promise.all(claimants.map((child) => once(child, 'message')))
  for (let round = 0; round < 60; round++) {
    const file = path.join(folder, `race-${round}`)
    await writeFile(file, `${deadPid} x`)
    const answers = await Promise.all(
      claimants.map((child) => {
        const answer = once(child, 'message')
        child.send(file)
        return answer
      }),
    )
    const winners = answers.filter(([won]) => won === true).length
    assert.ok(winners <= 1, `round ${round}: ${winners} have it`)
  }
  const won = await Promise.all((await readdir(folder)).map((name) => stat(path.join(folder, name))))
  assert.ok(won.length >= 55, 'somebody nearly always gets it at the first try')
})
