// The simulator's public face: networks of spiking neurons on the tensor core of spikegrad.
/**
 * Networks of spiking neurons, their synapses, plasticity, encoders, probes and read-outs.
 * @module spikegrad/sim
 */
export type { Binding, BoundSource, Probe, SpikeSource } from './binding.ts'
export { BoundPoissonInput, type Draw, PoissonInput } from './encoders/poissonInput.ts'
export { type SpikeTime, spikeTimes } from './encoders/spikeTimes.ts'
export {
  type Activity,
  DiehlCook,
  type DiehlCookOptions,
  type DrawOptions,
  type Observer,
  type Presentation,
  type PresentOptions,
  type Raster,
  type RasterOptions,
  type SpikeEvents,
} from './models/diehlCook.ts'
export {
  type DiehlCookChanges,
  type DiehlCookParameters,
  diehlCookParameters,
} from './models/diehlCookParameters.ts'
export { Network } from './network.ts'
export { conductanceLif } from './neurons/conductanceLif.ts'
export { currentLif } from './neurons/currentLif.ts'
export {
  heldSteps,
  type NeuronBinding,
  type NeuronCalls,
  type NeuronModel,
  type ParameterDeclaration,
  type ParameterValues,
  type Quantity,
  type Unit,
} from './neurons/model.ts'
export { type PairStdpOptions, pairStdp } from './plasticity/pairStdp.ts'
export type { PlasticityRule, Trace } from './plasticity/rule.ts'
export { type TripletStdpOptions, tripletStdp } from './plasticity/tripletStdp.ts'
export { Population } from './population.ts'
export { SpikeCountProbe } from './probes/spikeCountProbe.ts'
export { SpikeProbe } from './probes/spikeProbe.ts'
export { StateProbe } from './probes/stateProbe.ts'
export { LogLikelihoodReadout } from './readout/logLikelihood.ts'
export { type Readout, ResponseTable } from './readout/responses.ts'
export { assignLabels, VoteReadout } from './readout/vote.ts'
export { type Slot, schedule } from './schedule.ts'
export { type NetworkDescription, Simulation, type SimulationOptions } from './simulation.ts'
export type { SpikeList, SpikingGroup } from './spikes.ts'
export { allButOwn } from './synapses/allButOwn.ts'
export { type DenseOptions, dense } from './synapses/dense.ts'
export { oneToOne } from './synapses/oneToOne.ts'
export type { BoundProjection, PartnerOptions, Projection, ProjectionEnds } from './synapses/projection.ts'
