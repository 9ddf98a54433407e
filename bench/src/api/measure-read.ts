import autocannon from 'autocannon'
import { median } from '../engine/median.ts'
import { startServer } from './start-server.ts'

/** How an authenticated read through the gateway compares with a plain handler that does the same. */
export interface ReadMeasurement {
  readonly throughGateway: number
  readonly plain: number
  /** Requests a second through the gateway ÷ those of the plain handler. */
  readonly readRatio: number
}

/** Connections that ask at the same time, and seconds of one round. */
const [CONNECTIONS, SECONDS] = [16, 4]

/** Asks both in turn, round after round. */
export async function measureRead(
  { url, token, roleUrl, jwks }: { url: string; token: string; roleUrl: string; jwks: string },
  rounds: number,
): Promise<ReadMeasurement> {
  const environment = { BENCH_DATABASE_URL: roleUrl, BENCH_JWKS: jwks }
  const plain = await startServer('bench/src/api/plain-server.ts', environment, /ready at \S+\n/)
  try {
    const plainUrl = /ready at (\S+)/.exec(plain.text)?.[1] ?? ''
    const rates = { gateway: [] as number[], plain: [] as number[] }
    const ask = async (address: string, duration: number) => {
      const headers = { authorization: `Bearer ${token}` }
      const result = await autocannon({ url: address, headers, connections: CONNECTIONS, duration })
      if (result.non2xx > 0 || result.errors > 0) throw new Error(`${address} failed ${result.non2xx} times`)
      return result.requests.average
    }
    await ask(`${url}/api/v1/me`, 2)
    await ask(`${plainUrl}/me`, 2)
    for (let round = 0; round < rounds; round++) {
      rates.gateway.push(await ask(`${url}/api/v1/me`, SECONDS))
      rates.plain.push(await ask(`${plainUrl}/me`, SECONDS))
    }
    const ratios = rates.gateway.map((rate, round) => rate / rates.plain[round]!)
    return {
      throughGateway: median(rates.gateway),
      plain: median(rates.plain),
      readRatio: median(ratios),
    }
  } finally {
    await plain.stop()
  }
}
