
def read_safetensors(path):
    """The tensors of a safetensors file: a JSON header, then F32 values, little-endian."""
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        values = torch.frombuffer(bytearray(data[start:end]), dtype=torch.float32)
        tensors[name] = values.reshape(entry["shape"])
    return tensors


# What this program calls a part, and what PyTorch does.
PARTS = {"gamma": "weight", "beta": "bias", "running_variance": "running_var"}


def load(path=None):
    """The network with its weights, ready to be used."""
    path = path or pathlib.Path(__file__).with_name("weights.safetensors")
    attributes = {node: attribute for attribute, node in NODES.items()}
    state = {}
    for name, tensor in read_safetensors(path).items():
        node, part = name.rsplit(".", 1)
        state[f"{attributes[node]}.{PARTS.get(part, part)}"] = tensor
    net = Net()
    for name, value in net.state_dict().items():
        if name.endswith("num_batches_tracked"):
            state[name] = value
    net.load_state_dict(state)
    return net.eval()


if __name__ == "__main__":
    net = load()
    with torch.inference_mode():
        scores = net.scores(torch.zeros(1, *INPUT))
    print(f"{sum(p.numel() for p in net.parameters()):,} parameters; scores of a grey image:")
    print(scores)
