// The bar that moves time: play, steps, speed, pace, the clock of images.
import { Button, IconButton } from '../controls/button.tsx'
import { Disclosure } from '../controls/disclosure.tsx'
import { Segments, Select } from '../controls/fields.tsx'
import { count, fixed } from '../panels/format.ts'
import { addressOf } from '../state/addressBar.ts'
import * as store from '../state/store.ts'
import { text } from '../text/text.ts'
import * as commands from './commands.ts'
import { lazy } from './lazy.tsx'
import { busy, recorder, toggleRecording } from './recording.ts'
import { requestPace } from './restarts.ts'

const ExportItems = lazy(async () => (await import('./exportItems.tsx')).ExportItems)

export function Transport() {
  const words = text.value.shell
  const playing = store.playing.value
  return (
    <section class="transport" aria-label={words.transport}>
      <div class="transport-steps">
        <IconButton
          class="transport-play"
          icon={playing ? 'pause' : 'play'}
          label={playing ? words.pause : words.play}
          onClick={commands.togglePlay}
        />
        <IconButton
          icon="sampleBack"
          label={words.sampleBack}
          shortcut="<"
          onClick={() => commands.stepSample(-1)}
        />
        <IconButton icon="stepBack" label={words.stepBack} shortcut="," onClick={() => commands.step(-1)} />
        <IconButton icon="step" label={words.step} shortcut="." onClick={() => commands.step(1)} />
        <IconButton icon="sample" label={words.sample} shortcut=">" onClick={() => commands.stepSample(1)} />
      </div>
      <Speed />
      <Clock />
      <div class="transport-tools">
        <Record />
        <IconButton
          icon="draw"
          label={text.value.stage.draw}
          shortcut="D"
          pressed={store.drawing.value}
          onClick={commands.toggleDrawing}
        />
        {store.embedded.value ? <WholePage /> : <More />}
      </div>
    </section>
  )
}

/** Records a live run; says how long and how much. */
function Record() {
  const words = text.value.shell
  void store.told.value
  const made = recorder.value
  if (made === null && store.source.value?.origin !== 'live') return null
  return (
    <>
      {made && (
        <span class="record-length">
          {words.recorded(fixed(made.seconds, 0), fixed(made.bytes / 1e6, 1))}
        </span>
      )}
      <IconButton
        class={made ? 'record-on' : ''}
        icon={made ? 'stop' : 'record'}
        label={made ? words.stopRecording : words.record}
        pressed={made !== null}
        disabled={busy.value}
        onClick={() => void toggleRecording()}
      />
    </>
  )
}

function Speed() {
  const words = text.value.shell
  return (
    <Select
      bare
      label={words.speed}
      value={String(store.speed.value)}
      choices={store.speeds.map(speed => ({ value: String(speed), label: commands.speedWords(speed) }))}
      onChange={value => commands.setSpeed(Number(value))}
    />
  )
}

/** Where the source is; a live run counts the images that the slower network has learned from. */
function Clock() {
  const words = text.value.shell
  void store.told.value
  const source = store.source.value
  if (source === null) return <p class="clock" />
  const { position, length, origin } = source
  return (
    <p class="clock">
      <span class={`clock-origin clock-${origin}`}>{origin === 'live' ? words.live : words.recording}</span>
      <span class="clock-images">
        {length === null
          ? words.images(count(position))
          : words.imagesOf(count(position), count(Math.max(length, position)))}
      </span>
    </p>
  )
}

/** Leads from a page inside another one to the page itself, as it is now. */
function WholePage() {
  const { origin, pathname } = location
  const hash = addressOf().replace(/embed=1&?/, '')
  return (
    <a class="brand" href={`${origin}${pathname}${hash}`} target="_blank" rel="noopener">
      {text.value.shell.name}
    </a>
  )
}

function More() {
  const words = text.value.shell
  const then = (close: () => void, action: () => void) => () => {
    close()
    action()
  }
  return (
    <Disclosure icon="more" label={words.more} place="above">
      {close => (
        <div class="transport-more">
          <Segments
            label={words.pace}
            value={store.pace.value}
            choices={store.paces.map(value => ({ value, label: words.paces[value] }))}
            onChange={value => void requestPace(value)}
          />
          <Button icon="present" kind="quiet" onClick={then(close, commands.togglePresent)}>
            {words.present}
          </Button>
          <Button icon="link" kind="quiet" onClick={then(close, () => void commands.copyLink())}>
            {words.copyLink}
          </Button>
          <ExportItems panel={null} close={close} />
          <Button icon="restart" kind="quiet" onClick={then(close, commands.restart)}>
            {words.restart}
          </Button>
        </div>
      )}
    </Disclosure>
  )
}
