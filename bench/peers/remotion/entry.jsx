import { Lottie } from '@remotion/lottie'
import { AbsoluteFill, Composition, registerRoot } from 'remotion'

/** The animation fills the frame on white, as ours does. */
function Animation({ animation }) {
  return (
    <AbsoluteFill style={{ backgroundColor: 'white' }}>
      <Lottie animationData={animation} style={{ width: '100%', height: '100%' }} />
    </AbsoluteFill>
  )
}

function Root() {
  return (
    <Composition
      id="animation"
      component={Animation}
      width={1920}
      height={1080}
      fps={30}
      durationInFrames={60}
      defaultProps={{ animation: null }}
    />
  )
}

registerRoot(Root)
