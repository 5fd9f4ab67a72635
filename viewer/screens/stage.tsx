// The stage: both networks at once, and below it what else there is to see of them.
import { Closer } from '../app/closer.tsx'
import { StageGrid } from '../app/stageGrid.tsx'
import { embedded } from '../state/store.ts'
import { text } from '../text/text.ts'

export function StageScreen() {
  const words = text.value.stage
  return (
    <div class="stage">
      <div class="stage-first">
        <div class="stage-heading">
          <h1>{words.heading}</h1>
          <p>{words.introduction}</p>
        </div>
        <StageGrid />
      </div>
      {!embedded.value && <Closer />}
    </div>
  )
}
