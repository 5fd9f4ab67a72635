// The kernels of the WebAssembly backend: every export here honours a signature of the contract.
export * from './columns'
export * from './convolutions'
export * from './copies'
export * from './encoders'
export * from './fills'
export * from './logSumExp'
export * from './losses'
export * from './neurons'
export * from './pooling'
export * from './products'
export * from './random'
export * from './reductions'
export * from './rows'
export * from './scans'
export * from './synapses'
export * from './traces'

/** First byte that the arena may use: everything below is the module's static data. */
export const heapBase: usize = __heap_base
