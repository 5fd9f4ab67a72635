# What the Python peers share: reading MNIST's IDX files, and the measuring protocol with bench/peer.ts.
#
# The protocol: a peer prepares (imports, compiles, warms up), prints one JSON line that says it is ready, and then
# takes one measurement for every line it reads, answering with one JSON line, until its input ends. So the bench
# can alternate between its own side and the peer's. By hand: press Enter to measure, Ctrl-D to leave.
import json
import sys
from pathlib import Path

# The exit status that means "the package is not installed"; bench/peer.ts knows it.
NOT_INSTALLED = 3


def not_installed(error):
    """Leaves with the status that bench/peer.ts reports as skipped, not as failed."""
    print(error, file=sys.stderr)
    sys.exit(NOT_INSTALLED)


def read_idx(folder, name):
    """The array in an IDX file of unsigned bytes, one row an image (or one entry a label)."""
    import numpy

    contents = (Path(folder) / name).read_bytes()
    dimensions = contents[3]
    shape = numpy.frombuffer(contents, dtype='>u4', count=dimensions, offset=4)
    values = numpy.frombuffer(contents, dtype=numpy.uint8, offset=4 + 4 * dimensions)
    return values.reshape(shape[0], -1) if dimensions > 1 else values


def announce(line):
    print(json.dumps(line), flush=True)


def serve(ready, measure):
    """Announces `ready`, then one `measure()` for every line of standard input."""
    announce(ready)
    for _ in sys.stdin:
        announce(measure())
