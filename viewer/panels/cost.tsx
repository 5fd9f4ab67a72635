// What each network has spent: counts side by side, an energy that is only a model, and what of it can be compared.
import './panels.css'
import { text } from '../text/text.ts'
import { brainCost, type Cost, energyModel, mlpCost } from './costs.ts'
import { compact, count, duration, energy, percent } from './format.ts'
import { newestFrames } from './frames.ts'

export function CostPanel() {
  const words = text.value.panels.cost
  const frames = newestFrames()
  const costs = { mlp: mlpCost(frames), brain: brainCost(frames) }
  const names = text.value.panels.networks
  return (
    <section class="panel cost-panel" aria-labelledby="cost-title">
      <header class="panel-header">
        <h3 id="cost-title">{words.title}</h3>
        <p class="panel-quiet">{words.description}</p>
      </header>
      <table class="cost-table">
        <caption class="visually-hidden">{words.description}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">{words.measure}</span>
            </th>
            <th scope="col">{names.mlp}</th>
            <th scope="col">{names.brain}</th>
          </tr>
        </thead>
        <tbody>
          {rows(costs.mlp, costs.brain).map(({ name, mlp, brain }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{mlp}</td>
              <td>{brain}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Facts title={words.comparable} facts={words.comparableFacts} />
      <Facts title={words.incomparable} facts={words.incomparableFacts} />
      <Facts title={words.assumptions} facts={words.assumptionFacts(assumed)} />
    </section>
  )
}

const assumed = {
  mac: String(energyModel.multiplyAccumulate * 1e12),
  accumulate: String(energyModel.accumulate * 1e12),
  word: String(energyModel.wordFromMemory * 1e12),
  steps: String(energyModel.membraneStep),
}

function Facts({ title, facts }: { readonly title: string; readonly facts: readonly string[] }) {
  return (
    <details class="cost-facts">
      <summary>{title}</summary>
      <ul>
        {facts.map(fact => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </details>
  )
}

/** The bill line by line; a network that has learned nothing yet has empty cells. */
function rows(mlp: Cost | null, brain: Cost | null) {
  const words = text.value.panels.cost
  const line = (name: string, ofMlp: (cost: Cost) => string, ofBrain = ofMlp) => ({
    name,
    mlp: mlp === null ? '' : ofMlp(mlp),
    brain: brain === null ? '' : ofBrain(brain),
  })
  return [
    line(words.samples, cost => count(cost.samples)),
    line(words.labels, cost => count(cost.labelsLearnedFrom)),
    line(
      words.labelsReadOut,
      () => words.notApplicable,
      cost => words.upTo(count(cost.labelsReadOut)),
    ),
    line(words.accuracy, cost => words.ofImages(percent(cost.testAccuracy), count(cost.testImages))),
    line(words.parameters, cost => count(cost.parameters)),
    line(
      words.perImage,
      cost => words.macs(compact(cost.operationsPerImage)),
      cost => words.accumulates(compact(cost.operationsPerImage)),
    ),
    line(
      words.membraneSteps,
      () => words.notApplicable,
      cost => words.notCounted(compact(cost.membraneSteps)),
    ),
    line(
      words.operations,
      cost => words.macs(compact(cost.operations)),
      cost => words.accumulates(compact(cost.operations)),
    ),
    line(words.time, cost => duration(cost.secondsPerImage)),
    line(words.energy, ({ energyPerImage: { low, high } }) => words.range(energy(low), energy(high))),
  ]
}
