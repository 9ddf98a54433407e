import { isLoopback } from '@flatrender/platform/outbound'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
} from 'openid-client'
import { describePerson } from './describe-person.ts'
import { explainFailure, refuseAnswer } from './explain-failure.ts'
import type { Arrival, LoginTrip, Person, Provider } from './provider.ts'

/**
 * Where a browser goes to log in at an OpenID server: the code flow, with PKCE. Errors: OAUTH_PROVIDER_UNREACHABLE,
 * OAUTH_ANSWER_INVALID.
 */
export async function addressOpenid(provider: Provider, { redirectUri, state, secrets }: LoginTrip) {
  const configuration = await configure(provider)
  const { authorization_endpoint: endpoint } = configuration.serverMetadata()
  // The browser is sent there, so it may be no `javascript:`.
  if (endpoint === undefined || !isWeb(endpoint, provider.local))
    throw refuseAnswer(provider, 'it names no page to log in at')
  return buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: provider.scopes.join(' '),
    state,
    nonce: secrets.nonce,
    code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
    code_challenge_method: 'S256',
  }).href
}

/**
 * Who came back from an OpenID server: its ID token's issuer, audience, time, nonce and signature hold. Errors:
 * OAUTH_PROVIDER_UNREACHABLE, OAUTH_ANSWER_INVALID.
 */
export async function meetByOpenid(
  provider: Provider,
  { redirectUri, state, secrets }: LoginTrip,
  { code, iss }: Arrival,
): Promise<Person> {
  const configuration = await configure(provider)
  const came = new URL(redirectUri)
  for (const [name, value] of Object.entries({ code, state, iss }))
    if (value !== undefined) came.searchParams.set(name, value)
  const answer = await authorizationCodeGrant(configuration, came, {
    pkceCodeVerifier: secrets.verifier,
    expectedState: state,
    expectedNonce: secrets.nonce,
    idTokenExpected: true,
  }).catch(explainFailure(provider))
  const claims = answer.claims()
  if (claims === undefined) throw refuseAnswer(provider, 'there is no ID token')
  const { userinfo_endpoint: more } = configuration.serverMetadata()
  // Many tell the address there alone.
  const told =
    claims.email === undefined && more !== undefined
      ? await fetchUserInfo(configuration, answer.access_token, claims.sub).catch(explainFailure(provider))
      : claims
  return describePerson({
    subject: claims.sub,
    email: told.email,
    emailVerified: told.email_verified,
    name: told.name,
  })
}

function configure(provider: Provider): Promise<Configuration> {
  const { key, issuer, clientId, clientSecret, local, fetch, discoveries } = provider
  const execute = local ? [enableNonRepudiationChecks, allowInsecureRequests] : [enableNonRepudiationChecks]
  const metadata = clientSecret === undefined ? {} : { client_secret: clientSecret }
  // All that it is made of: a changed provider is another client.
  const client = JSON.stringify([key, issuer, clientId, clientSecret, local])
  const ask = () =>
    discovery(new URL(issuer), clientId, metadata, authenticate(clientSecret), {
      [customFetch]: fetch,
      execute,
    })
  return discoveries(client, ask).catch(explainFailure(provider))
}

/** Shows the client's secret in the way the server takes; by the `authorization` header where it says nothing. */
function authenticate(clientSecret: string | undefined): ClientAuth {
  if (clientSecret === undefined) return None()
  const [byHeader, byBody] = [ClientSecretBasic(clientSecret), ClientSecretPost(clientSecret)]
  return (server, ...rest) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const way = ways.includes('client_secret_basic') ? byHeader : byBody
    way(server, ...rest)
  }
}

function isWeb(address: string, local: boolean): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || (local && protocol === 'http:' && isLoopback(hostname))
}
