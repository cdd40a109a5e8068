//! Decompresses lists, manifests and other small texts that a server compresses unasked. Compressed
//! media is refused, since no byte range of it could be requested. Pure.

use std::io::{ErrorKind, Read as _};

use flate2::read::MultiGzDecoder;

use crate::media::fault::FaultKind;

/// Decompresses `packed` to at most `longest` bytes.
///
/// # Errors
/// [`FaultKind::Broken`] if it is truncated, which another attempt may mend;
/// [`FaultKind::Compressed`] if it becomes too long or is not gzip.
pub(super) fn unpack(packed: &[u8], longest: usize) -> Result<Vec<u8>, FaultKind> {
    let mut unpacked = Vec::new();
    let bound = u64::try_from(longest).unwrap_or(u64::MAX).saturating_add(1);
    let mut decoder = MultiGzDecoder::new(packed).take(bound);
    if let Err(error) = decoder.read_to_end(&mut unpacked) {
        tracing::debug!(%error, "it could not be unpacked");
        return Err(match error.kind() {
            ErrorKind::UnexpectedEof => FaultKind::Broken,
            _ => FaultKind::Compressed,
        });
    }
    if unpacked.len() > longest {
        return Err(FaultKind::Compressed);
    }
    Ok(unpacked)
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::unpack;
    use crate::media::fault::FaultKind;

    /// `bytes` as a server compresses them.
    pub(in crate::relay) fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_is_packed_is_unpacked_up_to_a_bound() {
        let text = b"#EXTM3U\n".repeat(100);
        let small = packed(&text);
        assert_eq!(unpack(&small, 800), Ok(text.clone()));
        assert_eq!(unpack(&small, 799), Err(FaultKind::Compressed));
        // Servers append members to each other.
        let twice = [small.clone(), small].concat();
        assert_eq!(unpack(&twice, 1_600), Ok(text.repeat(2)));
        // 1 kB that becomes 1 MB.
        let bomb = packed(&vec![0; 1_000_000]);
        assert!(bomb.len() < 2_000);
        assert_eq!(unpack(&bomb, 100_000), Err(FaultKind::Compressed));
    }

    #[test]
    fn what_broke_off_is_distinguished_from_what_is_no_gzip() {
        let packed = packed(b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n");
        let half = &packed[..packed.len() / 2];
        assert_eq!(unpack(half, 100), Err(FaultKind::Broken));
        assert_eq!(
            unpack(&packed[..packed.len() - 3], 100),
            Err(FaultKind::Broken)
        );
        assert_eq!(unpack(b"#EXTM3U\n#EXT", 100), Err(FaultKind::Compressed));
    }
}
