// The public face of safetensors, the weight file that Python reads with stock libraries.
export type { NamedTensor, SafetensorsData } from './safetensorsFormat.ts'
export {
  decodeSafetensors,
  inspectSafetensors,
  type SafetensorsFile,
  type StoredTensor,
} from './safetensorsReader.ts'
export { encodeSafetensors } from './safetensorsWriter.ts'
