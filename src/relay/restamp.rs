//! Reads the time stamps of MPEG transport streams (ISO/IEC 13818-1) and shifts them by a fixed
//! amount. Pure.
//!
//! At a discontinuity of an HLS list the time stamps may start again, for example where an
//! advertisement was inserted. A player should then continue by the segment lengths that the list
//! names. FFmpeg (5.1.9) passes the time stamps on unchanged, so mpv's position jumps: it no longer
//! reports a position in the media, the duration is wrong, and a seek past the jump lands at the
//! end or somewhere else. So the relay shifts the time stamps after a jump to where they would be
//! without it.

use bytes::{Bytes, BytesMut};

/// Ticks per second of a time stamp (90 kHz).
const TICKS: i64 = 90_000;

/// Time stamps have 33 bits (2.4.3.6), so they wrap around every 26.5 hours.
const WRAP: i64 = 1 << 33;

/// The length of each packet, in bytes (2.4.3.2).
const PACKET: usize = 188;

/// The sync byte, with which each packet begins.
const SYNC: u8 = 0x47;

/// The `stream_id`s of streams without time stamps: maps, padding, private data and the like (table
/// 2-21).
const UNSTAMPED: [u8; 8] = [0xBC, 0xBE, 0xBF, 0xF0, 0xF1, 0xF2, 0xF8, 0xFF];

/// Converts microseconds to ticks.
pub(super) fn ticks(micros: i64) -> i64 {
    micros.saturating_mul(9) / 100
}

/// What to add to `stamp` to get `expected`, in ticks, the shorter way around the wrap.
pub(super) fn difference(expected: i64, stamp: i64) -> i64 {
    let around = (expected - stamp).rem_euclid(WRAP);
    if around >= WRAP / 2 {
        around - WRAP
    } else {
        around
    }
}

/// Whether a difference in ticks is a jump: more than the rounding of the lengths in a list, and
/// less than any advertisement.
pub(super) const fn is_jump(ticks: i64) -> bool {
    ticks.abs() > TICKS
}

/// The first time stamp in the beginning of a transport stream, in ticks; `None` if it is not a
/// transport stream or is encrypted.
pub(super) fn first_stamp(head: &[u8]) -> Option<i64> {
    let mut packets = head.chunks_exact(PACKET);
    packets.find_map(|packet| {
        let mut packet = packet.to_vec();
        let stamp = payload(&mut packet).and_then(stamps)?.0;
        Some(read(*stamp))
    })
}

/// Shifts the time stamps of a transport stream that arrives in pieces.
#[derive(Debug)]
pub(super) struct Restamp {
    /// The shift in ticks; negative moves time stamps back.
    by: i64,
    /// Bytes until the next packet begins.
    before: usize,
    /// The incomplete packet received so far.
    rest: BytesMut,
}

impl Restamp {
    /// Shifts by `by` ticks, in a stream that is received from byte `from` on.
    pub(super) fn new(by: i64, from: u64) -> Self {
        let packet = u64::try_from(PACKET).unwrap_or(1);
        let into = usize::try_from(from % packet).unwrap_or(0);
        Self {
            by,
            before: (PACKET - into) % PACKET,
            rest: BytesMut::new(),
        }
    }

    /// Takes the next bytes and returns the complete packets so far. May be empty.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Bytes {
        self.rest.extend_from_slice(bytes);
        let begins = self.before.min(self.rest.len());
        self.before -= begins;
        let whole = (self.rest.len() - begins) / PACKET * PACKET;
        let mut ready = self.rest.split_to(begins + whole);
        let packets = ready.get_mut(begins..).unwrap_or_default();
        for packet in packets.chunks_exact_mut(PACKET) {
            // Not a transport stream, or the packets lost alignment: nothing in it can be trusted
            // as a time stamp.
            if packet.first() != Some(&SYNC) {
                self.by = 0;
            }
            self.packet(packet);
        }
        ready.freeze()
    }

    /// The remaining bytes at the end of the stream: less than a packet.
    pub(super) fn rest(&mut self) -> Option<Bytes> {
        let rest = std::mem::take(&mut self.rest).freeze();
        (!rest.is_empty()).then_some(rest)
    }

    fn packet(&self, packet: &mut [u8]) {
        if let Some(clock) = clock(packet) {
            write_clock(clock, moved(read_clock(*clock), self.by));
        }
        if let Some((first, second)) = payload(packet).and_then(stamps) {
            write(first, moved(read(*first), self.by));
            if let Some(second) = second {
                write(second, moved(read(*second), self.by));
            }
        }
    }
}

fn moved(stamp: i64, by: i64) -> i64 {
    (stamp + by).rem_euclid(WRAP)
}

/// The program clock reference of a packet, if it carries one: 33 bits of ticks, and a finer part.
fn clock(packet: &mut [u8]) -> Option<&mut [u8; 5]> {
    let (SYNC, flags) = (*packet.first()?, *packet.get(3)?) else {
        return None;
    };
    let (length, kinds) = (*packet.get(4)?, *packet.get(5)?);
    let has_clock = flags & 0x20 != 0 && length >= 7 && kinds & 0x10 != 0;
    let field = packet.get_mut(6..).filter(|_| has_clock)?;
    field.first_chunk_mut()
}

/// The payload of a packet in which a video frame or an audio frame begins.
fn payload(packet: &mut [u8]) -> Option<&mut [u8]> {
    let [SYNC, start, _, flags, length, ..] = *packet else {
        return None;
    };
    let is_clear = flags & 0xC0 == 0;
    let begins = start & 0x40 != 0 && flags & 0x10 != 0;
    let field = if flags & 0x20 == 0 {
        0
    } else {
        usize::from(length) + 1
    };
    let payload = packet.get_mut(4 + field..)?;
    (is_clear && begins).then_some(payload)
}

/// The time stamps of a payload: presentation time, and decoding time if it differs.
fn stamps(payload: &mut [u8]) -> Option<(&mut [u8; 5], Option<&mut [u8; 5]>)> {
    let [0, 0, 1, stream, _, _, marks, kinds, _, stamps @ ..] = payload else {
        return None;
    };
    if UNSTAMPED.contains(stream) || *marks & 0xC0 != 0x80 || *kinds & 0x80 == 0 {
        return None;
    }
    let (first, more) = stamps.split_first_chunk_mut()?;
    let second = if *kinds & 0x40 == 0 {
        None
    } else {
        more.first_chunk_mut()
    };
    Some((first, second))
}

/// The 33 bits of a time stamp within the 40 that carry it: three, fifteen and fifteen.
const STAMP: i64 = 0x07 << 33 | 0x7FFF << 17 | 0x7FFF << 1;

/// Reads a time stamp. Marker bits stand between its three groups.
fn read(field: [u8; 5]) -> i64 {
    let bits = bits(field);
    let (high, middle, low) = (bits >> 33 & 0x07, bits >> 17 & 0x7FFF, bits >> 1 & 0x7FFF);
    high << 30 | middle << 15 | low
}

fn write(field: &mut [u8; 5], stamp: i64) {
    let (high, middle, low) = (stamp >> 30, stamp >> 15 & 0x7FFF, stamp & 0x7FFF);
    let spread = high << 33 | middle << 17 | low << 1;
    *field = bytes(bits(*field) & !STAMP | spread & STAMP);
}

/// Reads a program clock reference: the first 33 of 40 bits.
fn read_clock(field: [u8; 5]) -> i64 {
    bits(field) >> 7
}

fn write_clock(field: &mut [u8; 5], ticks: i64) {
    *field = bytes(bits(*field) & 0x7F | ticks << 7);
}

fn bits(field: [u8; 5]) -> i64 {
    field
        .into_iter()
        .fold(0, |bits, byte| bits << 8 | i64::from(byte))
}

fn bytes(bits: i64) -> [u8; 5] {
    let [_, _, _, field @ ..] = bits.to_be_bytes();
    field
}

#[cfg(test)]
pub(super) mod tests {
    use super::{PACKET, Restamp, WRAP, clock, difference, first_stamp, is_jump, ticks};
    use super::{payload, read, read_clock, stamps, write, write_clock};

    /// A packet with a clock reference and the start of a frame with two time stamps, all of them
    /// `at` ticks.
    pub(in crate::relay) fn packet(at: i64) -> Vec<u8> {
        let mut packet = vec![0x47, 0x41, 0x00, 0x30, 7, 0x50];
        let mut clock = [0, 0, 0, 0, 0x7E];
        write_clock(&mut clock, at);
        packet.extend(clock);
        packet.push(0);
        packet.extend([0, 0, 1, 0xE0, 0, 0, 0x84, 0xC0, 10]);
        for mark in [0x31, 0x11] {
            let mut stamp = [mark, 0, 1, 0, 1];
            write(&mut stamp, at);
            packet.extend(stamp);
        }
        packet.resize(PACKET, 0xA5);
        packet
    }

    /// All time stamps of a stream, clock references included, in ticks.
    fn all(stream: &[u8]) -> Vec<i64> {
        let mut all = Vec::new();
        for packet in stream.chunks(PACKET) {
            let mut packet = packet.to_vec();
            all.extend(clock(&mut packet).map(|clock| read_clock(*clock)));
            if let Some((first, second)) = payload(&mut packet).and_then(stamps) {
                all.push(read(*first));
                all.extend(second.map(|stamp| read(*stamp)));
            }
        }
        all
    }

    #[test]
    fn all_stamps_are_moved_however_the_bytes_come() {
        let stamps = [5_000, 8_600, WRAP - 10, 12_200];
        let stream: Vec<u8> = stamps.into_iter().flat_map(packet).collect();
        let expected: Vec<i64> = [15_000, 18_600, 9_990, 22_200]
            .into_iter()
            .flat_map(|stamp| [stamp; 3])
            .collect();
        for size in [1, 7, 188, 200, 10_000] {
            let mut restamp = Restamp::new(10_000, 0);
            let mut moved = Vec::new();
            for piece in stream.chunks(size) {
                moved.extend(restamp.push(piece));
            }
            assert_eq!(restamp.rest(), None);
            assert_eq!(all(&moved), expected, "{size}");
            let mut back = Restamp::new(-10_000, 0);
            assert!(back.push(&moved) == stream, "nothing else was changed");
        }
    }

    #[test]
    fn a_stream_is_taken_up_in_the_midst_of_a_packet_and_may_end_in_one() {
        let stream = [packet(0), packet(900), packet(1_800)].concat();
        let mut restamp = Restamp::new(90, 100);
        let moved = restamp.push(&stream[100..500]);
        assert_eq!(moved[..88], stream[100..188], "not looked at");
        assert_eq!(all(&moved[88..]), [990; 3]);
        assert_eq!(restamp.rest().unwrap(), stream[376..500]);
    }

    #[test]
    fn what_is_no_transport_stream_is_left_as_it_is() {
        let text = vec![b'a'; 1_000];
        // Audio of another format, in which a block happens to look like a packet.
        let sound = [vec![0xFF; PACKET], packet(900)].concat();
        for other in [&text, &sound] {
            let mut restamp = Restamp::new(90, 0);
            let mut same = restamp.push(other).to_vec();
            same.extend(restamp.rest().into_iter().flatten());
            assert_eq!(same, *other);
        }
        assert_eq!(first_stamp(&text), None);
        let mut encrypted = packet(900);
        encrypted[3] |= 0x80;
        encrypted[3] &= !0x20;
        assert_eq!(first_stamp(&encrypted), None);
    }

    #[test]
    fn the_first_stamp_is_found_behind_tables() {
        // A table also begins at the start of its packet.
        let mut table = vec![0x47, 0x40, 0x00, 0x10, 0x00, 0x00, 0xB0, 0x0D];
        table.resize(PACKET, 0xFF);
        let stream = [table, packet(129_600)].concat();
        assert_eq!(first_stamp(&stream), Some(129_600));
        assert_eq!(first_stamp(&stream[..300]), None);
    }

    #[test]
    fn stamps_that_wrap_do_not_jump() {
        assert_eq!(difference(100, WRAP - 100), 200);
        assert_eq!(difference(WRAP - 100, 100), -200);
        assert_eq!(ticks(2_000_000), 180_000);
        assert!(is_jump(ticks(-4_000_000)) && !is_jump(ticks(500_000)));
    }
}
