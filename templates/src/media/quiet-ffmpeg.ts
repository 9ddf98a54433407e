import { AV_LOG_ERROR } from 'node-av/constants'
import { Log } from 'node-av/lib'

/** Keeps FFmpeg from describing every file it writes. */
export function quietFfmpeg(): void {
  Log.setLevel(AV_LOG_ERROR)
}
