# The 784-64-64-10 perceptron in PyTorch on the CPU, in its fastest form of those tried here.
#
# Images are one float tensor, batches are index_select of a shuffled order (no DataLoader), gradients are dropped
# rather than zeroed. Thread counts and Adam's three implementations are timed first, and the fastest pair is used.
import argparse
import os
import time

from peer import not_installed, read_idx, serve

try:
    import torch
    from torch.nn import functional
except ImportError as error:
    not_installed(error)

ADAM_FORMS = {'fused': {'fused': True}, 'foreach': {'foreach': True}, 'single': {'foreach': False}}
# Enough short trials that each pair meets a quiet moment on a busy machine.
TRIAL_BATCHES = 100
TRIALS = 6


class Trainer:
    """A perceptron and its Adam; `train` makes one update a batch of `order`."""

    def __init__(self, images, labels, batch, form, seed):
        torch.manual_seed(seed)
        self.images, self.labels, self.batch = images, labels, batch
        self.model = torch.nn.Sequential(
            torch.nn.Linear(784, 64),
            torch.nn.ReLU(),
            torch.nn.Linear(64, 64),
            torch.nn.ReLU(),
            torch.nn.Linear(64, 10),
        )
        self.optimiser = torch.optim.Adam(self.model.parameters(), lr=1e-3, **ADAM_FORMS[form])

    def train(self, order):
        for start in range(0, len(order), self.batch):
            chosen = order[start : start + self.batch]
            logits = self.model(self.images.index_select(0, chosen))
            loss = functional.cross_entropy(logits, self.labels.index_select(0, chosen))
            self.optimiser.zero_grad(set_to_none=True)
            loss.backward()
            self.optimiser.step()

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


def fastest(make, batch):
    """The form of Adam and thread count with the lowest time for a few batches, as (form, threads)."""
    forms = {form: make(form) for form in ADAM_FORMS if supported(make, form)}
    cores = os.cpu_count() or 1
    counts = [count for count in sorted({1, 2, cores}) if count <= cores]
    best = {}
    for trial in range(TRIALS + 1):
        for threads in counts:
            torch.set_num_threads(threads)
            for form, trainer in forms.items():
                order = torch.randperm(len(trainer.images))[: TRIAL_BATCHES * batch]
                started = time.perf_counter()
                trainer.train(order)
                seconds = time.perf_counter() - started
                # The first trial only warms up.
                if trial > 0:
                    best[form, threads] = min(seconds, best.get((form, threads), seconds))
    return min(best, key=best.get)


def tensors(folder, prefix):
    images = torch.from_numpy(read_idx(folder, f'{prefix}-images-idx3-ubyte').astype('float32') / 255)
    return images, torch.from_numpy(read_idx(folder, f'{prefix}-labels-idx1-ubyte').astype('int64'))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--data', required=True, help='folder with the MNIST IDX files')
    parser.add_argument('--batch', type=int, default=128)
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    images, labels = tensors(options.data, 'train')
    test_images, test_labels = tensors(options.data, 't10k')

    def make(form):
        return Trainer(images, labels, options.batch, form, options.seed)

    form, threads = fastest(make, options.batch)
    torch.set_num_threads(threads)
    trainer = make(form)
    epochs = 0

    def epoch():
        nonlocal epochs
        epochs += 1
        started = time.perf_counter()
        trainer.train(torch.randperm(len(images)))
        return time.perf_counter() - started

    def measure():
        seconds = epoch()
        accuracy = trainer.accuracy(test_images, test_labels)
        return {'secondsPerEpoch': seconds, 'epochs': epochs, 'testAccuracy': accuracy}

    epoch()
    detail = f'{threads} thread{"" if threads == 1 else "s"}, {form} Adam'
    serve({'ready': True, 'version': torch.__version__, 'batch': options.batch, 'detail': detail}, measure)


if __name__ == '__main__':
    main()
