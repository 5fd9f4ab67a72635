// Lesson 5: receptive fields as they come about in two recorded runs, with inhibition and without, side by side.
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { BrainFrame } from '../../../experiments/learners/brainFrame.ts'
import type { Recording } from '../../../experiments/recording/recording.ts'
import { Slider } from '../../controls/fields.tsx'
import { ReplaySource } from '../../frames/replay.ts'
import { count, percent } from '../../panels/format.ts'
import { PixelPicture } from '../../panels/pixelPicture.tsx'
import { text } from '../../text/text.ts'
import { Missing } from '../parts/missing.tsx'
import { useFetched } from '../parts/useFetched.ts'
import { fetchRecording } from '../recordings.ts'
import { lessonWords } from '../words.ts'

const both = () => Promise.all([fetchRecording('inhibited'), fetchRecording('uninhibited')])

export function FieldsBench() {
  const recordings = useFetched('inhibition', both)
  if (recordings === 'waiting' || recordings === 'missing') return <Missing state={recordings} />
  return <Runs recordings={recordings} />
}

function Runs({ recordings }: { readonly recordings: readonly [Recording, Recording] }) {
  const words = lessonWords.value.lesson5.bench
  const sources = useMemo(() => recordings.map(recording => new ReplaySource(recording)), [recordings])
  useEffect(
    () => () => {
      for (const source of sources) source.dispose()
    },
    [sources],
  )
  const end = Math.min(...sources.map(({ length }) => length))
  const start = Math.max(...sources.map(({ start: first }) => first))
  const [images, setImages] = useState(start)
  for (const source of sources) source.seek(images)
  return (
    <>
      <div class="bench-pair">
        {sources.map((source, place) => (
          <Fields
            key={source.config.inhibition}
            frame={source.current('brain')}
            name={place === 0 ? words.with : words.without}
          />
        ))}
      </div>
      <Slider
        label={words.images}
        told={count(images)}
        value={images}
        minimum={start}
        maximum={end}
        step={1}
        onInput={setImages}
      />
    </>
  )
}

function Fields({ frame, name }: { readonly frame: BrainFrame | null; readonly name: string }) {
  const words = lessonWords.value.lesson5.bench
  if (frame === null) return null
  const tested = Number.isNaN(frame.testAccuracy)
    ? ''
    : `${percent(frame.testAccuracy, 0)} ${text.value.stage.testAccuracy}`
  return (
    <section class="bench-side side-brain">
      <h3>{name}</h3>
      <PixelPicture
        values={frame.weights}
        most={largest(frame.weights)}
        colouring="magnitude"
        label={words.fields(name, count(frame.samples))}
        tiles={frame.shape.neurons}
        version={String(frame.samples)}
      />
      <p class="bench-note">{tested}</p>
    </section>
  )
}

/** So that the strongest synapse is the brightest in both. */
function largest(weights: Uint8Array): number {
  let most = 1
  for (const weight of weights) if (weight > most) most = weight
  return most
}
