//! What is drawn over the picture: worded and cleaned, without a player's own markup.

/// Everything that is drawn over the picture at one moment. It replaces what was drawn before; the
/// default draws nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlay {
    /// The lines at the upper left, the first on top.
    pub lines: Vec<OverlayLine>,
    /// Emoji on their way up.
    pub floats: Vec<OverlayFloat>,
    /// A large number in the middle.
    pub number: Option<u8>,
    /// The line that is being written, below the others.
    pub input: Option<OverlayInput>,
    /// What stands in the window while nothing plays.
    pub empty: Option<String>,
}

/// A line of text, which a player breaks where it is wider than the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayLine {
    /// Its parts, from left to right.
    pub spans: Vec<OverlaySpan>,
    /// How visible it is, in percent.
    pub opacity: u8,
    /// Whether other lines give way to it where there are too many rows.
    pub stands: bool,
}

/// A part of a line in one colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlaySpan {
    /// One line of cleaned text.
    pub text: String,
    /// Its colour.
    pub colour: OverlayColour,
}

/// What a part of a line is, which its colour shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverlayColour {
    /// What a person wrote.
    Text,
    /// What the program says.
    Notice,
    /// What is to be read now.
    Alarm,
    /// What went wrong, or was refused.
    Error,
    /// The name of a member, whose colour has this red, green and blue.
    Name([u8; 3]),
}

/// An emoji on its way up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayFloat {
    /// The emoji.
    pub emoji: String,
    /// Where it is across the window, from 0 at the left to 1,000 at the right.
    pub column: u16,
    /// How far it has risen, from 0 to 1,000.
    pub risen: u16,
    /// How visible it is, in percent.
    pub opacity: u8,
}

/// The line that is being written in the window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OverlayInput {
    /// The text before the caret.
    pub before: String,
    /// The text behind it.
    pub after: String,
    /// Which keys there are, while nothing is written.
    pub hint: String,
}
