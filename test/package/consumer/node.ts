// A user's program in Node: prints what both halves of the package gave.
import { DiehlCook, type Presentation } from 'spikegrad/sim'
import { backend, losses } from './train.js'

const network = new DiehlCook({ neurons: 10, seed: 1 })
const image = new Uint8Array(784).fill(255, 300, 400)
const { spikes }: Presentation = network.present(image, { learning: true })
console.log(JSON.stringify({ backend, first: losses[0], last: losses.at(-1), spikes }))
