//! Encodes the addresses in MPDs so that the player cannot take them apart: each becomes one path
//! segment of an address of the relay. Identifiers that the player replaces (`$Number$` and the
//! like) are kept.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything except the unreserved characters of an address (RFC 3986, 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'~');

/// The longest encoded address in bytes: with a folder's address it fits into what FFmpeg keeps of
/// an address (4,096, `MAX_URL_SIZE`).
const LONGEST: usize = 900;

/// Encodes an address without identifiers; `None` if it is too long. Dots are encoded too, since a
/// path segment of dots leads to the parent.
pub(super) fn address(text: &str) -> Option<String> {
    let packed = utf8_percent_encode(text, RESERVED).to_string();
    (packed.len() <= LONGEST).then_some(packed)
}

/// Encodes the address of a `SegmentTemplate`; `None` if it contains an identifier that is not in
/// the standard (ISO/IEC 23009-1, table 21).
pub(super) fn template(text: &str) -> Option<String> {
    let mut packed = String::new();
    for (index, part) in text.split('$').enumerate() {
        if index.is_multiple_of(2) {
            packed += &address(part)?;
        } else if part.is_empty() {
            packed += "%24";
        } else if is_identifier(part) {
            packed = packed + "$" + part + "$";
        } else {
            return None;
        }
    }
    let is_closed = text.matches('$').count().is_multiple_of(2);
    (is_closed && packed.len() <= LONGEST).then_some(packed)
}

/// Whether the player knows this identifier, with its width for numbers.
fn is_identifier(part: &str) -> bool {
    let (name, format) = part.split_once('%').unwrap_or((part, ""));
    let is_width = |format: &str| {
        let width = format.strip_prefix('0').and_then(|it| it.strip_suffix('d'));
        width.is_some_and(|it| {
            (1..=2).contains(&it.len()) && it.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    match name {
        "RepresentationID" => name == part,
        "Number" | "Time" | "Bandwidth" => name == part || is_width(format),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, address, template};

    #[test]
    fn an_address_becomes_one_piece_of_a_path() {
        let packed = address("http://a.example/../b.m4s?x=1&y=$2#z");
        let expected = "http%3A%2F%2Fa%2Eexample%2F%2E%2E%2Fb%2Em4s%3Fx%3D1%26y%3D%242%23z";
        assert_eq!(packed.as_deref(), Some(expected));
        assert_eq!(address(&"a".repeat(LONGEST + 1)), None);
    }

    #[test]
    fn what_the_player_fills_in_stays() {
        let packed = template("v/$RepresentationID$/$$-$Number%05d$-$Time$.m4s");
        let expected = "v%2F$RepresentationID$%2F%24-$Number%05d$-$Time$%2Em4s";
        assert_eq!(packed.as_deref(), Some(expected));
        for odd in [
            "$Host$/a.m4s",
            "a$Number.m4s",
            "$Number%s$",
            "$Number%0999999999d$",
            "$RepresentationID%05d$",
        ] {
            assert_eq!(template(odd), None, "{odd}");
        }
    }
}
