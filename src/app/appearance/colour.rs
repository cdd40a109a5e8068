//! Colours as people write them, and as terminals with fewer colours show them.

/// A colour of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// The terminal's own, of text or of background.
    Default,
    /// One of xterm's 256; the first 16 are shown in shades that the terminal chooses.
    Indexed(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColourDepth {
    /// None.
    None,
    /// The 16 of ECMA-48 and its usual extension, whose shades the terminal chooses.
    Sixteen,
    /// Those, a cube of 216 and 24 greys, as xterm has them.
    Indexed,
    /// 24 bits.
    #[default]
    True,
}

/// The names of the first 16 colours, in their order.
const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// The first 16 colours as xterm shows them (XTerm-col.ad): what a nearest one is measured by.
const SIXTEEN: [(u8, u8, u8); 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// The levels of red, green and blue in xterm's cube of 216 (256colres.h).
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl Colour {
    /// Reads `#rrggbb`, a number to 255, a name such as `bright-red`, or `default`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        if text == "default" {
            return Some(Self::Default);
        }
        if let Some(digits) = text.strip_prefix('#') {
            let is_hex = digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit());
            let value = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
            let [_, red, green, blue] = value.to_be_bytes();
            return Some(Self::Rgb(red, green, blue));
        }
        let place = NAMES.iter().position(|name| *name == text);
        let place = place.and_then(|place| u8::try_from(place).ok());
        place.or_else(|| text.parse().ok()).map(Self::Indexed)
    }

    /// The nearest colour that a terminal with so many shows; its own where it has none.
    #[must_use]
    pub fn at_depth(self, depth: ColourDepth) -> Self {
        match (depth, self) {
            (ColourDepth::None, _) => Self::Default,
            (ColourDepth::Indexed, Self::Rgb(..)) => nearest(self, 16..=255),
            (ColourDepth::Sixteen, Self::Rgb(..) | Self::Indexed(16..)) => nearest(self, 0..=15),
            (ColourDepth::True, _) | (_, Self::Default | Self::Indexed(_)) => self,
        }
    }

    /// How bright it is, from 0 to 1 (relative luminance of WCAG 2.1). Its own colour of the
    /// terminal counts as black.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |level: u8| {
            let share = f64::from(level) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        let (red, green, blue) = self.levels();
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// Red, green and blue of the nearest colour of its hue that is so bright at least.
    #[must_use]
    pub(in crate::app) fn brightened(self, least: f64) -> [u8; 3] {
        let (red, green, blue) = self.levels();
        let most = red.max(green).max(blue);
        // First as bright as its hue can be, then nearer and nearer to white.
        let louder = (most..=255).map(|to| {
            [red, green, blue].map(|level| share(level, u16::from(to), u16::from(most.max(1))))
        });
        let full = [red, green, blue].map(|level| share(level, 255, u16::from(most.max(1))));
        let paler = (0..=255)
            .map(|white| full.map(|level| level.saturating_add(share(255 - level, white, 255))));
        let is_bright =
            |[red, green, blue]: &[u8; 3]| Self::Rgb(*red, *green, *blue).luminance() >= least;
        louder.chain(paler).find(is_bright).unwrap_or([255; 3])
    }

    /// Its red, green and blue.
    pub(in crate::app) fn levels(self) -> (u8, u8, u8) {
        let cube = |place: u8| CUBE.get(usize::from(place % 6)).copied().unwrap_or(0);
        match self {
            Self::Default => (0, 0, 0),
            Self::Rgb(red, green, blue) => (red, green, blue),
            Self::Indexed(grey @ 232..) => {
                let level = 8 + 10 * (grey - 232);
                (level, level, level)
            }
            Self::Indexed(place @ 16..) => {
                let place = place - 16;
                (cube(place / 36), cube(place / 6), cube(place))
            }
            Self::Indexed(place) => SIXTEEN.get(usize::from(place)).copied().unwrap_or_default(),
        }
    }

    /// How far apart two colours look, in no unit: the weights of red, green and blue are those
    /// of the eye at middling brightness (compuphase.com/cmetric.htm).
    fn distance(self, other: Self) -> i32 {
        let ((r1, g1, b1), (r2, g2, b2)) = (self.levels(), other.levels());
        let square = |a: u8, b: u8| (i32::from(a) - i32::from(b)).pow(2);
        3 * square(r1, r2) + 4 * square(g1, g2) + 2 * square(b1, b2)
    }
}

/// A level, as so many parts of so many.
fn share(level: u8, parts: u16, of: u16) -> u8 {
    let level = (u32::from(level) * u32::from(parts)) / u32::from(of);
    u8::try_from(level).unwrap_or(u8::MAX)
}

/// The nearest of these numbered colours.
fn nearest(colour: Colour, among: std::ops::RangeInclusive<u8>) -> Colour {
    let candidates = among.map(Colour::Indexed);
    candidates
        .min_by_key(|candidate| candidate.distance(colour))
        .unwrap_or(Colour::Default)
}

#[cfg(test)]
mod tests {
    use super::{Colour, ColourDepth};

    #[test]
    fn colours_are_read_as_people_write_them() {
        for (text, colour) in [
            ("#FF8000", Some(Colour::Rgb(255, 128, 0))),
            ("0", Some(Colour::Indexed(0))),
            ("255", Some(Colour::Indexed(255))),
            ("Bright-Red", Some(Colour::Indexed(9))),
            ("default", Some(Colour::Default)),
            ("256", None),
            ("-1", None),
            ("#ff80", None),
            ("#+12345", None),
            ("#éé00", None),
            ("mauve", None),
            ("", None),
        ] {
            assert_eq!(Colour::read(text), colour, "{text}");
        }
    }

    #[test]
    fn a_terminal_with_fewer_colours_gets_the_nearest() {
        let orange = Colour::Rgb(255, 135, 0);
        for (colour, depth, shown) in [
            (orange, ColourDepth::True, orange),
            (orange, ColourDepth::Indexed, Colour::Indexed(208)),
            (
                Colour::Rgb(250, 10, 10),
                ColourDepth::Sixteen,
                Colour::Indexed(9),
            ),
            (
                Colour::Indexed(208),
                ColourDepth::Indexed,
                Colour::Indexed(208),
            ),
            (
                Colour::Indexed(196),
                ColourDepth::Sixteen,
                Colour::Indexed(9),
            ),
            (Colour::Indexed(3), ColourDepth::Sixteen, Colour::Indexed(3)),
            (orange, ColourDepth::None, Colour::Default),
            (Colour::Default, ColourDepth::Sixteen, Colour::Default),
        ] {
            assert_eq!(colour.at_depth(depth), shown, "{colour:?} {depth:?}");
        }
    }
}
