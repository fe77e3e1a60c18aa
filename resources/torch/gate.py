

class Gate(nn.Module):
    """Where a part of the face is, 0 ... 1 at each pixel, read from the maps of all levels; recolours what is drawn there."""

    def __init__(self, units, channels, size, part):
        super().__init__()
        self.part = part
        self.read = nn.ModuleDict({level: nn.Conv2d(count, units, 1, bias=False) for level, count in channels.items()})
        self.register_buffer("bias", torch.empty(1))
        self.change = nn.Conv2d(3, 3, 1)
        if part:
            self.around = nn.Conv2d(channels["fine"], units, 1, bias=False)
            self.out = nn.Conv2d(units, 1, 1, bias=False)
            self.register_buffer("place", torch.empty(units, size, size))

    def at_start(self, maps):
        return self.read["start"](maps)

    def at_level(self, level, units, maps, steps):
        units = doubled(units, maps.shape[-1])
        for step in steps:
            units = step(units) if step.kind == "stretch" else units
        units = units + self.read[level](maps)
        return units + self.around(means(maps, 9)) if self.part and level == "fine" else units

    def recolour(self, logits, units):
        units = doubled(units, logits.shape[-1])
        if self.part:
            units = self.out(functional.relu(units + self.place))
        return logits + torch.sigmoid(means(units, 5) + self.bias) * self.change(logits)


def doubled(maps, side):
    while maps.shape[-1] < side:
        maps = functional.interpolate(maps, scale_factor=2, mode="bilinear", align_corners=False)
    return maps


def means(maps, side):
    return functional.avg_pool2d(maps, side, 1, side // 2, count_include_pad=False)
