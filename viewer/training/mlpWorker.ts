// The worker in which the MLP learns.
import { MlpTrainer } from './mlpTrainer.ts'
import { serve } from './serve.ts'

serve<'mlp'>(post => new MlpTrainer(post))
