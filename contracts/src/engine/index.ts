export {
  type Container,
  containers,
  type Quality,
  qualities,
  type VideoCodec,
  type VideoSettings,
  videoCodecs,
} from './output-settings.ts'
export { parseRational, type Rational, toNumber } from './rational.ts'
