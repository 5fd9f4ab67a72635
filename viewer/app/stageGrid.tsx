// The pictures side by side: the deep network left, the brain right, what both see between; for the stage and for a projector.
import type { FrameKind } from '../../experiments/learners/frame.ts'
import { count, percent } from '../panels/format.ts'
import { newestFrames, shownFrames } from '../panels/frames.ts'
import { source } from '../state/store.ts'
import { text } from '../text/text.ts'
import { Figure } from './figure.tsx'
import { stageState } from './stageHost.ts'

export function StageGrid() {
  const words = text.value.stage
  return (
    <>
      {stageState.value === 'unavailable' && (
        <div class="stage-message" role="alert">
          <h2>{words.unavailableTitle}</h2>
          <p>{words.unavailable}</p>
        </div>
      )}
      {stageState.value === 'failed' && (
        <div class="stage-message" role="alert">
          <h2>{words.failedTitle}</h2>
          <p>{words.failed}</p>
        </div>
      )}
      {stageState.value === 'lost' && (
        <p class="stage-message" role="note">
          {words.lost}
        </p>
      )}
      <div class="stage-grid">
        <section class="half half-mlp" aria-label={words.networks.mlp.name}>
          <NetworkHeading kind="mlp" />
          <Figure panel="mlpNetwork" />
          <Figure panel="mlpPictures" />
          <Figure panel="mlpTime" />
        </section>
        <section class="middle" aria-label={words.shared}>
          <SampleClock />
          <Figure panel="input" />
          <Figure panel="mlpOutput" />
          <Figure panel="brainOutput" />
        </section>
        <section class="half half-brain" aria-label={words.networks.brain.name}>
          <NetworkHeading kind="brain" />
          <Figure panel="brainNetwork" />
          <Figure panel="brainPictures" />
          <Figure panel="brainTime" />
        </section>
      </div>
    </>
  )
}

/** A network's name, how it learns, and how much it has learned. */
export function NetworkHeading({ kind }: { readonly kind: FrameKind }) {
  const words = text.value.stage
  const frame = newestFrames()[kind]
  const accuracy = frame?.testAccuracy ?? Number.NaN
  return (
    <header class={`network-heading network-${kind}`}>
      <div>
        <h2>
          <span class="network-mark" aria-hidden="true" />
          {words.networks[kind].name}
        </h2>
        <p>{words.networks[kind].rule}</p>
      </div>
      <p class="network-accuracy">
        {Number.isNaN(accuracy) ? (
          <span class="network-untested">{words.noAccuracy}</span>
        ) : (
          <>
            <strong>{percent(accuracy)}</strong>
            <span>{words.testAccuracy}</span>
          </>
        )}
      </p>
    </header>
  )
}

/** How many images both have learned from, at one clock. */
export function SampleClock() {
  const words = text.value.shell
  shownFrames()
  const position = source.value?.position ?? 0
  return (
    <div class="sample-clock">
      <strong>{count(position)}</strong>
      <span>{words.clock}</span>
    </div>
  )
}
