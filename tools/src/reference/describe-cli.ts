import { createProgram } from '@flatrender/cli'
import { writeCliPage } from './cli-page.ts'

/** The page of our own command line. Nothing is run: the program is only asked what it would understand. */
export function describeCli(): string {
  const nowhere = () => {}
  return writeCliPage(
    createProgram({
      console: {
        print: nowhere,
        note: nowhere,
        status: nowhere,
        terminal: false,
        columns: 100,
        ask: async () => undefined,
      },
      settings: {
        home: '',
        workers: 1,
        workerMemory: 0,
        workerSilence: 0,
        cacheLimit: 0,
        nodeToken: undefined,
        apiKey: undefined,
        databaseUrl: undefined,
        storage: { FLATRENDER_STORAGE: 'disk', FLATRENDER_S3_REGION: '', FLATRENDER_S3_PATH_STYLE: false },
        secretKeys: { present: undefined, former: undefined },
      },
      signal: new AbortController().signal,
      environment: {},
    }),
  )
}
