# A classifier of digits, as PyTorch's tutorials write it. Its twin in TypeScript is ../pytorch.ts.
import torch
from torch import nn, optim, relu
from torch.utils.data import DataLoader
from torchvision.datasets import MNIST
from torchvision.transforms import ToTensor

train = MNIST('data', train=True, download=True, transform=ToTensor())
test = MNIST('data', train=False, transform=ToTensor())


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(784, 64)
        self.fc2 = nn.Linear(64, 64)
        self.fc3 = nn.Linear(64, 10)

    def forward(self, x):
        x = relu(self.fc1(x.flatten(1)))
        x = relu(self.fc2(x))
        return self.fc3(x)


torch.manual_seed(1)
net = Net()
criterion = nn.CrossEntropyLoss()
optimizer = optim.Adam(net.parameters(), lr=0.001)

for epoch in range(3):
    total = 0.0
    for images, labels in DataLoader(train, batch_size=64, shuffle=True):
        optimizer.zero_grad()
        loss = criterion(net(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
    print(f'epoch {epoch + 1}: loss {total / len(train):.4f}')

correct = 0
with torch.no_grad():
    for images, labels in DataLoader(test, batch_size=1000):
        predicted = net(images).argmax(1)
        correct += (predicted == labels).sum().item()
print(f'test accuracy: {correct / len(test):.4f}')
