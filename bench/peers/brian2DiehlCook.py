# The Diehl & Cook (2015) network of 400 excitatory neurons in Brian2, runtime mode with Cython, float64.
#
# Parameters are the released code's, without its input delays: conductance-based membranes (exponential Euler),
# adaptive threshold, nearest-spike triplet STDP, dt 0.5 ms, 350 ms of image and 150 ms of rest. Two forms, which
# draw the same random numbers and fire the same spikes:
# - `published`, as the released code is written: traces in the synapses, one `run` for the image, one for the rest;
# - `tuned`: traces in the neurons, and one `run` for both, since the set-up of a `run` costs tens of milliseconds.
# In both, equal weights are constants in `on_pre` and no spike is recorded (a counter is kept).
import argparse
import time

from peer import not_installed, read_idx, serve

try:
    import brian2 as b2
    import Cython  # noqa: F401  Brian2 would fall back to NumPy without it, which is slower.
    import numpy as np
except ImportError as error:
    not_installed(error)

from brian2 import Hz, ms

NEURONS = 400
PIXELS = 784
INTENSITY = 2
WEIGHT_SUM = 78.0
LEAST_SPIKES = 5
IMAGE, REST = 350 * ms, 150 * ms


MEMBRANE = """
    dv/dt = ((vLeak - v) + gExc * (eExc - v) + gInh * (eInh - v)) / tauMem : 1 (unless refractory)
    dgExc/dt = -gExc / (1*ms) : 1
    dgInh/dt = -gInh / (2*ms) : 1
    """
EXCITATORY = {'vLeak': -65, 'eExc': 0, 'eInh': -100, 'tauMem': 100 * ms}
INHIBITORY = {'vLeak': -60, 'eExc': 0, 'eInh': -85, 'tauMem': 10 * ms}
PRE_TRACES = 'dxPre/dt = -xPre / (20*ms) : 1'
POST_TRACES = ['dy1/dt = -y1 / (20*ms) : 1', 'dy2/dt = -y2 / (40*ms) : 1']


class DiehlCook:
    """The network, its weights, and how an image is shown to it."""

    def __init__(self, tuned, seed):
        b2.prefs.codegen.target = 'cython'
        b2.defaultclock.dt = 0.5 * ms
        b2.seed(seed)
        self.tuned = tuned
        # Pixels spike as a Poisson process while the image is shown, then rest.
        self.input = b2.NeuronGroup(
            PIXELS,
            'rate : Hz\nimageEnds : second (shared)\n' + (PRE_TRACES if tuned else ''),
            threshold='(t < imageEnds) and (rand() < rate * dt)',
            reset='xPre = 1' if tuned else '',
            method='exact',
        )
        if tuned:
            # A presynaptic spike's trace counts for a postsynaptic spike of the same step.
            self.input.resetter['spike'].when = 'before_synapses'
        self.excitatory = b2.NeuronGroup(
            NEURONS,
            '\n'.join(
                [MEMBRANE, 'dtheta/dt = -theta / (1e7*ms) : 1', 'fired : integer', 'imageEnds : second (shared)']
                + (POST_TRACES if tuned else [])
            ),
            threshold='v > theta - 20 - 52',
            reset='v = -65; theta += 0.05; fired += int(t < imageEnds)' + ('; y1 = 1; y2 = 1' if tuned else ''),
            refractory=5 * ms,
            method='exponential_euler',
            namespace=EXCITATORY,
        )
        self.inhibitory = b2.NeuronGroup(
            NEURONS,
            MEMBRANE,
            threshold='v > -40',
            reset='v = -45',
            refractory=2 * ms,
            method='exponential_euler',
            namespace=INHIBITORY,
        )
        self.excitatory.v = -105
        self.excitatory.theta = 20
        self.inhibitory.v = -100
        self.connect()

    def connect(self):
        learned = self.learned_tuned() if self.tuned else self.learned_as_published()
        learned.connect()
        learned.w = '0.3 * (rand() + 0.01)'
        excite = b2.Synapses(self.excitatory, self.inhibitory, on_pre='gExc_post += 10.4')
        excite.connect(j='i')
        inhibit = b2.Synapses(self.inhibitory, self.excitatory, on_pre='gInh_post += 17')
        inhibit.connect(condition='i != j')
        self.network = b2.Network(self.input, self.excitatory, self.inhibitory, learned, excite, inhibit)
        # A view of the weights themselves: `connect()` orders synapses by presynaptic neuron.
        self.weights = learned.variables['w'].get_value().reshape(PIXELS, NEURONS)

    def learned_tuned(self):
        return b2.Synapses(
            self.input,
            self.excitatory,
            'w : 1',
            on_pre='gExc_post += w; w = clip(w - 0.0001 * y1_post, 0, 1)',
            on_post='w = clip(w + 0.01 * xPre_pre * y2_post, 0, 1)',
        )

    def learned_as_published(self):
        traces = [f'{trace} (event-driven)' for trace in [PRE_TRACES, *POST_TRACES]]
        return b2.Synapses(
            self.input,
            self.excitatory,
            '\n'.join(['w : 1', *traces]),
            on_pre='gExc_post += w; xPre = 1; w = clip(w - 0.0001 * y1, 0, 1)',
            on_post='w = clip(w + 0.01 * xPre * y2, 0, 1); y1 = 1; y2 = 1',
        )

    def show(self, image, intensity):
        """One presentation; returns how often the excitatory neurons fired while the image was on."""
        self.weights *= WEIGHT_SUM / self.weights.sum(axis=0)
        self.input.rate = image / 8.0 * intensity * Hz
        self.input.imageEnds = self.excitatory.imageEnds = self.network.t + IMAGE
        self.excitatory.fired = 0
        if self.tuned:
            self.network.run(IMAGE + REST)
        else:
            self.network.run(IMAGE)
            self.network.run(REST)
        return int(np.sum(self.excitatory.fired))

    def present(self, image):
        """Shows an image, brighter each time, until it draws five spikes; returns presentations and last spikes."""
        presentations, intensity = 0, INTENSITY
        while True:
            presentations += 1
            spikes = self.show(image, intensity)
            if spikes >= LEAST_SPIKES:
                return presentations, spikes
            intensity += 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--data', required=True, help='folder with the MNIST IDX files')
    parser.add_argument('--images', type=int, default=5, help='images a measurement')
    parser.add_argument('--warm-up', type=int, default=5, help='images before the first measurement')
    parser.add_argument('--form', choices=['published', 'tuned'], default='tuned')
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    images = read_idx(options.data, 'train-images-idx3-ubyte')
    network = DiehlCook(options.form == 'tuned', options.seed)
    for image in images[: options.warm_up]:
        network.present(image)
    position = options.warm_up

    def measure():
        nonlocal position
        presentations, spikes = 0, 0
        started = time.perf_counter()
        for image in images[position : position + options.images]:
            shown, fired = network.present(image)
            presentations += shown
            spikes += fired
        seconds = time.perf_counter() - started
        position += options.images
        return {
            'secondsPerPresentation': seconds / presentations,
            'presentations': presentations,
            'excitatorySpikes': spikes,
            'images': options.images,
        }

    detail = f'runtime mode, {b2.prefs.codegen.target}, float64, exponential Euler, {options.form} form'
    serve({'ready': True, 'version': b2.__version__, 'detail': detail}, measure)


if __name__ == '__main__':
    main()
