// Stands where a recording will be, or says that it could not be fetched.
import { text } from '../../text/text.ts'

export function Missing({ state }: { readonly state: 'waiting' | 'missing' }) {
  const words = text.value.lessons
  return (
    <p class="lesson-missing" role="status">
      {state === 'waiting' ? words.loadingRecording : words.recordingMissing}
    </p>
  )
}
