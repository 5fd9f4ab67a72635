// Gathers the files of a drop: those dropped, and of a dropped folder those that may matter.

/** How much of a dropped folder is looked at. */
const MOST_ENTRIES = 2000
const DEEPEST = 4

export interface DroppedFiles {
  readonly files: readonly File[]
  /** Folders that hold neither a recording nor data. */
  readonly empty: readonly string[]
}

/** Must be called while the event is handled: afterwards a drop has nothing in it. */
export async function filesOf(transfer: DataTransfer): Promise<DroppedFiles> {
  const entries = [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map(item => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  const files: File[] = []
  const empty: string[] = []
  for (const { entry, file } of entries) {
    if (entry?.isDirectory) {
      const found = await filesIn(entry as FileSystemDirectoryEntry, { entries: MOST_ENTRIES })
      if (found.length === 0) empty.push(entry.name)
      files.push(...found)
    } else if (file !== null) files.push(file)
  }
  return { files, empty }
}

/** What matters of the files of a folder that was picked. */
export function filesOfFolder(picked: readonly File[]): DroppedFiles {
  const files = picked.filter(({ name }) => matters(name))
  const folder = picked[0]?.webkitRelativePath.split('/')[0] ?? ''
  return { files, empty: files.length === 0 ? [folder] : [] }
}

/** A run folder has many files; these are the ones the page reads. */
function matters(name: string): boolean {
  return name.endsWith('.mcap') || /ubyte/.test(name)
}

async function filesIn(
  folder: FileSystemDirectoryEntry,
  left: { entries: number },
  depth = 0,
): Promise<File[]> {
  const reader = folder.createReader()
  const files: File[] = []
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>(resolve =>
      reader.readEntries(resolve, () => resolve([])),
    )
    if (entries.length === 0) return files
    for (const entry of entries) {
      left.entries -= 1
      if (left.entries < 0) return files
      if (entry.isDirectory && depth < DEEPEST)
        files.push(...(await filesIn(entry as FileSystemDirectoryEntry, left, depth + 1)))
      else if (entry.isFile && matters(entry.name)) {
        const file = await fileOf(entry as FileSystemFileEntry)
        if (file !== null) files.push(file)
      }
    }
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise(resolve => entry.file(resolve, () => resolve(null)))
}
