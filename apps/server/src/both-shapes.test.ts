import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openNameServer } from '@flatrender/platform/testkit'
import type { Opened } from './both-shapes/opened.ts'
import { proveActing } from './both-shapes/prove-acting.ts'
import { proveArchives } from './both-shapes/prove-archives.ts'
import { proveDomain } from './both-shapes/prove-domain.ts'
import { proveJoining } from './both-shapes/prove-joining.ts'
import { provePersonalExport } from './both-shapes/prove-personal-export.ts'
import { provePublicKeys } from './both-shapes/prove-public-keys.ts'
import { proveReferences } from './both-shapes/prove-references.ts'
import { proveRender } from './both-shapes/prove-render.ts'
import { proveSignedFiles } from './both-shapes/prove-signed-files.ts'
import { proveTemplates } from './both-shapes/prove-templates.ts'
import { proveUploads } from './both-shapes/prove-uploads.ts'
import { makeHome } from './testbed/run-server.ts'
import { runShape, shapes } from './testbed/run-shape.ts'

/** What an installation does alike, whether its services are in one process or each in its own. */
const proofs: Readonly<Record<string, (opened: Opened) => Promise<void>>> = {
  'a person joins, is logged in, and is out within ten seconds': proveJoining,
  'a switch into a tenant below ends within ten seconds of its login': proveActing,
  'a member and a key find the starter templates and get a package’s address': proveTemplates,
  'a file is put and got by signed addresses alone': proveSignedFiles,
  'a batch’s files are got as one ZIP by its address alone': proveArchives,
  'a file is uploaded, listed, got and deleted, and its room given back': proveUploads,
  'every service tells what it keeps of a person, and forgets it with them': provePersonalExport,
  'any program proves an access token by the public keys': provePublicKeys,
  'a domain leads to its tenant within ten seconds of its proof, and no longer once it is given up':
    proveDomain,
  'what names a user or a file that nobody knows is told, by a number and a line': proveReferences,
}

// Most of them wait for what takes seconds to be known: they do so together.
for (const shape of shapes)
  describe(`with the services ${shape}`, { concurrency: true }, () => {
    let opened: Opened
    let close: () => Promise<void>
    before(async () => {
      const names = await openNameServer()
      const { home, remove } = await makeHome()
      const installation = await runShape(shape, home, {
        FLATRENDER_DNS_SERVERS: names.address,
        // That one process renders is proven elsewhere.
        FLATRENDER_NODE_WORKERS: shape === 'apart' ? '1' : '0',
      })
      opened = { installation, home, names }
      close = async () => {
        const codes = await installation.stop()
        await names.close()
        await remove()
        assert.deepEqual(new Set(codes), new Set([0]))
      }
    })
    after(() => close?.())

    for (const [words, prove] of Object.entries(proofs)) test(words, () => prove(opened))
    if (shape === 'apart')
      test('a member’s video is rendered, watched, paid and got', () => proveRender(opened))
  })
