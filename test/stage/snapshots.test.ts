// Pictures asked for as files: each request ends, in a picture or in a reason.
import { describe, expect, it } from 'vitest'
import { SnapshotError, Snapshots } from '../../viewer/stage/snapshots.ts'

const pictureOf = async (panel: string | undefined) => new Blob([panel ?? 'stage'])

describe('snapshots', () => {
  it('are made at the next picture, each of its own panel', async () => {
    const snapshots = new Snapshots()
    const asked = [snapshots.ask('input'), snapshots.ask(undefined)]
    expect(snapshots.pending).toBe(true)
    snapshots.make(pictureOf)
    expect(snapshots.pending).toBe(false)
    expect(await Promise.all((await Promise.all(asked)).map(blob => blob.text()))).toEqual(['input', 'stage'])
  })

  it('that cannot be made say so, and leave the others alone', async () => {
    const snapshots = new Snapshots()
    const [broken, hidden, whole] = [
      snapshots.ask('input'),
      snapshots.ask('mlpTime'),
      snapshots.ask(undefined),
    ]
    const cause = new Error('no memory')
    snapshots.make(panel => {
      if (panel === 'input') throw cause
      if (panel === 'mlpTime') return Promise.reject(new SnapshotError('notShown', ''))
      return pictureOf(panel)
    })
    await expect(broken).rejects.toMatchObject({ name: 'SnapshotError', problem: 'notMade', cause })
    await expect(hidden).rejects.toMatchObject({ problem: 'notShown' })
    expect((await whole).size).toBe(5)
  })

  it('are refused while the context is lost, and made again after', async () => {
    const snapshots = new Snapshots()
    const before = snapshots.ask('input')
    snapshots.refuse('lost')
    await expect(before).rejects.toMatchObject({ problem: 'lost' })
    await expect(snapshots.ask('input')).rejects.toMatchObject({ problem: 'lost' })
    snapshots.accept()
    const after = snapshots.ask('input')
    expect(snapshots.pending).toBe(true)
    snapshots.make(pictureOf)
    expect(await (await after).text()).toBe('input')
    snapshots.refuse('disposed')
    await expect(snapshots.ask(undefined)).rejects.toMatchObject({ problem: 'disposed' })
  })
})
