// A child of the bench: a plain Fastify handler that verifies the same access token and makes the same queries under the
// same policy as `GET /me` through the gateway. Its yardstick.
import fastify from 'fastify'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import pg from 'pg'

const [url = '', keys = '{}'] = [process.env.BENCH_DATABASE_URL, process.env.BENCH_JWKS]
const pool = new pg.Pool({ connectionString: url, max: 8 })
const jwks = createLocalJWKSet(JSON.parse(keys) as JSONWebKeySet)

const server = fastify({ logger: false, forceCloseConnections: true })
server.get('/me', async (request, reply) => {
  const token = request.headers.authorization?.slice('Bearer '.length) ?? ''
  const { payload } = await jwtVerify(token, jwks, { issuer: 'flatrender', audience: 'flatrender' })
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(
      `select set_config('app.tenant_id', $1, true), set_config('app.visible_tenants', $2, true)`,
      [payload.tenant, ''],
    )
    const { rows: users } = await client.query(
      `select id, email, email_verified_at, password_hash, name, language, state, created_at
       from identity.users where tenant_id = $1 and id = $2`,
      [payload.tenant, payload.sub],
    )
    const { rows: roles } = await client.query(
      `select roles.key, roles.permissions from identity.user_roles
       join identity.roles on roles.tenant_id = user_roles.tenant_id and roles.id = user_roles.role_id
       where user_roles.tenant_id = $1 and user_roles.user_id = $2`,
      [payload.tenant, payload.sub],
    )
    await client.query('commit')
    const [user] = users
    if (user === undefined) return reply.code(404).send()
    const { id, email, email_verified_at, name, language, created_at } = user
    return {
      id,
      email,
      emailVerified: email_verified_at !== null,
      name,
      language,
      roles: roles.map(({ key }) => key),
      createdAt: created_at,
    }
  } finally {
    client.release()
  }
})
const address = await server.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`ready at ${address}\n`)
process.on('SIGINT', () => process.exit(0))
