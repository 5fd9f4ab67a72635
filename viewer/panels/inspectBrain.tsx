// The inspector of one excitatory neuron: its membrane's equation with the values filled in, its spikes, why its synapses changed.
import { useState } from 'preact/hooks'
import { type BrainFrame, IMAGE_DURATION, MEMBRANE_INTERVAL } from '../../experiments/learners/brainFrame.ts'
import { PIXELS, SIDE } from '../../experiments/learners/common.ts'
import type { LearnerConfig } from '../../experiments/learners/parameters.ts'
import { diehlCookParameters } from '../../sim/index.ts'
import { sampleTime } from '../state/store.ts'
import { text } from '../text/text.ts'
import { type BrainUnit, brainUnit, lastPairing, membraneSample, timesOf } from './brainUnit.ts'
import { count, fixed, signed, significant, texNumber } from './format.ts'
import { Formula } from './formula.tsx'
import { Value } from './inspectMlp.tsx'
import { SaveChart } from './saveChart.tsx'
import { ScrollBox } from './scrollBox.tsx'
import { TracePlot } from './trace.tsx'
import { UnitPictures } from './unitPictures.tsx'

interface Properties {
  readonly frame: BrainFrame
  readonly config: LearnerConfig
  readonly unit: number
  readonly recorded: boolean
}

export function InspectBrain({ frame, config, unit, recorded }: Properties) {
  const words = text.value.panels.inspector
  const [chosen, setChosen] = useState<number | null>(null)
  const facts = brainUnit(frame, unit)
  if (facts === null) return <p class="panel-quiet">{words.gone}</p>
  // The stage's clock, unless the reader has taken a time of their own.
  const time = Math.min(chosen ?? sampleTime.value, IMAGE_DURATION)
  return (
    <div class="inspector-body">
      <h4>{words.brainUnit(unit)}</h4>
      {facts.lesioned && <p class="inspector-flag">{words.lesioned}</p>}
      {!facts.exact && <p class="panel-quiet">{recorded ? words.recorded : words.waiting}</p>}
      <Values facts={facts} time={time} />
      <div class="inspector-trace">
        <TracePlot unit={facts} time={time} />
        <SaveChart what={words.trace} save={({ exportMembraneSvg }) => exportMembraneSvg(facts)} />
      </div>
      <label class="inspector-time">
        <span>{words.time}</span>
        <input
          type="range"
          min={MEMBRANE_INTERVAL}
          max={IMAGE_DURATION}
          step={MEMBRANE_INTERVAL}
          value={time}
          aria-valuetext={words.milliseconds(fixed(time, 0))}
          onInput={event => setChosen(Number(event.currentTarget.value))}
        />
        <output>{words.milliseconds(fixed(time, 0))}</output>
      </label>
      {facts.exact && (
        <>
          <h5>{words.formula}</h5>
          <MembraneFormula facts={facts} time={time} tauMem={config.tauMem} />
        </>
      )}
      <h5>{words.why}</h5>
      <Why facts={facts} frame={frame} config={config} />
      <UnitPictures
        weights={facts.weights}
        change={facts.change}
        colouring="magnitude"
        version={`${unit} ${frame.weightsVersion} ${facts.exact}`}
      />
      <Synapses facts={facts} />
    </div>
  )
}

function Values({ facts, time }: { readonly facts: BrainUnit; readonly time: number }) {
  const words = text.value.panels.inspector
  const sample = membraneSample(time)
  const spikes = facts.spikeTimes.map(spike => fixed(spike, 1)).join(', ')
  return (
    <dl class="inspector-values">
      <Value name={words.label} value={facts.label < 0 ? words.noLabel : String(facts.label)} />
      <Value name={words.membrane} value={words.millivolts(fixed(facts.v[sample]!, 1))} />
      {facts.exact && <Value name={words.threshold} value={words.millivolts(fixed(facts.threshold, 2))} />}
      <Value name={words.theta} value={words.millivolts(fixed(facts.theta, 2))} />
      {facts.gExc !== null && <Value name={words.excitation} value={fixed(facts.gExc[sample]!, 2)} />}
      {facts.gInh !== null && <Value name={words.inhibition} value={fixed(facts.gInh[sample]!, 2)} />}
      <Value
        name={words.spikes}
        value={
          facts.spikeTimes.length === 0
            ? words.noSpikes
            : `${count(facts.spikeTimes.length)} ${words.spikeTimes(spikes)}`
        }
      />
      <Value name={words.weightTotal} value={fixed(facts.weightTotal, 1)} />
    </dl>
  )
}

function MembraneFormula({
  facts,
  time,
  tauMem,
}: {
  readonly facts: BrainUnit
  readonly time: number
  readonly tauMem: number
}) {
  const words = text.value.panels.inspector
  const { vLeak, eExc, eInh } = diehlCookParameters.excitatory
  const sample = membraneSample(time)
  const v = facts.v[sample]!
  const [gExc, gInh] = [facts.gExc?.[sample] ?? 0, facts.gInh?.[sample] ?? 0]
  const leak = vLeak - v
  const excitation = gExc * (eExc - v)
  const inhibition = gInh * (eInh - v)
  const sum = leak + excitation + inhibition
  const line = (name: string, symbols: string, values: string, result: number) =>
    `\\text{${name}}\\ \\ ${symbols} &= ${values} = ${texNumber(result, 1)} \\\\`
  // One term a line: it fits a telephone.
  return (
    <>
      <Formula
        source={'\\tau\\,\\frac{dv}{dt} = (v_{L} - v) + g_E\\,(e_E - v) + g_I\\,(e_I - v)'}
        spoken="τ dv/dt = (vL − v) + gE (eE − v) + gI (eI − v)"
      />
      <Formula
        source={[
          '\\begin{aligned}',
          line(words.leak, 'v_L - v', `${vLeak} - ${inBrackets(v)}`, leak),
          line(
            words.excites,
            'g_E\\,(e_E - v)',
            `${texNumber(gExc, 2)}\\,(${eExc} - ${inBrackets(v)})`,
            excitation,
          ),
          line(
            words.inhibits,
            'g_I\\,(e_I - v)',
            `${texNumber(gInh, 2)}\\,(${eInh} - ${inBrackets(v)})`,
            inhibition,
          ),
          `\\frac{dv}{dt} &= \\frac{${texNumber(sum, 1)}}{${texNumber(tauMem, 0)}} = ${texNumber(sum / tauMem, 2)}\\ \\text{mV/ms}`,
          '\\end{aligned}',
        ].join('')}
        spoken={`dv/dt = (${fixed(leak, 1)} + ${fixed(excitation, 1)} + ${fixed(inhibition, 1)}) / ${fixed(tauMem, 0)} = ${words.perSecond(signed(sum / tauMem))}`}
      />
    </>
  )
}

const inBrackets = (value: number) => (value < 0 ? `(${texNumber(value, 1)})` : texNumber(value, 1))

function Why({
  facts,
  frame,
  config,
}: {
  readonly facts: BrainUnit
  readonly frame: BrainFrame
  readonly config: LearnerConfig
}) {
  const words = text.value.panels.inspector
  const fired = facts.spikeTimes.length > 0
  return (
    <>
      {!frame.learned ? <p>{words.restWhy}</p> : !fired && <p>{words.silentWhy}</p>}
      {facts.byChange && frame.learned === 1 && (
        <p>
          {words.tallies(
            count(facts.grown.synapses),
            signed(facts.grown.total),
            count(facts.shrunk.synapses),
            signed(facts.shrunk.total),
          )}
        </p>
      )}
      <p class="panel-quiet">{words.rule}</p>
      {fired && <PairingFormula facts={facts} frame={frame} config={config} />}
    </>
  )
}

/** The rule at the synapse that changed most, with the times of its last two spikes. */
function PairingFormula({
  facts,
  frame,
  config,
}: {
  readonly facts: BrainUnit
  readonly frame: BrainFrame
  readonly config: LearnerConfig
}) {
  const words = text.value.panels.inspector
  const top = facts.synapses.find(synapse => synapse.spikes > 0)
  if (top === undefined) return null
  const pairing = lastPairing(
    timesOf(frame.spikes.input, frame.inputSpikes, top.pixel),
    facts.spikeTimes,
    config,
  )
  if (pairing === null) return null
  const { pre, post, tracePre, tracePost, change, postBefore } = pairing
  return (
    <>
      <p>{words.example(placeOf(top.pixel), fixed(pre, 1), fixed(post, 1))}</p>
      <Formula
        source={`\\Delta w = \\eta\\,x_{\\text{pre}}\\,y_{\\text{post}} = ${texNumber(config.potentiationRate)} \\times ${texNumber(tracePre)} \\times ${texNumber(tracePost)} = ${texNumber(change, 5)}`}
        spoken={`Δw = ${significant(config.potentiationRate)} × ${significant(tracePre)} × ${significant(tracePost)} = ${signed(change)}`}
      />
      {Number.isNaN(postBefore) && <p class="panel-quiet">{words.firstSpike}</p>}
    </>
  )
}

const placeOf = (pixel: number) =>
  text.value.panels.inspector.pixel(Math.floor(pixel / SIDE) + 1, (pixel % SIDE) + 1)

function Synapses({ facts }: { readonly facts: BrainUnit }) {
  const words = text.value.panels.inspector
  const [shown, all] = [count(facts.synapses.length), count(PIXELS)]
  return (
    <ScrollBox label={words.weights}>
      <table>
        <caption>{facts.byChange ? words.mostChanged(shown, all) : words.heaviest(shown, all)}</caption>
        <thead>
          <tr>
            {[words.input, words.weight, words.inputSpikes, words.dw].map(title => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {facts.synapses.map(({ pixel, weight, spikes, change }) => (
            <tr key={pixel}>
              <th scope="row">{placeOf(pixel)}</th>
              <td>{significant(weight)}</td>
              <td>{count(spikes)}</td>
              <td>{signed(change, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
