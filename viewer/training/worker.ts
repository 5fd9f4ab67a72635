// The worker in which a network learns: which one, its name says. One script serves both, so that it is fetched once.
import { BrainTrainer } from './brainTrainer.ts'
import { MlpTrainer } from './mlpTrainer.ts'
import { serve } from './serve.ts'

if (self.name === 'mlp') serve<'mlp'>(post => new MlpTrainer(post))
else serve<'brain'>(post => new BrainTrainer(post))
