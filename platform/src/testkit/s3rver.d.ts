// s3rver comes without types.
declare module 's3rver' {
  // biome-ignore lint/style/noDefaultExport: it is what s3rver exports.
  export default class S3rver {
    constructor(options: {
      readonly address: string
      readonly port: number
      readonly silent: boolean
      readonly directory: string
      readonly configureBuckets: readonly { readonly name: string }[]
    })
    readonly store: {
      getObject(
        bucket: string,
        key: string,
        options?: { start?: number; end?: number | string },
      ): Promise<unknown>
    }
    run(): Promise<{ readonly port: number }>
    close(): Promise<void>
  }
}
