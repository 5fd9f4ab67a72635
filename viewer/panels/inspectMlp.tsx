// The inspector of one unit of the MLP: its sum with the values filled in, its gradient, its last update.

import { SIDE } from '../../experiments/learners/common.ts'
import type { MlpFrame } from '../../experiments/learners/mlpFrame.ts'
import type { LearnerConfig } from '../../experiments/learners/parameters.ts'
import { type Text, text } from '../text/text.ts'
import { count, percent, signed, significant, texNumber } from './format.ts'
import { Formula } from './formula.tsx'
import { type MlpUnit, mlpUnit, seesPixels } from './mlpUnit.ts'
import { ScrollBox } from './scrollBox.tsx'
import { UnitPictures } from './unitPictures.tsx'

interface Properties {
  readonly frame: MlpFrame
  readonly config: LearnerConfig
  readonly layer: number
  readonly unit: number
  readonly recorded: boolean
}

export function InspectMlp({ frame, config, layer, unit, recorded }: Properties) {
  const words = text.value.panels.inspector
  const facts = mlpUnit(frame, layer, unit)
  if (facts === null) return <p class="panel-quiet">{words.gone}</p>
  return (
    <div class="inspector-body">
      <h4>{facts.output ? words.mlpOutput(unit) : words.mlpUnit(layer, unit)}</h4>
      {facts.lesioned && <p class="inspector-flag">{words.lesioned}</p>}
      {!facts.exact && <p class="panel-quiet">{recorded ? words.recorded : words.waiting}</p>}
      <dl class="inspector-values">
        {facts.exact && <Value name={words.sum} value={significant(facts.sum)} />}
        {facts.exact && <Value name={words.bias} value={significant(facts.bias)} />}
        <Value
          name={words.activation}
          value={facts.output ? percent(facts.activation) : significant(facts.activation)}
        />
        <Value name={words.delta} value={signed(facts.delta)} />
      </dl>
      <h5>{words.formula}</h5>
      <Formula source={activationFormula(facts, config)} spoken={spokenActivation(facts, config)} />
      <h5>{words.why}</h5>
      <Why facts={facts} frame={frame} config={config} />
      {seesPixels(frame, layer) && (
        <UnitPictures
          weights={facts.weights}
          change={facts.change}
          colouring="sign"
          version={`${layer} ${unit} ${frame.weightsVersion} ${facts.exact}`}
        />
      )}
      <Strongest facts={facts} pixels={seesPixels(frame, layer)} />
    </div>
  )
}

export function Value({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Why({
  facts,
  frame,
  config,
}: {
  readonly facts: MlpUnit
  readonly frame: MlpFrame
  readonly config: LearnerConfig
}) {
  const words = text.value.panels.inspector
  const top = facts.strongest[0]
  return (
    <>
      <p>{gradientMeaning(facts, frame, words)}</p>
      {top !== undefined && frame.label >= 0 && (
        <Formula
          source={`\\frac{\\partial L}{\\partial w} = \\delta\\,x = ${texNumber(facts.delta)} \\times ${texNumber(top.x)} = ${texNumber(top.gradient)}`}
          spoken={`${words.weightGradient} ${signed(facts.delta)} × ${significant(top.x)} = ${signed(top.gradient)}`}
        />
      )}
      <p class="panel-quiet">{words.weightGradient}</p>
      <Formula
        source={optimiserFormulas[config.optimiser](
          texNumber(config.learningRate, 4),
          texNumber(config.momentum, 2),
        )}
        spoken={words.optimisers[config.optimiser]}
      />
      <p>
        {words.optimiser(
          words.optimisers[config.optimiser],
          significant(config.learningRate),
          words.batchImages(config.batchSize),
        )}{' '}
        {!Number.isNaN(facts.meanChange) && words.meanChange(significant(facts.meanChange, 2))}
      </p>
      {frame.learned === 0 && <p class="panel-quiet">{words.notLearned}</p>}
    </>
  )
}

function gradientMeaning({ delta }: MlpUnit, frame: MlpFrame, words: Text['panels']['inspector']): string {
  if (frame.label < 0) return words.unlabelled
  return delta === 0 ? words.deltaZero : words.deltaMeaning(delta > 0)
}

/** The step each optimiser takes, its rate filled in; g is the mean gradient of a batch. */
const optimiserFormulas: Readonly<
  Record<LearnerConfig['optimiser'], (rate: string, momentum: string) => string>
> = {
  gradientDescent: rate => `\\Delta w = -\\eta\\,g = -${rate}\\,g`,
  sgd: (rate, momentum) =>
    `\\Delta w = -\\eta\\,u = -${rate}\\,u, \\qquad u \\leftarrow \\mu\\,u + g,\\ \\mu = ${momentum}`,
  rmsProp: rate => `\\Delta w = -\\frac{\\eta\\,g}{\\sqrt{s} + \\varepsilon},\\ \\eta = ${rate}`,
  adam: rate => `\\Delta w = -\\frac{\\eta\\,\\hat m}{\\sqrt{\\hat s} + \\varepsilon},\\ \\eta = ${rate}`,
}

const functionNames: Readonly<Record<LearnerConfig['activation'], string>> = {
  relu: '\\operatorname{relu}',
  tanh: '\\tanh',
  sigmoid: '\\sigma',
}

/** The unit's sum and output, with the values filled in that are there. */
function activationFormula(facts: MlpUnit, config: LearnerConfig): string {
  const { bias, sum, activation, output, exact } = facts
  const inner = exact ? `${texNumber(sum - bias)} ${bias < 0 ? '-' : '+'} ${texNumber(Math.abs(bias))}` : ''
  if (output) {
    return `z = \\sum_i w_i x_i + b${exact ? ` = ${inner} = ${texNumber(sum)}` : ''}, \\qquad p = \\frac{e^{z}}{\\sum_k e^{z_k}} = ${texNumber(activation)}`
  }
  const name = functionNames[config.activation]
  return `a = ${name}\\Big(\\sum_i w_i x_i + b\\Big)${exact ? ` = ${name}(${inner})` : ''} = ${texNumber(activation)}`
}

function spokenActivation({ sum, activation, output, exact }: MlpUnit, config: LearnerConfig): string {
  const name = output ? 'softmax' : config.activation
  return `${name}(w x + b)${exact ? ` = ${name}(${significant(sum)})` : ''} = ${significant(activation)}`
}

function Strongest({ facts, pixels }: { readonly facts: MlpUnit; readonly pixels: boolean }) {
  const words = text.value.panels.inspector
  const nameOf = (input: number) =>
    pixels ? words.pixel(Math.floor(input / SIDE) + 1, (input % SIDE) + 1) : words.unit(input)
  return (
    <ScrollBox label={words.weights}>
      <table>
        <caption>{words.strongest(count(facts.strongest.length), count(facts.inputs))}</caption>
        <thead>
          <tr>
            {[words.input, words.x, words.weight, words.product, words.gradient, words.lastUpdate].map(
              title => (
                <th key={title} scope="col">
                  {title}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {facts.strongest.map(({ input, x, weight, product, gradient, change }) => (
            <tr key={input}>
              <th scope="row">{nameOf(input)}</th>
              <td>{significant(x)}</td>
              <td>{signed(weight)}</td>
              <td>{signed(product)}</td>
              <td>{signed(gradient, 2)}</td>
              <td>{signed(change, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
