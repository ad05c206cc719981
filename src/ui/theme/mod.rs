//! Colours, sizes and fonts: nowhere else in the window is there a colour or a size of type.

mod fonts;

use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Vec2, vec2};
use serde::{Deserialize, Serialize};

pub use fonts::definitions;

/// Light for projectors, dark for evenings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }

    #[must_use]
    pub const fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }
}

/// One meaning for each colour (`interaction.md` §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The figure's paper.
    pub canvas: Color32,
    /// Inspector, bars, cards.
    pub panel: Color32,
    pub rail: Color32,
    pub hairline: Color32,
    pub text: Color32,
    pub muted: Color32,
    /// Selection, the current answer, the one primary button.
    pub accent: Color32,
    /// Behind text that belongs to the selection.
    pub accent_soft: Color32,
    pub on_accent: Color32,
    /// Time that has been played.
    pub played: Color32,
    /// Receptive fields, nothing else.
    pub amber: Color32,
    pub amber_text: Color32,
    pub casing: Color32,
    /// Numerals of negative and of positive weights, products and sums.
    pub negative: Color32,
    pub positive: Color32,
    /// Gradients, nothing else.
    pub heat: Color32,
    /// Identities of weights, one after the other; after the last, the first comes again.
    pub identity: [Color32; 8],
    /// Many different weights under one pixel of the matrix.
    pub many: Color32,
    /// A cell of the matrix that is used.
    pub used: Color32,
    /// Plain bars of histograms.
    pub bar: Color32,
    pub error: Color32,
    /// Under the pointer.
    pub hover: Color32,
}

const fn rgb(value: u32) -> Color32 {
    let [_, r, g, b] = value.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

pub const LIGHT: Palette = Palette {
    canvas: rgb(0xFA_FA_F8),
    panel: rgb(0xFD_FD_FC),
    rail: rgb(0xF1_F0_EC),
    hairline: rgb(0xE2_E0_DA),
    text: rgb(0x1F_23_28),
    muted: rgb(0x63_67_6E),
    accent: rgb(0x0B_5F_FF),
    accent_soft: rgb(0xE6_ED_FF),
    on_accent: rgb(0xFF_FF_FF),
    played: rgb(0xC9_DA_FF),
    amber: rgb(0xE0_8A_00),
    amber_text: rgb(0x8F_56_00),
    casing: rgb(0x4A_2E_00),
    negative: rgb(0x2B_6C_B0),
    positive: rgb(0xB0_48_0A),
    heat: rgb(0xDE_04_76),
    identity: [
        rgb(0x00_89_7B),
        rgb(0x6A_4C_B8),
        rgb(0xB0_6A_00),
        rgb(0x2E_7D_C8),
        rgb(0xB8_3A_6E),
        rgb(0x5E_8A_1E),
        rgb(0x00_9C_B8),
        rgb(0x8A_5A_3C),
    ],
    many: rgb(0x6E_56_CF),
    used: rgb(0xC4_BF_B4),
    bar: rgb(0x9A_95_8A),
    error: rgb(0xB4_23_18),
    hover: rgb(0xEE_EC_E6),
};

pub const DARK: Palette = Palette {
    canvas: rgb(0x14_16_1A),
    panel: rgb(0x1A_1D_22),
    rail: rgb(0x0F_11_14),
    hairline: rgb(0x2E_32_39),
    text: rgb(0xE8_E6_E1),
    muted: rgb(0x9D_A2_AA),
    accent: rgb(0x6E_A8_FF),
    accent_soft: rgb(0x1E_2F_4D),
    on_accent: rgb(0x0B_12_20),
    played: rgb(0x2A_45_75),
    amber: rgb(0xF5_B0_3C),
    amber_text: rgb(0xF5_B0_3C),
    casing: rgb(0x20_14_00),
    negative: rgb(0x7F_B2_F0),
    positive: rgb(0xE2_82_4A),
    heat: rgb(0xFA_4F_A3),
    identity: [
        rgb(0x2F_C4_B2),
        rgb(0xB4_9A_F5),
        rgb(0xE8_A8_4A),
        rgb(0x6F_B4_F0),
        rgb(0xF0_8A_B4),
        rgb(0xA4_CF_5C),
        rgb(0x4C_D0_E8),
        rgb(0xD0_A2_82),
    ],
    many: rgb(0xA8_96_F0),
    used: rgb(0x5A_5E_66),
    bar: rgb(0x7C_80_86),
    error: rgb(0xFF_8A_7A),
    hover: rgb(0x26_2A_31),
};

/// A step of the type scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// The one big number.
    Big,
    /// Counts that are compared.
    BigNumber,
    /// The same where a column is narrow.
    MiddleNumber,
    Title,
    /// What stands above a block of maps.
    Label,
    Body,
    /// Body text that matters.
    Strong,
    /// What a speaker reads from some way off.
    Notes,
    Caption,
    /// Tracked capitals over a section.
    Section,
    Number,
    SmallNumber,
    StrongNumber,
}

impl Type {
    /// Size in points.
    #[must_use]
    pub const fn size(self) -> f32 {
        match self {
            Self::Big => 22.0,
            Self::BigNumber => 20.0,
            Self::MiddleNumber => 15.5,
            Self::Notes => 19.0,
            Self::Title => 16.0,
            Self::Label => 13.5,
            Self::Body | Self::Strong => 13.0,
            Self::Caption => 11.5,
            Self::Section => 10.5,
            Self::Number | Self::StrongNumber => 12.5,
            Self::SmallNumber => 11.0,
        }
    }

    #[must_use]
    pub fn font(self) -> FontId {
        FontId::new(self.size(), self.family())
    }

    #[must_use]
    pub fn family(self) -> FontFamily {
        match self {
            Self::Big => fonts::bold(),
            Self::Title | Self::Label | Self::Strong | Self::Section => fonts::semi_bold(),
            Self::Body | Self::Caption | Self::Notes => FontFamily::Proportional,
            Self::Number | Self::SmallNumber => FontFamily::Monospace,
            Self::StrongNumber | Self::MiddleNumber | Self::BigNumber => fonts::bold_mono(),
        }
    }
}

/// Corner radii and distances, in points, on a grid of 4.
pub mod size {
    /// Corner radius of maps.
    pub const MAP_RADIUS: u8 = 3;
    /// Corner radius of buttons and cards.
    pub const BUTTON_RADIUS: u8 = 8;
    /// Around the figure.
    pub const FIGURE_MARGIN: f32 = 24.0;
    pub const GAP: f32 = 8.0;
    /// Between sections of the inspector.
    pub const SECTION: f32 = 16.0;
    pub const RAIL_WIDTH: f32 = 56.0;
    pub const BAR_HEIGHT: f32 = 48.0;
    pub const FOOT_HEIGHT: f32 = 76.0;
    pub const INSPECTOR_WIDTH: f32 = 352.0;
    /// What is open for touching the input.
    pub const PAD_WIDTH: f32 = 264.0;
    /// The strip of slides.
    pub const SLIDES_HEIGHT: f32 = 96.0;
    /// Below this many points a cell is too small to be clicked: a loupe opens.
    pub const CLICKABLE_CELL: f32 = 12.0;
    /// Cells of the loupe.
    pub const LOUPE_CELL: f32 = 20.0;
}

/// Dresses egui in the palette.
pub fn apply(ctx: &egui::Context, theme: Theme) {
    let palette = theme.palette();
    ctx.set_theme(match theme {
        Theme::Light => egui::Theme::Light,
        Theme::Dark => egui::Theme::Dark,
    });
    ctx.all_styles_mut(|style| {
        use egui::TextStyle;
        style.text_styles = [
            (TextStyle::Heading, Type::Title.font()),
            (TextStyle::Body, Type::Body.font()),
            (TextStyle::Button, Type::Body.font()),
            (TextStyle::Small, Type::Caption.font()),
            (TextStyle::Monospace, Type::Number.font()),
        ]
        .into();
        style.spacing.item_spacing = Vec2::splat(size::GAP);
        style.spacing.button_padding = vec2(10.0, 6.0);
        style.spacing.interact_size = vec2(28.0, 28.0);
        style.spacing.window_margin = Margin::same(16);
        style.spacing.menu_margin = Margin::same(8);
        style.spacing.tooltip_width = 320.0;
        style.interaction.tooltip_delay = 0.35;
        style.animation_time = 0.0;
        style.visuals = visuals(theme, palette);
    });
}

fn visuals(theme: Theme, palette: &Palette) -> egui::Visuals {
    let mut visuals = match theme {
        Theme::Light => egui::Visuals::light(),
        Theme::Dark => egui::Visuals::dark(),
    };
    let radius = CornerRadius::same(size::BUTTON_RADIUS);
    let hairline = Stroke::new(1.0, palette.hairline);
    visuals.panel_fill = palette.panel;
    visuals.window_fill = palette.panel;
    visuals.window_stroke = hairline;
    visuals.window_corner_radius = radius;
    visuals.menu_corner_radius = radius;
    visuals.extreme_bg_color = palette.canvas;
    visuals.faint_bg_color = palette.hover;
    visuals.hyperlink_color = palette.accent;
    visuals.selection.bg_fill = palette.accent_soft;
    visuals.selection.stroke = Stroke::new(1.0, palette.accent);
    visuals.weak_text_color = Some(palette.muted);
    visuals.error_fg_color = palette.error;
    let shadow =
        Shadow { offset: [0, 4], blur: 16, spread: 0, color: Color32::from_black_alpha(28) };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    let widgets = &mut visuals.widgets;
    for (widget, fill, stroke) in [
        (&mut widgets.noninteractive, palette.panel, hairline),
        (&mut widgets.inactive, palette.panel, hairline),
        (&mut widgets.hovered, palette.hover, Stroke::new(1.0, palette.bar)),
        (&mut widgets.active, palette.accent_soft, Stroke::new(1.0, palette.accent)),
        (&mut widgets.open, palette.hover, Stroke::new(1.0, palette.bar)),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = stroke;
        widget.corner_radius = radius;
        widget.fg_stroke = Stroke::new(1.0, palette.text);
        widget.expansion = 0.0;
    }
    visuals
}

/// A stroke of the selection.
#[must_use]
pub fn accent_stroke(palette: &Palette) -> Stroke {
    Stroke::new(2.0, palette.accent)
}

/// Contrast of two opaque colours, 1 to 21 (WCAG 2.1, "contrast ratio").
#[must_use]
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let luminance = |c: Color32| {
        let linear = |v: u8| {
            let v = f32::from(v) / 255.0;
            if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(c.r()) + 0.7152 * linear(c.g()) + 0.0722 * linear(c.b())
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
