//! The characters on whose width all terminals agree.

use unicode_width::UnicodeWidthChar;

/// Whether every terminal gives a symbol the same width, and a change of it leaves nothing behind:
/// it is one code point that is steady.
pub(super) fn is_steady(symbol: &str) -> bool {
    let mut points = symbol.chars();
    match (points.next(), points.next()) {
        (Some(point), None) => is_steady_point(point),
        _ => false,
    }
}

/// Whether a code point is of a block whose widths have been the same in all versions of Unicode
/// since 9.0 (2016).
pub(super) fn is_steady_point(point: char) -> bool {
    match point {
        ' '..='~'
        | '\u{A0}'..='\u{AC}'
        | '\u{AE}'..='\u{2FF}'
        | '\u{370}'..='\u{482}'
        | '\u{48A}'..='\u{556}'
        | '\u{1E00}'..='\u{1FFE}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205E}'
        | '\u{20A0}'..='\u{20BF}'
        | '\u{2100}'..='\u{27BF}' => point.width() == Some(1),
        '\u{3001}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{309B}'..='\u{30FF}'
        | '\u{3105}'..='\u{312D}'
        | '\u{3400}'..='\u{4DB5}'
        | '\u{4E00}'..='\u{9FD5}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{FF01}'..='\u{FF60}'
        | '\u{1F300}'..='\u{1F3FA}'
        | '\u{1F400}'..='\u{1F64F}'
        | '\u{1F680}'..='\u{1F6C5}' => point.width() == Some(2),
        '\u{FF61}'..='\u{FF9D}' => true,
        _ => false,
    }
}
