import { availableParallelism, hostname } from 'node:os'
import { MOST_NODE_WORKERS } from '@flatrender/contracts/node'
import { archiveRoutes } from '@flatrender/contracts/render'
import { startHeartbeat, startWorker } from '@flatrender/platform/events'
import { type Logger, listenForMetrics, type Observer, openObserver } from '@flatrender/platform/observe'
import {
  deriveServiceKey,
  listenForServices,
  type ServedStreams,
  streamInProcess,
} from '@flatrender/platform/service'
import { openGateway } from '@flatrender/service-gateway'
import packageJson from '../package.json' with { type: 'json' }
import { assertPorts } from './assert-ports.ts'
import { assertAddresses, type Composition, compose, composeArchives } from './compose.ts'
import { findKeepers } from './find-keepers.ts'
import { readGatewayConfig } from './gateway-config.ts'
import { type HostedContent, hostContent } from './host-content.ts'
import { type HostedFile, hostFile } from './host-file.ts'
import { hostFiles, openIsSignedFile } from './host-files.ts'
import { type HostedIdentity, hostIdentity } from './host-identity.ts'
import { hostNode } from './host-node.ts'
import { type HostedNotification, hostNotification } from './host-notification.ts'
import { type HostedRender, hostRender } from './host-render.ts'
import { listChecks } from './list-checks.ts'
import { type Ground, openGround } from './open-ground.ts'
import type { Reporter } from './reporter.ts'
import { type ServiceName, type Settings, serviceNames } from './settings.ts'

/** What is started, and who hears of it. */
export interface StartOptions {
  readonly settings: Settings
  readonly services: readonly ServiceName[]
  readonly report: Reporter
  /** Gets lines for machines, while it runs. */
  readonly log: Logger
  readonly signal: AbortSignal
}

/** A process that runs. */
export interface Running {
  /** Where the gateway listens, if it is here. */
  readonly url: string | undefined
  /** Ends what runs, the last started first. */
  close(): Promise<void>
}

/** What has been started so far. */
interface Progress extends StartOptions {
  readonly ground: Ground
  readonly observer: Observer
  readonly stack: AsyncDisposableStack
  /** Can what has been started work? Each throws if not. */
  readonly checks: (() => Promise<void>)[]
  readonly hosted: {
    identity?: HostedIdentity
    content?: HostedContent
    file?: HostedFile
    render?: HostedRender
    notification?: HostedNotification
  }
}

/** Events and jobs that one process handles at the same time. */
const CONCURRENCY = 4

/** Starts the chosen services in this process, step by step; what was started before a failure is ended again. */
export async function start(options: StartOptions): Promise<Running> {
  const { settings, services, report, signal } = options
  const stack = new AsyncDisposableStack()
  try {
    report.say(`FlatRender ${packageJson.version}`)
    const observer = await openObserver({
      log: options.log,
      otlpUrl: settings.FLATRENDER_OTLP_URL,
      version: packageJson.version,
      withGateway: services.includes('gateway'),
    })
    stack.defer(() => observer.close())
    assertAddresses(settings, services)
    await assertPorts(settings, services)
    const ground = await openGround(settings, report, signal, (reason) => observer.report(reason, 'database'))
    stack.defer(() => ground.close())
    const progress: Progress = { ...options, ground, observer, stack, checks: [], hosted: {} }
    if (services.includes('identity')) await startIdentity(progress)
    if (services.includes('content')) await startContent(progress)
    if (services.includes('file')) await startFile(progress)
    if (services.includes('render')) await startRender(progress)
    if (services.includes('notification')) await startNotification(progress)
    if (services.length < serviceNames.length) await startDoor(progress)
    await (services.some((service) => service !== 'gateway') ? startQueue : startBeating)(progress)
    if (!services.includes('gateway')) await startMetrics(progress)
    const url = services.includes('gateway') ? await startGateway(progress) : undefined
    if (url !== undefined) await startNode(progress, url)
    return { url, close: () => stack.disposeAsync() }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

async function startIdentity(progress: Progress) {
  const { settings, services, report, ground, observer, stack, hosted } = progress
  const keepers = findKeepers(services, (name) => compose(describeComposition(progress, 'identity'), name))
  const identity = hostIdentity(settings, ground, observer.report, keepers)
  stack.defer(() => identity.close())
  hosted.identity = identity
  const password = await report.step('identity', async () => ({
    result: await identity.makeOwner(),
    words: 'people, tenants, keys',
  }))
  if (password !== undefined)
    report.say(
      `\n  The owner is ${settings.FLATRENDER_OWNER_EMAIL}, their password ${password}\n  It is shown this once: change it after the first login.\n`,
    )
}

async function startContent({ ground, stack, hosted, report }: Progress) {
  const content = hostContent(ground)
  stack.defer(() => content.close())
  hosted.content = content
  await report.step('content', async () => ({ result: undefined, words: await content.publishStarters() }))
}

async function startFile(progress: Progress) {
  const { ground, stack, hosted, report } = progress
  const file = hostFile(ground, compose(describeComposition(progress, 'file'), 'identity'))
  stack.defer(() => file.close())
  hosted.file = file
  await report.step('file', async () => ({ result: undefined, words: 'uploads, quotas, signed links' }))
}

async function startRender(progress: Progress) {
  const { settings, ground, observer, stack, hosted, report } = progress
  const composition = describeComposition(progress, 'render')
  const render = hostRender(settings, ground, observer.report, {
    identity: compose(composition, 'identity'),
    content: compose(composition, 'content'),
    files: compose(composition, 'file'),
  })
  stack.defer(() => render.close())
  hosted.render = render
  await report.step('render', async () => ({ result: undefined, words: 'renders, nodes, exports' }))
}

/** Lets the services of other processes ask those of this one that answer. */
async function startDoor({ settings, report, observer, ground, stack, hosted }: Progress) {
  const served = (['identity', 'content', 'file', 'render', 'notification'] as const).flatMap((name) => {
    const router = hosted[name]?.service.router
    if (router === undefined) return []
    const onError = (error: unknown, procedure: string) => observer.report(error, `${name}.${procedure}`)
    const key = deriveServiceKey(ground.secretKeys.present)
    const streams = name === 'render' ? hosted.render && serveArchives(hosted.render, observer) : undefined
    return [{ name, router, key, observe: observer.observe, onError, ...(streams && { streams }) }]
  })
  if (served.length === 0) return
  await report.step('', async () => {
    const { FLATRENDER_INTERNAL_HOST: host, FLATRENDER_INTERNAL_PORT: port } = settings
    const door = await listenForServices(served, { host, port })
    stack.defer(() => door.close())
    return { result: undefined, words: `answers other services at ${door.url}` }
  })
}

/** What the render service answers that is no JSON. */
function serveArchives({ service }: HostedRender, { observe }: Observer): ServedStreams {
  const handlers = streamInProcess(archiveRoutes, service.streams, { service: 'render', observe })
  return { routes: archiveRoutes, handlers }
}

async function startNotification(progress: Progress) {
  const { settings, ground, stack, hosted, report } = progress
  const notification = hostNotification(
    settings,
    ground,
    compose(describeComposition(progress, 'notification'), 'identity'),
  )
  stack.defer(() => notification.close())
  hosted.notification = notification
  await report.step('mail', async () => ({ result: undefined, words: notification.words }))
}

async function startQueue(progress: Progress) {
  const { services, report, observer, ground, stack, hosted } = progress
  await report.step('events', async () => {
    const [identity, file, render] = [hosted.identity?.service, hosted.file?.service, hosted.render?.service]
    const checks = listChecks(services, ground, describeComposition(progress, 'references'), observer)
    const worker = await startWorker({
      url: ground.urlOf('flatrender_worker'),
      host: hostname(),
      services: services.filter((service) => service !== 'gateway'),
      consumers: {
        ...identity?.consumers,
        ...hosted.content?.service.consumers,
        ...file?.consumers,
        ...render?.consumers,
        ...hosted.notification?.service.consumers,
      },
      jobs: { ...identity?.jobs, ...file?.jobs, ...render?.jobs, ...checks.jobs },
      cron: [...(identity?.cron ?? []), ...(file?.cron ?? []), ...(render?.cron ?? []), ...checks.cron],
      concurrency: CONCURRENCY,
      onError: observer.report,
      observe: observer.observe,
    })
    observer.metrics.watchQueue(worker.countJobs)
    stack.defer(() => worker.close())
    progress.checks.push(() => worker.check())
    return { result: undefined, words: 'are taken off their queue' }
  })
}

/** A gateway by itself takes no jobs, but `rotate-key` and `restore` mustn't work under it. */
async function startBeating({ services, observer, ground, stack }: Progress) {
  const heart = await startHeartbeat({
    url: ground.urlOf('flatrender_worker'),
    host: hostname(),
    services,
    onError: observer.report,
  })
  stack.defer(() => heart.close())
}

async function startMetrics({ settings, report, observer, stack, ground, checks }: Progress) {
  await report.step('metrics', async () => {
    const door = await listenForMetrics({
      host: settings.FLATRENDER_METRICS_HOST,
      port: settings.FLATRENDER_METRICS_PORT,
      token: settings.FLATRENDER_METRICS_TOKEN,
      write: observer.metrics.write,
      check: () => checkAll([() => ground.storage.check(), ...checks]),
    })
    stack.defer(() => door.close())
    return { result: undefined, words: `are at ${door.url}` }
  })
}

async function startGateway(progress: Progress): Promise<string> {
  const { settings, report, observer, stack } = progress
  const composition = describeComposition(progress, 'gateway')
  return report.step('gateway', async () => {
    const gateway = await openGateway(
      {
        config: readGatewayConfig(settings),
        version: packageJson.version,
        identity: compose(composition, 'identity'),
        content: compose(composition, 'content'),
        file: compose(composition, 'file'),
        render: compose(composition, 'render'),
        files: hostFiles(progress.ground, observer.observe),
        isSignedFile: openIsSignedFile(progress.ground),
        archives: composeArchives(composition),
        check: () => checkAll([() => progress.ground.storage.check(), ...progress.checks]),
        observe: observer.observe,
        writeMetrics: observer.metrics.write,
        warn: progress.log.warn,
        onError: (error, { id, route }) => observer.report(error, route, { requestId: id }),
      },
      { host: settings.FLATRENDER_HOST, port: settings.FLATRENDER_PORT },
    )
    stack.defer(() => gateway.close())
    const words = `${gateway.url}, for browsers ${settings.FLATRENDER_PUBLIC_URL}`
    return { result: gateway.url, words }
  })
}

/** The node that renders on this machine, in a process of its own. */
async function startNode(progress: Progress, server: string) {
  const { settings, services, log, stack, report } = progress
  const usual =
    services.length === serviceNames.length ? Math.min(MOST_NODE_WORKERS, availableParallelism()) : 0
  const workers = settings.FLATRENDER_NODE_WORKERS ?? usual
  if (workers === 0) return
  await report.step('node', async () => {
    const render = compose(describeComposition(progress, 'node'), 'render')
    const node = hostNode({ settings, server, workers, render, log })
    stack.defer(() => node.close())
    return { result: undefined, words: `renders here with ${workers} workers` }
  })
}

async function checkAll(checks: readonly (() => Promise<void>)[]): Promise<void> {
  await Promise.all(checks.map((check) => check()))
}

function describeComposition({ settings, ground, hosted, observer }: Progress, caller: string): Composition {
  return { settings, secretKey: ground.secretKeys.present, caller, hosted, observe: observer.observe }
}
