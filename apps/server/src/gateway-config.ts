import { type GatewayConfig, gatewayConfig } from '@flatrender/service-gateway/config'
import type { Settings } from './settings.ts'

/** The gateway's part of the settings. */
export function readGatewayConfig(settings: Settings): GatewayConfig {
  return gatewayConfig.parse({
    trustedProxies: settings.FLATRENDER_GATEWAY_TRUSTED_PROXIES,
    bodyLimit: settings.FLATRENDER_GATEWAY_BODY_BYTES,
    requestTimeout: settings.FLATRENDER_GATEWAY_REQUEST_SECONDS * 1000,
    metricsToken: settings.FLATRENDER_METRICS_TOKEN,
    visitorLimit: settings.FLATRENDER_GATEWAY_VISITOR_LIMIT,
    userLimit: settings.FLATRENDER_GATEWAY_USER_LIMIT,
    keyLimit: settings.FLATRENDER_GATEWAY_KEY_LIMIT,
    tenantLimit: settings.FLATRENDER_GATEWAY_TENANT_LIMIT,
  })
}
