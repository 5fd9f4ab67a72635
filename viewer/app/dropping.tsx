// What is done with files that are dropped on the page: recordings replay, digits are learned from, pictures are read.
import { loaderOf } from '../data/wholeSet.ts'
import { DropZone } from '../panels/dropZone.tsx'
import { openFiles } from '../screens/replayState.ts'
import { openScreen } from '../state/addressBar.ts'
import { drawing, notify, screen } from '../state/store.ts'
import { text } from '../text/text.ts'
import { droppedPicture } from './drawSheet.tsx'
import { endRecording } from './recording.ts'
import { agree } from './restarts.ts'
import { learnFrom } from './session.ts'

export function Dropping() {
  return (
    <DropZone
      onRecordings={files => void openFiles(files)}
      onData={async ({ name, data, heldOut }) => {
        if (!(await agree('restartsBoth'))) return
        // A recording of the run that goes now can only be signed while that is there.
        await endRecording()
        learnFrom(loaderOf(name, data))
        openScreen('stage')
        const words = text.value.shell
        notify('information', heldOut ? words.learnsFromHeldOut(name) : words.learnsFrom(name))
      }}
      onPicture={file => {
        if (screen.value !== 'present') openScreen('stage')
        droppedPicture.value = file
        drawing.value = true
      }}
    />
  )
}
