// The stage for a projector: large, few pictures, and a line that says what to look at.

import { togglePresent } from '../app/commands.ts'
import { Figure } from '../app/figure.tsx'
import { NetworkHeading, SampleClock } from '../app/stageGrid.tsx'
import { IconButton } from '../controls/button.tsx'
import { embedded } from '../state/store.ts'
import { text } from '../text/text.ts'
import './present.css'

export function PresentScreen() {
  const words = text.value
  return (
    <div class="present">
      <header class="present-heading">
        <h1>{words.stage.heading}</h1>
        {!embedded.value && (
          <IconButton icon="close" label={words.shell.leavePresent} shortcut="F" onClick={togglePresent} />
        )}
      </header>
      <div class="present-grid">
        <section class="present-half" aria-label={words.stage.networks.mlp.name}>
          <NetworkHeading kind="mlp" />
          <Figure panel="mlpNetwork" />
          <Figure panel="mlpOutput" />
        </section>
        <section class="present-middle" aria-label={words.stage.shared}>
          <SampleClock />
          <Figure panel="input" />
          <Figure panel="brainPictures" />
        </section>
        <section class="present-half" aria-label={words.stage.networks.brain.name}>
          <NetworkHeading kind="brain" />
          <Figure panel="brainNetwork" />
          <Figure panel="brainOutput" />
        </section>
      </div>
    </div>
  )
}
