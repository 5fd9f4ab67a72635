// Two recordings side by side, at the same image: what each network has learned by then, and what was set differently.

import { PIXELS } from '../../experiments/learners/common.ts'
import type { Frame } from '../../experiments/learners/frame.ts'
import {
  type LearnerConfig,
  type ParameterName,
  parameterNames,
} from '../../experiments/learners/parameters.ts'
import { curvesFrom } from '../panels/curveData.ts'
import { CurveLegend, CurveView } from '../panels/curveView.tsx'
import { count, percent } from '../panels/format.ts'
import { PixelPicture } from '../panels/pixelPicture.tsx'
import { told } from '../state/store.ts'
import { text } from '../text/text.ts'
import type { OpenRecording } from './replayState.ts'

interface Properties {
  readonly first: OpenRecording
  readonly second: OpenRecording
}

export function Comparison({ first, second }: Properties) {
  const words = text.value.replay
  return (
    <section class="comparison" aria-labelledby="comparison-title">
      <h2 id="comparison-title">{words.comparison}</h2>
      <div class="comparison-pair">
        <Side recording={first} />
        <Side recording={second} />
      </div>
      <Accuracies first={first} second={second} />
      <Differences first={first} second={second} />
    </section>
  )
}

function Side({ recording: { name, source } }: { readonly recording: OpenRecording }) {
  const words = text.value.replay
  const names = text.value.panels.networks
  // Frames are no signals: whoever reads them follows `told`.
  void told.value
  const [mlp, brain] = [source.current('mlp'), source.current('brain')]
  const seen = (brain ?? mlp)?.pixels
  return (
    <article class="comparison-side">
      <h3>{name}</h3>
      <p class="panel-quiet">
        {words.atSamples(count(source.position))}
        {source.ended && `, ${words.endsAt(count(source.length))}`}
      </p>
      {seen !== undefined && (
        <figure class="comparison-image">
          <PixelPicture
            values={seen}
            most={255}
            colouring="grey"
            label={words.image((brain ?? mlp)!.label)}
          />
        </figure>
      )}
      <h4>{names.mlp}</h4>
      <Accuracy frame={mlp} />
      {mlp !== null && (
        <PixelPicture
          values={mlp.weights[0]!}
          most={127}
          tiles={mlp.weights[0]!.length / PIXELS}
          colouring="sign"
          label={words.deepPictures}
          version={`${source.recording.information.recordedAt} ${mlp.samples} ${mlp.weightsVersion}`}
        />
      )}
      <h4>{names.brain}</h4>
      <Accuracy frame={brain} />
      {brain !== null && (
        <PixelPicture
          values={brain.weights}
          most={255}
          tiles={brain.shape.neurons}
          colouring="magnitude"
          label={words.brainPictures}
          version={`${source.recording.information.recordedAt} ${brain.samples} ${brain.weightsVersion}`}
        />
      )}
    </article>
  )
}

function Accuracy({ frame }: { readonly frame: Frame | null }) {
  const words = text.value.replay
  if (frame === null) return <p class="panel-quiet">{words.noFrame}</p>
  return (
    <p class="panel-quiet">
      {words.accuracy(percent(frame.testAccuracy), percent(frame.trainAccuracy))}
      {'; '}
      {words.named(frame.predicted)}
    </p>
  )
}

function Accuracies({ first, second }: Properties) {
  const words = text.value.replay
  const names = text.value.panels.networks
  const wanted = (['mlp', 'brain'] as const).flatMap(network =>
    [first, second].map(recording => ({ network, recording })),
  )
  const curves = curvesFrom(
    'samples',
    wanted.map(({ network, recording }) => ({
      network,
      measure: 'testAccuracy' as const,
      series: recording.source.history.of(network),
    })),
  )
  const styles = wanted.map(({ network, recording }) => ({
    label: words.line(names[network], recording.name),
    faint: recording === second,
  }))
  return (
    <>
      <h3>{words.testAccuracies}</h3>
      <CurveView label={words.testAccuracies} curves={curves} styles={styles} logarithmic={false} shares />
      <CurveLegend curves={curves} styles={styles} />
    </>
  )
}

function Differences({ first, second }: Properties) {
  const words = text.value.replay
  const labels = text.value.lab.parameters
  const a = first.source.recording.information.config
  const b = second.source.recording.information.config
  const names = parameterNames.filter(name => a[name] !== b[name])
  return (
    <>
      <h3>{words.difference}</h3>
      {names.length === 0 ? (
        <p class="panel-quiet">{words.noDifference}</p>
      ) : (
        <table class="cost-table">
          <thead>
            <tr>
              <th scope="col">{words.parameter}</th>
              <th scope="col">{first.name}</th>
              <th scope="col">{second.name}</th>
            </tr>
          </thead>
          <tbody>
            {names.map(name => (
              <tr key={name}>
                <th scope="row">{labels[name].label}</th>
                <td>{shownValue(a, name)}</td>
                <td>{shownValue(b, name)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

function shownValue(config: LearnerConfig, name: ParameterName): string {
  const value = config[name]
  if (typeof value === 'boolean') return value ? text.value.lab.on : text.value.lab.off
  return String(value)
}
