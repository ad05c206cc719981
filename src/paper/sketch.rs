//! Figures as plain marks: the window paints them and a file gets the same ones as SVG.
//!
//! A mark names the role of its colour; whoever draws brings the palette. Lengths are points, from the
//! upper left corner.

use std::fmt::Write;

/// What a colour means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// What everything is drawn on.
    Paper,
    Hairline,
    Text,
    Muted,
    Accent,
    /// Plain bars.
    Bar,
    /// Receptive fields, and their numerals.
    Amber,
    AmberText,
    /// Gradients.
    Heat,
    /// A weight; after some, colours come again.
    Identity(u8),
}

/// A colour, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    pub role: Role,
    /// 0 to 1.
    pub opacity: f32,
}

impl From<Role> for Ink {
    fn from(role: Role) -> Self {
        Self { role, opacity: 1.0 }
    }
}

impl Role {
    /// So much of it.
    #[must_use]
    pub const fn at(self, opacity: f32) -> Ink {
        Ink { role: self, opacity }
    }
}

/// How text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    Title,
    Label,
    Caption,
    Number,
    StrongNumber,
}

/// Which point of a text its place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Left,
    Middle,
    Right,
}

/// A line or an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    pub ink: Ink,
    pub width: f32,
    pub dashed: bool,
}

impl Pen {
    #[must_use]
    pub fn new(ink: impl Into<Ink>, width: f32) -> Self {
        Self { ink: ink.into(), width, dashed: false }
    }

    #[must_use]
    pub fn dashed(self) -> Self {
        Self { dashed: true, ..self }
    }
}

/// One thing that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    Line {
        from: [f32; 2],
        to: [f32; 2],
        pen: Pen,
    },
    Rect {
        min: [f32; 2],
        size: [f32; 2],
        radius: f32,
        fill: Option<Ink>,
        pen: Option<Pen>,
    },
    Polyline {
        points: Vec<[f32; 2]>,
        pen: Pen,
    },
    /// Convex.
    Polygon {
        points: Vec<[f32; 2]>,
        fill: Ink,
    },
    /// Set around the middle of its height.
    Text {
        at: [f32; 2],
        anchor: Anchor,
        words: String,
        hand: Hand,
        ink: Ink,
    },
}

/// A figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    pub size: [f32; 2],
    pub marks: Vec<Mark>,
}

impl Sketch {
    #[must_use]
    pub fn new(size: [f32; 2]) -> Self {
        Self { size, marks: Vec::new() }
    }

    pub fn line(&mut self, from: [f32; 2], to: [f32; 2], pen: Pen) {
        self.marks.push(Mark::Line { from, to, pen });
    }

    pub fn rect(
        &mut self,
        [min, size]: [[f32; 2]; 2],
        radius: f32,
        fill: Option<Ink>,
        pen: Option<Pen>,
    ) {
        self.marks.push(Mark::Rect { min, size, radius, fill, pen });
    }

    pub fn text(
        &mut self,
        at: [f32; 2],
        anchor: Anchor,
        words: impl Into<String>,
        hand: Hand,
        ink: impl Into<Ink>,
    ) {
        let (words, ink) = (words.into(), ink.into());
        self.marks.push(Mark::Text { at, anchor, words, hand, ink });
    }

    /// What can be read in it, for those who cannot see it.
    #[must_use]
    pub fn words(&self) -> String {
        let words = self.marks.iter().filter_map(|mark| match mark {
            Mark::Text { words, .. } => Some(words.as_str()),
            Mark::Line { .. }
            | Mark::Rect { .. }
            | Mark::Polyline { .. }
            | Mark::Polygon { .. } => None,
        });
        words.collect::<Vec<_>>().join("; ")
    }

    /// Another figure in this one, moved.
    pub fn place(&mut self, other: Self, [dx, dy]: [f32; 2]) {
        let moved = |[x, y]: [f32; 2]| [x + dx, y + dy];
        self.marks.extend(other.marks.into_iter().map(|mark| match mark {
            Mark::Line { from, to, pen } => Mark::Line { from: moved(from), to: moved(to), pen },
            Mark::Rect { min, size, radius, fill, pen } => {
                Mark::Rect { min: moved(min), size, radius, fill, pen }
            }
            Mark::Polyline { points, pen } => {
                Mark::Polyline { points: points.into_iter().map(moved).collect(), pen }
            }
            Mark::Polygon { points, fill } => {
                Mark::Polygon { points: points.into_iter().map(moved).collect(), fill }
            }
            Mark::Text { at, anchor, words, hand, ink } => {
                Mark::Text { at: moved(at), anchor, words, hand, ink }
            }
        }));
    }

    /// The figure as an SVG file; `colour` gives red, green and blue of a role, `size` the size of a hand.
    #[must_use]
    pub fn svg(
        &self,
        title: &str,
        colour: &dyn Fn(Role) -> [u8; 3],
        size: &dyn Fn(Hand) -> f32,
    ) -> String {
        let [width, height] = self.size;
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{}</title>\n",
            escaped(title)
        );
        let ground = hex(colour(Role::Paper));
        let _ = writeln!(text, "<rect width=\"100%\" height=\"100%\" fill=\"{ground}\"/>");
        for mark in &self.marks {
            write_mark(&mut text, mark, colour, size);
        }
        text + "</svg>\n"
    }
}

fn write_mark(
    text: &mut String,
    mark: &Mark,
    colour: &dyn Fn(Role) -> [u8; 3],
    size: &dyn Fn(Hand) -> f32,
) {
    let paint = |name: &str, Ink { role, opacity }: Ink| {
        let share =
            if opacity < 1.0 { format!(" {name}-opacity=\"{opacity:.3}\"") } else { String::new() };
        format!("{name}=\"{}\"{share}", hex(colour(role)))
    };
    let stroke = |pen: &Pen| {
        let dash = if pen.dashed { " stroke-dasharray=\"3 3\"" } else { "" };
        format!("{} stroke-width=\"{}\"{dash}", paint("stroke", pen.ink), pen.width)
    };
    let listed = |points: &[[f32; 2]]| {
        points.iter().map(|[x, y]| format!("{x:.2},{y:.2}")).collect::<Vec<_>>().join(" ")
    };
    // Writing to a String cannot fail.
    let _ = match mark {
        Mark::Line { from: [x1, y1], to: [x2, y2], pen } => writeln!(
            text,
            "<line x1=\"{x1:.2}\" y1=\"{y1:.2}\" x2=\"{x2:.2}\" y2=\"{y2:.2}\" {}/>",
            stroke(pen)
        ),
        Mark::Rect { min: [x, y], size: [w, h], radius, fill, pen } => writeln!(
            text,
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{w:.2}\" height=\"{h:.2}\" rx=\"{radius}\" {} {}/>",
            fill.map_or_else(|| "fill=\"none\"".into(), |ink| paint("fill", ink)),
            pen.as_ref().map(stroke).unwrap_or_default()
        ),
        Mark::Polyline { points, pen } => {
            writeln!(
                text,
                "<polyline points=\"{}\" fill=\"none\" {}/>",
                listed(points),
                stroke(pen)
            )
        }
        Mark::Polygon { points, fill } => {
            writeln!(text, "<polygon points=\"{}\" {}/>", listed(points), paint("fill", *fill))
        }
        Mark::Text { at: [x, y], anchor, words, hand, ink } => {
            let anchor = match anchor {
                Anchor::Left => "start",
                Anchor::Middle => "middle",
                Anchor::Right => "end",
            };
            let family = match hand {
                Hand::Title | Hand::Label | Hand::Caption => "Inter, 'Noto Sans SC', sans-serif",
                Hand::Number | Hand::StrongNumber => "'JetBrains Mono', 'Noto Sans SC', monospace",
            };
            let weight = match hand {
                Hand::Title | Hand::Label | Hand::StrongNumber => " font-weight=\"600\"",
                Hand::Caption | Hand::Number => "",
            };
            // Viewers differ about `dominant-baseline`: the baseline itself is safe.
            let (size, words) = (size(*hand), escaped(words));
            let y = y + size * 0.35;
            let ink = paint("fill", *ink);
            writeln!(
                text,
                "<text x=\"{x:.2}\" y=\"{y:.2}\" font-family=\"{family}\" font-size=\"{size}\"{weight} text-anchor=\"{anchor}\" {ink}>{words}</text>"
            )
        }
    };
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
