//! The same network on a larger image: it slides over it and answers at every position.
//!
//! A fully connected layer is a convolution whose kernel is its whole input. Written as one, it does
//! not care how large the image is: where more than its kernel arrives, it gives a map of answers in
//! place of one (LeCun 1998, §VII: space displacement neural networks).

use super::connectivity::weight_shapes;
use super::graph::Description;
use super::{Channels, Conv, Layer, Linear, Network, NetworkError, Shape, Window};

impl Network {
    /// This network, with the same weights, for an image of another size: every fully connected
    /// layer that gives a vector is a convolution with its former whole input `[c, h, w]` for a
    /// kernel, everything else is as in [`Network::with_input`]. At each position the scores are
    /// those of this network on the part of the image that stands there.
    ///
    /// Weights keep their values and change their shape only, from `[n, c·h·w]` to `[n, c, h, w]`.
    /// A global average still reads its whole input, and then sees more.
    ///
    /// # Errors
    /// An image smaller than what the network looks at, a shape that is too large, or a layer that would
    /// need more weights than it has, because every place has its own (locally connected, or fully
    /// connected with its units arranged as maps); the error names the node.
    pub fn sliding(&self, input: Shape) -> Result<Self, NetworkError> {
        let mut description = Description::from(self.clone());
        for (index, node) in description.nodes.iter_mut().enumerate() {
            if let Some(convolution) = as_convolution(self, index) {
                node.layer = Layer::Conv(convolution);
            }
        }
        description.nodes[0].layer = Layer::Input { shape: input };
        let sliding = Self::try_from(description)?;
        match (0..self.nodes().len())
            .find(|&index| weights(self, index) != weights(&sliding, index))
        {
            Some(index) => Err(NetworkError::Slide { node: self.nodes()[index].name.clone() }),
            None => Ok(sliding),
        }
    }
}

/// How many weights each tensor of a node holds.
fn weights(network: &Network, index: usize) -> Vec<usize> {
    let of_tensor = |(_, shape): (_, Vec<usize>)| {
        shape.into_iter().fold(1, |product: usize, side| product.saturating_mul(side))
    };
    weight_shapes(network, index).into_iter().map(of_tensor).collect()
}

/// What a fully connected layer is to a sliding network; `None` for other nodes.
fn as_convolution(network: &Network, index: usize) -> Option<Conv> {
    match &network.nodes()[index].layer {
        Layer::Linear(Linear { output: [maps, 1, 1], bias }) => {
            let &[_, h, w] = network.input_shapes(index).first()?;
            let window = Window::rectangle(h, w);
            Some(Conv { maps: *maps, window, channels: Channels::Groups(1), bias: *bias })
        }
        Layer::Linear(_)
        | Layer::Input { .. }
        | Layer::Conv(_)
        | Layer::Local(_)
        | Layer::PoolMax(_)
        | Layer::PoolAvg(_)
        | Layer::GlobalAvg
        | Layer::Subsample(_)
        | Layer::Rbf(_)
        | Layer::Softmax
        | Layer::BatchNorm { .. }
        | Layer::Lrn(_)
        | Layer::Dropout { .. }
        | Layer::Flatten
        | Layer::Concat
        | Layer::Add
        | Layer::PadChannels { .. } => None,
    }
}
