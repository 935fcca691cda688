"""A network over time in PyTorch: what is seen of each 5 ms in, the odds of speech there out."""

from torch import Tensor, nn
from torch.nn import functional

CHANNELS = 33
WIDTH = 96
#: Steps of 10 ms between what each layer looks at: 1.3 s to either side in all (after Bai, Kolter and Koltun 2018).
DILATIONS = (1, 2, 4, 8, 16, 32, 1, 2, 4, 8, 16, 32)


class Network(nn.Module):
    """Works on pairs of hops, and says of each pair two things."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv1d(CHANNELS, WIDTH, 6, stride=2, padding=2)
        self.layers = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, 3, padding=dilation, dilation=dilation) for dilation in DILATIONS
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(WIDTH) for _ in DILATIONS)
        self.last = nn.Conv1d(WIDTH, 2, 1)

    def forward(self, seen: Tensor) -> Tensor:
        """seen: shape (batch, hops, channels), hops even. Log of the odds of speech, shape (batch, hops)."""
        x = functional.relu(self.first(seen.transpose(1, 2)))
        for layer, norm in zip(self.layers, self.norms, strict=True):
            x = x + functional.relu(norm(layer(x)))
        odds = self.last(x)
        return odds.transpose(1, 2).flatten(1)


def count(network: Network) -> int:
    return sum(each.numel() for each in network.parameters())
