//! Comparisons that are ready to be looked at.

use super::super::Studio;
use crate::network::stack::{Stack, StackLayer};
use crate::ui::action::{Action, FieldAction, FieldPreset};
use crate::ui::scene::{FieldPage, FieldScene, NetworkRef, Scene, Subject, View};

impl Studio {
    pub(super) fn field_preset(&mut self, preset: FieldPreset) {
        let shown = &mut self.scene.field;
        self.scene.view = View::Field;
        self.dialog = None;
        let kept = FieldScene { average: shown.average, maps: shown.maps, ..FieldScene::default() };
        *shown = match preset.stacks() {
            Some(stacks) => FieldScene { active: stacks.len() - 1, stacks, ..kept },
            None => FieldScene {
                subject: preset.subject(),
                stacks: std::mem::take(&mut shown.stacks),
                active: shown.active,
                ..kept
            },
        };
        if preset == FieldPreset::Compose {
            shown.page = FieldPage::Compose;
        }
        if preset == FieldPreset::Deep {
            // Cells of an image of 224 rows would be finer than a line.
            (shown.page, shown.maps) = (FieldPage::Growth, false);
        }
        if preset == FieldPreset::LeNet {
            self.set_network(lenet());
            self.scene.field.page = FieldPage::Image;
            if self.scene.pin.as_ref().is_none_or(|pin| pin.node != "S4") {
                let unit = [3, 2, 2];
                self.scene.trail.clear();
                self.scene.pin = Some(crate::ui::scene::Pin { node: "S4".into(), unit });
                self.rest();
            }
        }
    }
}

impl FieldPreset {
    pub const ALL: [Self; 9] = [
        Self::Seven,
        Self::Five,
        Self::Dilated,
        Self::StrideOrPool,
        Self::Compose,
        Self::LeNet,
        Self::Branches,
        Self::Deep,
        Self::Neocognitron,
    ];

    /// The one that the scene shows: its stacks, whatever unit and picture of them.
    #[must_use]
    pub fn shown_by(scene: &Scene) -> Option<Self> {
        let shown = &scene.field;
        let is_shown = |preset: &Self| match preset {
            Self::LeNet => scene.network == lenet(),
            // The same two stacks, which only the picture tells apart.
            Self::Compose | Self::Five => {
                (shown.page == FieldPage::Compose) == (*preset == Self::Compose)
            }
            Self::Branches
            | Self::Neocognitron
            | Self::Seven
            | Self::Dilated
            | Self::StrideOrPool
            | Self::Deep => true,
        };
        Self::ALL.into_iter().filter(is_shown).find(|preset| {
            let stacks = preset.stacks();
            preset.subject() == shown.subject && stacks.is_none_or(|stacks| stacks == shown.stacks)
        })
    }

    /// The key of a sentence about it, where its name does not say all.
    #[must_use]
    pub const fn hint(self) -> Option<&'static str> {
        match self {
            Self::Deep => Some("field-preset-deep-hint"),
            Self::Seven
            | Self::Five
            | Self::Dilated
            | Self::StrideOrPool
            | Self::Compose
            | Self::LeNet
            | Self::Branches
            | Self::Neocognitron => None,
        }
    }

    /// The key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Seven => "field-preset-seven",
            Self::Five => "field-preset-five",
            Self::Dilated => "field-preset-dilated",
            Self::StrideOrPool => "field-preset-stride",
            Self::Compose => "field-preset-compose",
            Self::LeNet => "field-preset-lenet",
            Self::Branches => "field-preset-branches",
            Self::Deep => "field-preset-deep",
            Self::Neocognitron => "field-preset-neocognitron",
        }
    }

    /// As an action.
    #[must_use]
    pub const fn action(self) -> Action {
        Action::Field(FieldAction::Preset(self))
    }

    const fn subject(self) -> Subject {
        match self {
            Self::LeNet => Subject::Network,
            Self::Branches => Subject::Branches,
            Self::Neocognitron => Subject::Neocognitron,
            Self::Seven
            | Self::Five
            | Self::Dilated
            | Self::StrideOrPool
            | Self::Compose
            | Self::Deep => Subject::Stacks,
        }
    }

    /// Its stacks, the one that is looked at last.
    #[must_use]
    pub fn stacks(self) -> Option<Vec<Stack>> {
        let conv = StackLayer::conv;
        let stacks = match self {
            Self::Seven => {
                vec![Stack::of(13, [conv(7, 3)]), Stack::of(13, [conv(3, 1); 3])]
            }
            Self::Five | Self::Compose => {
                vec![Stack::of(13, [conv(5, 2)]), Stack::of(13, [conv(3, 1); 2])]
            }
            Self::Dilated => {
                let dilated = |dilation| StackLayer { dilation, ..conv(3, dilation) };
                vec![
                    Stack::of(21, [conv(3, 1); 3]),
                    Stack::of(21, [dilated(1), dilated(2), dilated(4)]),
                ]
            }
            Self::StrideOrPool => vec![
                Stack::of(16, [conv(3, 1), conv(3, 1).stride(2), conv(3, 1)]),
                Stack::of(16, [conv(3, 1), conv(3, 1), StackLayer::pool(2), conv(3, 1)]),
            ],
            Self::Deep => vec![Stack::of(224, deep())],
            Self::LeNet | Self::Branches | Self::Neocognitron => return None,
        };
        Some(stacks)
    }
}

fn lenet() -> NetworkRef {
    NetworkRef::Zoo("lenet5".into())
}

/// The windows wider than one cell on the way through ResNet-152 (He et al. 2015, table 1; strides in the
/// 3×3 convolutions, "v1.5").
fn deep() -> Vec<StackLayer> {
    let pool = StackLayer { kernel: 3, padding: 1, ..StackLayer::pool(2) };
    let mut layers = vec![StackLayer::conv(7, 3).stride(2), pool];
    for (stage, blocks) in [3, 8, 36, 3].into_iter().enumerate() {
        for block in 0..blocks {
            let stride = if stage > 0 && block == 0 { 2 } else { 1 };
            layers.push(StackLayer::conv(3, 1).stride(stride));
        }
    }
    layers
}
