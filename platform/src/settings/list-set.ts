/** What Kubernetes tells every pod of a Service, whose name may begin as our settings do. */
const INJECTED = /_SERVICE_HOST$|_SERVICE_PORT(_[A-Z0-9_]+)?$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/
/** Of a Service named flatrender it sets FLATRENDER_PORT to `tcp://10.0.0.1:80`. */
const INJECTED_PORT = /^(tcp|udp|sctp):\/\//

/** The variables that somebody set: none that is empty, and none that Kubernetes put there for a Service. */
export function listSet(environment: NodeJS.ProcessEnv): Record<string, string> {
  const isSet = (entry: [string, string | undefined]): entry is [string, string] => {
    const [name, value = ''] = entry
    return value !== '' && !INJECTED.test(name) && !(name.endsWith('_PORT') && INJECTED_PORT.test(value))
  }
  return Object.fromEntries(Object.entries(environment).filter(isSet))
}
