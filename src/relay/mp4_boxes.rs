//! Finds the index of an MP4 or QuickTime file in the boxes that its first bytes show (ISO/IEC
//! 14496-12, 4.2). Pure.

/// How many bytes before the index a player can go back without a new request: mpv keeps this much
/// of what it has read (`--stream-buffer-size`, 128 KiB), part of which is ahead.
const PLAYER_BUFFER: u64 = 128 * 1024;

/// The boxes that such a file may begin with before its media data; QuickTime files often lack
/// `ftyp`.
const FIRST_BOXES: [&[u8; 4]; 5] = [b"ftyp", b"wide", b"free", b"skip", b"mdat"];

/// Whether the index (`moov`) of an MP4 file comes after its media data (`mdat`), so far behind
/// that a player can only go back with a range request. Decided by the first bytes; false if they
/// do not show it.
pub(super) fn index_is_last(head: &[u8]) -> bool {
    if !first_box(head).is_some_and(|(kind, _)| FIRST_BOXES.contains(&&kind)) {
        return false;
    }
    let mut rest = head;
    while let Some((kind, length)) = first_box(rest) {
        match &kind {
            b"moov" => return false,
            b"mdat" => return length > PLAYER_BUFFER,
            _ => {}
        }
        let next = usize::try_from(length).ok().and_then(|at| rest.get(at..));
        let Some(next) = next else { return false };
        rest = next;
    }
    false
}

/// The type and the whole length of the box at the beginning of `bytes`. `None` for one that
/// extends to the end of its file: it has no length, and nothing follows it.
fn first_box(bytes: &[u8]) -> Option<([u8; 4], u64)> {
    let (size, rest) = bytes.split_first_chunk::<4>()?;
    let (kind, rest) = rest.split_first_chunk::<4>()?;
    let length = match u32::from_be_bytes(*size) {
        1 => u64::from_be_bytes(*rest.first_chunk::<8>()?),
        size => u64::from(size),
    };
    (length >= 8).then_some((*kind, length))
}

#[cfg(test)]
mod tests {
    use super::{PLAYER_BUFFER, index_is_last};

    /// Kinds of boxes, and how long each is.
    type Boxes<'a> = &'a [(&'a [u8; 4], u32)];

    /// The beginnings of boxes, each of this whole length, the last one cut off.
    fn file(boxes: Boxes<'_>) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (kind, length) in boxes {
            let start = bytes.len();
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(*kind);
            bytes.resize(start + usize::try_from(*length).unwrap().min(64), 0);
        }
        bytes
    }

    #[test]
    fn where_the_index_is_is_read_from_the_first_boxes() {
        let far = u32::try_from(PLAYER_BUFFER).unwrap() + 1;
        let (kind, free) = ((b"ftyp", 32), (b"free", 8));
        let cases: [(Boxes<'_>, bool); 11] = [
            (&[kind, (b"mdat", far)], true),
            (&[kind, free, (b"mdat", far)], true),
            (&[kind, (b"mdat", far - 1)], false),
            (&[kind, (b"moov", 64), (b"mdat", far)], false),
            (&[kind, (b"moov", far)], false),
            // It goes to the end of the file, so the index cannot follow.
            (&[kind, (b"mdat", 0)], false),
            (&[kind, (b"uuid", 4_000_000)], false),
            (&[kind, (b"free", 7)], false),
            // QuickTime's own.
            (&[(b"mdat", far)], true),
            (&[(b"wide", 8), (b"mdat", far)], true),
            (&[(b"uuid", 8), (b"mdat", far)], false),
        ];
        for (boxes, expected) in cases {
            assert_eq!(index_is_last(&file(boxes)), expected, "{boxes:?}");
        }
        assert!(!index_is_last(b"") && !index_is_last(b"\x00\x00\x00\x20ftyp"));
    }

    #[test]
    fn a_long_box_has_its_length_in_eight_bytes() {
        let mut bytes = file(&[(b"ftyp", 32), (b"mdat", 1)]);
        bytes.truncate(32);
        bytes.extend_from_slice(b"\x00\x00\x00\x01mdat");
        let length = 5_000_000_000_u64.to_be_bytes();
        assert!(index_is_last(&[&bytes[..], &length].concat()));
        assert!(!index_is_last(&[&bytes[..], &length[..4]].concat()));
    }
}
