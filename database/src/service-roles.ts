/** Every role that can log in; `00_setup.sql` makes them, and says what each is for. */
export const serviceRoles: readonly string[] = [
  ...['identity', 'content', 'studio', 'render', 'file', 'notification', 'gateway'].flatMap((service) => [
    `flatrender_${service}`,
    `flatrender_${service}_system`,
  ]),
  'flatrender_worker',
]

/** The roles that only group others. */
export const groupRoles: readonly string[] = ['flatrender_services', 'flatrender_systems']
