use super::{AnyError, Told, told};
use crate::locale::{Message, count};
use crate::network::connect::{Quantity, SettingError};
use crate::network::formula::TooLarge;
use crate::network::shape::{MAX_DROPOUT, MAX_REACH, MAX_SIDE, text};
use crate::network::stack::{StackError, StackPart};
use crate::network::wiring::{MAX_LINKS, NotDrawn};
use crate::network::{Arity, MAX_NODES, NetworkError, ReadError, ShapeProblem};

pub fn message(error: &AnyError) -> Option<Message> {
    told::<NetworkError>(error)
        .or_else(|| told::<ReadError>(error))
        .or_else(|| told::<ShapeProblem>(error))
        .or_else(|| told::<SettingError>(error))
        .or_else(|| told::<StackError>(error))
        .or_else(|| told::<TooLarge>(error))
        .or_else(|| told::<NotDrawn>(error))
}

impl Told for NetworkError {
    fn message(&self) -> Message {
        match self {
            Self::NoInput => Message::new("error-network-no-input"),
            Self::TooManyNodes(nodes) => {
                Message::new("error-network-nodes").with("nodes", nodes).with("limit", MAX_NODES)
            }
            Self::Duplicate(node) => Message::new("error-network-duplicate").with("node", node),
            Self::UnknownInput { node, input } => {
                Message::new("error-network-unknown-input").with("node", node).with("input", input)
            }
            Self::Arity { node, kind, found, needed } => {
                let message = match needed {
                    Arity::None => Message::new("error-network-arity-none"),
                    Arity::One => Message::new("error-network-arity-one"),
                    Arity::TwoOrMore => Message::new("error-network-arity-two"),
                };
                message.with("node", node).with("kind", kind).with("found", found)
            }
            Self::Slide { node } => Message::new("error-network-slide").with("node", node),
            Self::Shape { node, problem } => Message::new("error-network-shape")
                .with("node", node)
                .with_message("problem", problem.message()),
        }
    }
}

impl Told for ReadError {
    fn message(&self) -> Message {
        match self {
            Self::Json { reason } => Message::new("error-network-json").with("reason", reason),
            Self::Network(error) => error.message(),
        }
    }
}

impl Told for ShapeProblem {
    fn message(&self) -> Message {
        match self {
            Self::Vanishes { shape } => {
                Message::new("error-shape-vanishes").with("shape", text(*shape))
            }
            Self::TooLarge { shape } => {
                Message::new("error-shape-too-large").with("shape", text(*shape))
            }
            Self::Window { window, input } => {
                Message::new("error-shape-window").with("window", window).with("input", input)
            }
            Self::WindowRange => Message::new("error-shape-window-range").with("limit", MAX_SIDE),
            Self::Padding => Message::new("error-shape-padding"),
            Self::Groups { arriving, maps, groups } => Message::new("error-shape-groups")
                .with("arriving", arriving)
                .with("maps", maps)
                .with("groups", groups),
            Self::TableRows { rows, maps } => {
                Message::new("error-shape-table-rows").with("rows", rows).with("maps", maps)
            }
            Self::TableRow { arriving } => {
                Message::new("error-shape-table-row").with("arriving", arriving)
            }
            Self::Bitmaps { arriving, rows, columns } => Message::new("error-shape-bitmaps")
                .with("arriving", arriving)
                .with("rows", rows)
                .with("columns", columns),
            Self::Add { first, other } => Message::new("error-shape-add")
                .with("first", text(*first))
                .with("other", text(*other)),
            Self::Concat { first, other } => Message::new("error-shape-concat")
                .with("first", text(*first))
                .with("other", text(*other)),
            Self::Epsilon { value } => Message::new("error-shape-epsilon").with("value", value),
            Self::Dropout { value } => {
                Message::new("error-shape-dropout").with("value", value).with("limit", MAX_DROPOUT)
            }
            Self::Normalisation => Message::new("error-shape-normalisation"),
            Self::Reach => Message::new("error-shape-reach").with("limit", MAX_REACH),
        }
    }
}

impl Told for TooLarge {
    fn message(&self) -> Message {
        Message::new("error-count-too-large")
    }
}

impl Told for NotDrawn {
    fn message(&self) -> Message {
        match self {
            Self::TooLarge { rows, columns } => {
                Message::new("error-wiring-too-large").with("rows", rows).with("columns", columns)
            }
            Self::Pairs { units, kernel } => {
                Message::new("error-wiring-pairs").with("units", units).with("kernel", kernel)
            }
            Self::Reach => Message::new("error-wiring-reach"),
            Self::Kernel { weights } => {
                Message::new("error-wiring-kernel").with("weights", weights)
            }
            Self::Links { maps, inputs } => Message::new("error-wiring-links")
                .with("maps", maps)
                .with("inputs", inputs)
                .with("limit", MAX_LINKS),
        }
    }
}

impl Told for StackError {
    fn message(&self) -> Message {
        match self {
            Self::Range { part, value, least, most } => Message::new("error-stack-range")
                .with_message("part", Message::new(stack_part(*part)))
                .with("value", value)
                .with("least", least)
                .with("most", most),
            Self::OfLayer { layer, part, value, least, most } => Message::new("error-stack-layer")
                .with("layer", layer)
                .with_message("part", Message::new(stack_part(*part)))
                .with("value", value)
                .with("least", least)
                .with("most", most),
            Self::Window { layer, span, room, most } => Message::new("error-stack-window")
                .with("layer", layer)
                .with("span", span)
                .with("room", room)
                .with("most", most),
            Self::NoNumber { part, text, least, most } => Message::new("error-stack-no-number")
                .with_message("part", Message::new(stack_part(*part)))
                .with("text", text)
                .with("least", least)
                .with("most", most),
            Self::OnlyLayer => Message::new("error-stack-only-layer"),
            Self::Network(error) => error.message(),
        }
    }
}

const fn stack_part(part: StackPart) -> &'static str {
    match part {
        StackPart::Side => "error-stack-side",
        StackPart::Layers => "error-stack-layers",
        StackPart::Kernel => "error-stack-kernel",
        StackPart::Stride => "error-stack-stride",
        StackPart::Padding => "error-stack-padding",
        StackPart::Dilation => "error-stack-dilation",
    }
}

impl Told for SettingError {
    fn message(&self) -> Message {
        let numbers =
            |all: &[u64]| all.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
        match self {
            Self::Range { what, value, most } => Message::new("error-setting-range")
                .with_message("what", Message::new(quantity(*what)))
                .with("value", count((*value).into()))
                .with("most", count((*most).into())),
            Self::NoNumber { what, text, most } => Message::new("error-setting-no-number")
                .with_message("what", Message::new(quantity(*what)))
                .with("text", text)
                .with("most", count((*most).into())),
            Self::Field { field, image, most } => Message::new("error-setting-field")
                .with("field", format_args!("{}×{}", field[0], field[1]))
                .with("image", format_args!("{}×{}", image[0], image[1]))
                .with("rows", most[0])
                .with("columns", most[1]),
            Self::Stride { stride, legal } => Message::new("error-setting-stride")
                .with("stride", stride)
                .with("legal", numbers(legal)),
            Self::Groups { groups, channels, kernels, legal } => {
                Message::new("error-setting-groups")
                    .with("groups", groups)
                    .with("channels", channels)
                    .with("kernels", kernels)
                    .with("legal", numbers(legal))
            }
            Self::Tile { tile, most } => Message::new("error-setting-tile")
                .with("tile", format_args!("{}×{}", tile[0], tile[1]))
                .with("rows", most[0])
                .with("columns", most[1]),
            Self::Table { kernels, channels } => Message::new("error-setting-table")
                .with("kernels", kernels)
                .with("channels", channels),
            Self::TablePlaces => Message::new("error-setting-table-places"),
            Self::TooLarge(error) => error.message(),
        }
    }
}

const fn quantity(what: Quantity) -> &'static str {
    match what {
        Quantity::Rows => "error-quantity-rows",
        Quantity::Columns => "error-quantity-columns",
        Quantity::Channels => "error-quantity-channels",
        Quantity::Hidden => "error-quantity-hidden",
        Quantity::Field => "error-quantity-field",
        Quantity::Stride => "error-quantity-stride",
        Quantity::Kernels => "error-quantity-kernels",
        Quantity::Bytes => "error-quantity-bytes",
        Quantity::Dilation => "error-quantity-dilation",
        Quantity::Padding => "error-quantity-padding",
    }
}
