import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Command } from 'commander'
import { writeCliPage } from './cli-page.ts'

test('prints the help of every command, with what was added to it', () => {
  const program = new Command('tool').description('Does things.')
  const group = program.command('paint').description('Paints.')
  group
    .command('wall <colour>')
    .option('--thick', 'twice')
    .addHelpText('after', '\nExamples:\n  tool paint wall red')
  const page = writeCliPage(program)
  assert.match(page, /## tool\n\n```\nUsage: tool/)
  assert.match(page, /### tool paint wall\n\n```\nUsage: tool paint wall \[options\] <colour>/)
  assert.match(page, /--thick {2,}twice/)
  assert.match(page, /tool paint wall red\n```/)
})
