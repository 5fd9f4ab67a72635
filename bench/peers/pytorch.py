# Works in PyTorch on the CPU, in the fastest form of those tried here: training a perceptron 784-hidden-hidden-10 (`mlp`) or a
# small convolutional network (`cnn`) on MNIST, and adding two tensors of one entry (`add`).
#
# Images are one float tensor, batches are index_select of a shuffled order (no DataLoader), gradients are dropped
# rather than zeroed. Thread counts and Adam's three implementations are timed first, and the fastest pair is used.
import argparse
import math
import os
import time

from peer import not_installed, read_idx, serve

try:
    import torch
    from torch import nn
    from torch.nn import functional
except ImportError as error:
    not_installed(error)

ADAM_FORMS = {'fused': {'fused': True}, 'foreach': {'foreach': True}, 'single': {'foreach': False}}
# Enough short trials that each pair meets a quiet moment on a busy machine.
TRIAL_SECONDS = 0.15
TRIALS = 6
ADDITIONS = 20_000


def perceptron(hidden):
    return nn.Sequential(
        nn.Linear(784, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, 10)
    )


def convolutional():
    return nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)),
        nn.Conv2d(1, 8, 3, padding='same'),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding='same'),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(784, 10),
    )


class Trainer:
    """A model and its Adam; `train` makes one update a batch of `order`."""

    def __init__(self, images, labels, options, form):
        torch.manual_seed(options.seed)
        self.images, self.labels, self.batch = images, labels, options.batch
        self.model = perceptron(options.hidden) if options.work == 'mlp' else convolutional()
        self.optimiser = torch.optim.Adam(self.model.parameters(), lr=1e-3, **ADAM_FORMS[form])

    def train(self, order):
        """Returns the seconds it took."""
        started = time.perf_counter()
        for start in range(0, len(order), self.batch):
            chosen = order[start : start + self.batch]
            logits = self.model(self.images.index_select(0, chosen))
            loss = functional.cross_entropy(logits, self.labels.index_select(0, chosen))
            self.optimiser.zero_grad(set_to_none=True)
            loss.backward()
            self.optimiser.step()
        return time.perf_counter() - started

    @torch.no_grad()
    def accuracy(self, images, labels):
        return (self.model(images).argmax(1) == labels).double().mean().item()


def supported(make, form):
    """Whether this PyTorch has the form of Adam on the CPU (older ones lack the fused one)."""
    try:
        make(form).train(torch.arange(1))
    except (RuntimeError, TypeError):
        return False
    return True


def thread_counts():
    cores = os.cpu_count() or 1
    return [count for count in sorted({1, 2, cores}) if count <= cores]


def fastest(make, batch):
    """The form of Adam and thread count with the lowest time for a few batches, as (form, threads)."""
    trainers = {form: make(form) for form in ADAM_FORMS if supported(make, form)}
    count = len(next(iter(trainers.values())).images)
    batches = 1
    best = {}
    for trial in range(TRIALS + 1):
        for threads in thread_counts():
            torch.set_num_threads(threads)
            for form, trainer in trainers.items():
                seconds = trainer.train(torch.randperm(count)[: batches * batch]) / batches
                # The first trial only warms up, and tells how many batches make one.
                if trial > 0:
                    best[form, threads] = min(seconds, best.get((form, threads), seconds))
                else:
                    batches = max(1, min(100, int(TRIAL_SECONDS / seconds)))
    return min(best, key=best.get)


def tensors(folder, prefix):
    images = torch.from_numpy(read_idx(folder, f'{prefix}-images-idx3-ubyte').astype('float32') / 255)
    return images, torch.from_numpy(read_idx(folder, f'{prefix}-labels-idx1-ubyte').astype('int64'))


def serve_training(options):
    images, labels = tensors(options.data, 'train')
    test_images, test_labels = tensors(options.data, 't10k')
    epoch_batches = math.ceil(len(images) / options.batch)
    batches = min(options.batches or epoch_batches, epoch_batches)

    def make(form):
        return Trainer(images, labels, options, form)

    form, threads = fastest(make, options.batch)
    torch.set_num_threads(threads)
    trainer = make(form)
    updates = 0

    def train():
        nonlocal updates
        updates += batches
        return trainer.train(torch.randperm(len(images))[: batches * options.batch])

    def measure():
        seconds = train() / batches * epoch_batches
        accuracy = trainer.accuracy(test_images, test_labels)
        return {'secondsPerEpoch': seconds, 'updates': updates, 'testAccuracy': accuracy}

    train()
    detail = f'{threads} thread{"" if threads == 1 else "s"}, {form} Adam'
    if batches < epoch_batches:
        detail += f', {batches} batches scaled to an epoch of {epoch_batches}'
    serve({'ready': True, 'version': torch.__version__, 'detail': detail}, measure)


def serve_addition():
    # One entry: threads do not matter.
    torch.set_num_threads(1)
    a, b = torch.tensor([1.0]), torch.tensor([2.0])

    def measure():
        best = math.inf
        for _ in range(5):
            started = time.perf_counter()
            for _ in range(ADDITIONS):
                total = a + b
            best = min(best, time.perf_counter() - started)
        return {'seconds': best / ADDITIONS, 'result': total.item()}

    measure()
    serve({'ready': True, 'version': torch.__version__, 'detail': '1 thread, grad mode on, no grad required'}, measure)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--work', choices=['mlp', 'cnn', 'add'], default='mlp')
    parser.add_argument('--data', required=True, help='folder with the MNIST IDX files')
    parser.add_argument('--hidden', type=int, default=64)
    parser.add_argument('--batch', type=int, default=128)
    parser.add_argument('--batches', type=int, help='updates of a measurement, scaled to an epoch; by default an epoch')
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    if options.work == 'add':
        serve_addition()
    else:
        serve_training(options)


if __name__ == '__main__':
    main()
