"""LeNet-5 in PyTorch on the CPU, for `make bench`: answers each line "job batch threads" on standard
input with the images per second of that job ("train" or "forward")."""
import sys
import time

import torch
from torch import nn

net = nn.Sequential(
    nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2),
    nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
    nn.Conv2d(16, 120, 5), nn.Tanh(), nn.Flatten(),
    nn.Linear(120, 84), nn.Tanh(),
    nn.Linear(84, 10),
)
optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
cross_entropy = nn.CrossEntropyLoss()


def train(images, labels):
    optimizer.zero_grad(set_to_none=True)
    cross_entropy(net(images), labels).backward()
    optimizer.step()


def forward(images, _labels):
    with torch.inference_mode():
        net(images)


def rate(job, batch, seconds=0.4):
    images = torch.randn(batch, 1, 32, 32)
    labels = torch.arange(batch) % 10
    for _ in range(3):
        job(images, labels)
    steps, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        for _ in range(max(1, 64 // batch)):
            job(images, labels)
            steps += 1
    return steps * batch / (time.perf_counter() - start)


for line in sys.stdin:
    job, batch, threads = line.split()
    torch.set_num_threads(int(threads))
    print(rate({"train": train, "forward": forward}[job], int(batch)), flush=True)
