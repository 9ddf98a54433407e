import { AV_LOG_FATAL } from 'node-av/constants'
import { Log } from 'node-av/lib'

/** FFmpeg's chatter goes nowhere: what matters comes back as codes. Called by whatever opens FFmpeg. */
export function quietFfmpeg(): void {
  Log.setLevel(AV_LOG_FATAL)
}
