// The worker in which the brain learns.
import { BrainTrainer } from './brainTrainer.ts'
import { serve } from './serve.ts'

serve<'brain'>(post => new BrainTrainer(post))
