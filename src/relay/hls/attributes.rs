//! The attribute lists of HLS tags (RFC 8216, 4.2), parsed strictly, so that no other parser can
//! find a different address in them.

/// One attribute of a tag, such as `URI="seg1.ts"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute<'a> {
    pub(super) name: &'a str,
    /// The value without its quotes, unescaped: there are no escapes.
    pub(super) value: &'a str,
    /// Whether the value was in quotes.
    pub(super) quoted: bool,
}

/// Parses `NAME=value,NAME="value"`; `None` for anything else. Backslashes are refused: FFmpeg
/// treats them as escapes, the standard does not.
pub(super) fn read(list: &str) -> Option<Vec<Attribute<'_>>> {
    let mut rest = list.trim();
    let mut attributes = Vec::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let name = name.trim();
        if !is_name(name) {
            return None;
        }
        let (value, after, quoted) = if let Some(inner) = after.strip_prefix('"') {
            let (value, after) = inner.split_once('"')?;
            (value, after, true)
        } else {
            let end = after.find(',').unwrap_or(after.len());
            let (value, after) = after.split_at_checked(end)?;
            (value, after, false)
        };
        let foreign = |c: char| c == '\\' || c == '"' || c.is_control();
        if value.contains(foreign) {
            return None;
        }
        attributes.push(Attribute {
            name,
            value,
            quoted,
        });
        rest = after.trim_start();
        if !rest.is_empty() {
            rest = rest.strip_prefix(',')?.trim_start();
        }
    }
    Some(attributes)
}

/// Formats the attributes as they were read.
pub(super) fn write(attributes: &[Attribute<'_>]) -> String {
    let one = |attribute: &Attribute<'_>| {
        let Attribute {
            name,
            value,
            quoted,
        } = attribute;
        if *quoted {
            format!("{name}=\"{value}\"")
        } else {
            format!("{name}={value}")
        }
    };
    let all: Vec<String> = attributes.iter().map(one).collect();
    all.join(",")
}

fn is_name(name: &str) -> bool {
    let letter = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
    !name.is_empty() && name.bytes().all(letter)
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn lists_are_written_as_they_were_read() {
        let list = r#"METHOD=AES-128,URI="http://a.example/k,1",IV=0x1F"#;
        let attributes = read(list).unwrap();
        assert_eq!(attributes.len(), 3);
        assert_eq!(attributes[1].value, "http://a.example/k,1");
        assert_eq!(write(&attributes), list);
        assert_eq!(
            read(r#"A=1, B="2" "#).map(|a| write(&a)).as_deref(),
            Some(r#"A=1,B="2""#)
        );
        assert_eq!(read(""), Some(Vec::new()));
    }

    #[test]
    fn what_readers_could_understand_in_two_ways_is_refused() {
        for list in [
            r#"URI="a\",URI="file:///etc/passwd""#,
            r#"URI="a"b,METHOD=NONE"#,
            r#"URI="a"#,
            r#"URI=a"b"#,
            "uri=a",
            "URI",
            "=a",
        ] {
            assert_eq!(read(list), None, "{list}");
        }
    }
}
