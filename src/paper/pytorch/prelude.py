import json
import math
import pathlib
import struct

import torch
import torch.nn.functional as F
from torch import nn


class Conv(nn.Module):
    """A convolution with a padding per side; with a table, output map o sees the input maps table[o]."""

    def __init__(self, arriving, maps, kernel, stride, dilation, padding, groups, bias, table):
        super().__init__()
        self.how = {"stride": stride, "dilation": dilation, "groups": groups}
        self.padding = padding
        fan_in = arriving // groups * kernel[0] * kernel[1]
        self.weight = nn.Parameter(torch.randn(maps, arriving // groups, *kernel) / math.sqrt(fan_in))
        self.bias = nn.Parameter(torch.zeros(maps)) if bias else None
        links = None if table is None else torch.zeros(maps, arriving, 1, 1)
        for row, seen in enumerate(table or []):
            links[row, seen] = 1
        self.register_buffer("links", links, persistent=False)

    def forward(self, x):
        weight = self.weight if self.links is None else self.weight * self.links
        return F.conv2d(F.pad(x, self.padding), weight, self.bias, **self.how)


class Local(nn.Module):
    """A convolution's wiring with a kernel and a bias of its own for every unit."""

    def __init__(self, arriving, output, kernel, stride, dilation, padding, bias):
        super().__init__()
        self.how = {"kernel_size": kernel, "stride": stride, "dilation": dilation}
        self.output, self.padding = output, padding
        fan_in = arriving * kernel[0] * kernel[1]
        self.weight = nn.Parameter(torch.randn(*output, arriving, *kernel) / math.sqrt(fan_in))
        self.bias = nn.Parameter(torch.zeros(output)) if bias else None

    def forward(self, x):
        maps, rows, columns = self.output
        patches = F.unfold(F.pad(x, self.padding), **self.how)  # [n, c·kh·kw, rows·columns]
        weight = self.weight.reshape(maps, rows * columns, -1)
        y = torch.einsum("nku,muk->nmu", patches, weight).view(-1, maps, rows, columns)
        return y if self.bias is None else y + self.bias


class Subsample(nn.Module):
    """LeNet's subsampling: coefficient times the sum of the window, plus bias, one of each per map."""

    def __init__(self, maps, kernel, stride, dilation, padding):
        super().__init__()
        self.how = {"stride": stride, "dilation": dilation, "groups": maps}
        self.padding = padding
        self.coefficient = nn.Parameter(torch.full((maps,), 0.25))
        self.bias = nn.Parameter(torch.zeros(maps))
        self.register_buffer("ones", torch.ones(maps, 1, *kernel), persistent=False)

    def forward(self, x):
        sums = F.conv2d(F.pad(x, self.padding), self.ones, **self.how)
        return sums * self.coefficient[:, None, None] + self.bias[:, None, None]


class Distances(nn.Module):
    """Squared distance to class bitmaps of +1 (#) and -1, at each position by itself."""

    def __init__(self, bitmaps):
        super().__init__()
        bits = [[1.0 if cell == "#" else -1.0 for cell in bitmap] for bitmap in bitmaps]
        self.register_buffer("bitmaps", torch.tensor(bits), persistent=False)

    def forward(self, x):
        return (x[:, None] - self.bitmaps[None, :, :, None, None]).square().sum(2)


def windows(x, kernel, stride, dilation, padding, ceil, outside):
    """The cells under each window, [n, c, kh·kw, rows, columns]; beyond the border they are `outside`."""
    left, right, top, bottom = padding
    sides = []
    for size, k, s, d, before, after in zip(
        x.shape[2:], kernel, stride, dilation, (top, left), (bottom, right)
    ):
        room = size + before + after - (d * (k - 1) + 1)
        count = (math.ceil(room / s) if ceil else room // s) + 1
        if ceil and (count - 1) * s >= size + before:
            count -= 1  # the last window starts inside the input or what stands before it
        sides.append((count, max(0, (count - 1) * s + d * (k - 1) + 1 - size - before)))
    (rows, below), (columns, beside) = sides
    x = F.pad(x, (left, beside, top, below), value=outside)
    taps = [
        x[:, :, i * dilation[0] :, j * dilation[1] :][
            :, :, : (rows - 1) * stride[0] + 1 : stride[0], : (columns - 1) * stride[1] + 1 : stride[1]
        ]
        for i in range(kernel[0])
        for j in range(kernel[1])
    ]
    return torch.stack(taps, 2)


def max_pool(x, kernel, stride, dilation, padding, ceil):
    return windows(x, kernel, stride, dilation, padding, ceil, -math.inf).amax(2)


def avg_pool(x, kernel, stride, dilation, padding, ceil, count_padding):
    ones = torch.ones_like(x[:1, :1])
    if count_padding:
        ones = F.pad(ones, padding, value=1.0)
        left, right, top, bottom = padding
        # Beyond the declared padding nothing counts.
        count = windows(ones, kernel, stride, dilation, (0, 0, 0, 0), ceil, 0.0).sum(2)
        shape = windows(x[:1, :1], kernel, stride, dilation, padding, ceil, 0.0).shape[3:]
        count = F.pad(count, (0, shape[1] - count.shape[3], 0, shape[0] - count.shape[2]), value=1.0)
    else:
        count = windows(ones, kernel, stride, dilation, padding, ceil, 0.0).sum(2)
    return windows(x, kernel, stride, dilation, padding, ceil, 0.0).sum(2) / count


def local_response_norm(x, size, alpha, beta, k):
    """Krizhevsky 2012, section 3.3; alpha is what the sum of squares is multiplied by."""
    before, after, maps = (size - 1) // 2, size // 2, x.shape[1]
    squares = F.pad(x.square(), (0, 0, 0, 0, before, after))
    sums = sum(squares[:, i : i + maps] for i in range(size))
    return x * (k + alpha * sums) ** -beta
