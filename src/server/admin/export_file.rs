//! The file that `admin export` writes and `admin import` reads: lines of JSON, so that it fits every
//! storage and later versions. First a header, then a room a line, and last the number of rooms: a
//! file without that line is cut off.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::message::{BackupCause, ImportFault};
use crate::protocol::ids::RoomId;
use crate::protocol::time::RoomTime;
use crate::room::committed::Room;

/// The format that this version writes and reads.
const FORMAT: u32 = 1;

/// What the header says the file is.
const KIND: &str = "watchtogether rooms";

/// The longest line in bytes (judgement: a room is at most 3 MiB, `MAX_KEPT`).
const LINE_MOST: u64 = 8 * 1024 * 1024;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    kind: String,
    format: u32,
    /// Room time at the export.
    at: RoomTime,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    rooms: usize,
}

/// Writes such a file.
pub(super) struct ExportWriter<W> {
    output: W,
    rooms: usize,
}

impl<W: Write> ExportWriter<W> {
    /// Writes the header.
    pub(super) fn begin(mut output: W, at: RoomTime) -> std::io::Result<Self> {
        let header = Header {
            kind: KIND.to_owned(),
            format: FORMAT,
            at,
        };
        write_line(&mut output, &header)?;
        Ok(Self { output, rooms: 0 })
    }

    /// Writes a room.
    pub(super) fn room(&mut self, room: &Room) -> std::io::Result<()> {
        self.rooms += 1;
        write_line(&mut self.output, room)
    }

    /// Writes the last line, and returns what it wrote to with the number of rooms.
    pub(super) fn end(mut self) -> std::io::Result<(W, usize)> {
        write_line(&mut self.output, &End { rooms: self.rooms })?;
        self.output.flush()?;
        Ok((self.output, self.rooms))
    }
}

fn write_line(output: &mut impl Write, value: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *output, value)?;
    output.write_all(b"\n")
}

/// What a file holds, apart from the rooms themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Summary {
    /// Room time at the export.
    pub(super) at: RoomTime,
    /// The rooms' names, in the order of the file.
    pub(super) rooms: Vec<RoomId>,
    /// The newest event in any of them.
    pub(super) newest: RoomTime,
}

/// Reads a whole file, and hands over each room. What it holds counts only if it was read to its end.
///
/// # Errors
/// [`ImportFault`] says what is wrong with it, and in which line.
pub(super) fn read(path: &Path, each: impl FnMut(Room)) -> Result<Summary, ImportFault> {
    // Opening a pipe would wait for whoever writes into it.
    if !std::fs::metadata(path)
        .map_err(|error| unusable(&error))?
        .is_file()
    {
        return Err(ImportFault::Foreign);
    }
    let file = File::open(path).map_err(|error| unusable(&error))?;
    read_from(BufReader::new(file), each)
}

fn read_from(mut input: impl BufRead, mut each: impl FnMut(Room)) -> Result<Summary, ImportFault> {
    let header = next_line(&mut input)?.ok_or(ImportFault::Foreign)?;
    let header: Header = serde_json::from_slice(&header).map_err(|_| ImportFault::Foreign)?;
    if header.kind != KIND {
        return Err(ImportFault::Foreign);
    }
    if header.format > FORMAT {
        return Err(ImportFault::Newer {
            found: header.format,
            known: FORMAT,
        });
    }
    let mut summary = Summary {
        at: header.at,
        rooms: Vec::new(),
        newest: RoomTime::default(),
    };
    for line in 2_usize.. {
        let text = next_line(&mut input)?.ok_or(ImportFault::Truncated)?;
        if let Ok(end) = serde_json::from_slice::<End>(&text) {
            return if end.rooms == summary.rooms.len() {
                Ok(summary)
            } else {
                Err(ImportFault::Truncated)
            };
        }
        if text.last() != Some(&b'\n') {
            return Err(ImportFault::Truncated);
        }
        let room: Room = serde_json::from_slice(&text).map_err(|error| ImportFault::Line {
            line,
            error: error.to_string(),
        })?;
        summary.rooms.push(room.state.id.clone());
        summary.newest = summary.newest.max(room.state.at);
        each(room);
    }
    Err(ImportFault::Truncated)
}

/// The next line with its end; `None` at the end of the file. A line of more than [`LINE_MOST`] is
/// cut, and so is no room.
fn next_line(input: &mut impl BufRead) -> Result<Option<Vec<u8>>, ImportFault> {
    let mut line = Vec::new();
    let mut bounded = input.take(LINE_MOST);
    let length = bounded.read_until(b'\n', &mut line);
    let length = length.map_err(|error| unusable(&error))?;
    Ok((length > 0).then_some(line))
}

fn unusable(error: &std::io::Error) -> ImportFault {
    ImportFault::Unusable(BackupCause::from(error))
}

#[cfg(test)]
mod tests {
    use super::{ExportWriter, read_from};
    use crate::protocol::ids::RoomId;
    use crate::protocol::time::RoomTime;
    use crate::room::committed::Room;
    use crate::server::admin::message::ImportFault;

    fn rooms() -> Vec<Room> {
        let ids = ["movie-night", "our-place"].map(|id| RoomId::parse(id).unwrap());
        let mut rooms = ids.map(Room::new);
        rooms[1].state.at = RoomTime(77);
        rooms.into()
    }

    fn exported() -> Vec<u8> {
        let mut writer = ExportWriter::begin(Vec::new(), RoomTime(90)).unwrap();
        for room in rooms() {
            writer.room(&room).unwrap();
        }
        let (bytes, count) = writer.end().unwrap();
        assert_eq!(count, 2);
        bytes
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut found = Vec::new();
        let summary = read_from(exported().as_slice(), |room| found.push(room)).unwrap();
        assert_eq!(found, rooms());
        assert_eq!((summary.at, summary.newest), (RoomTime(90), RoomTime(77)));
        let names: Vec<&str> = summary.rooms.iter().map(RoomId::as_str).collect();
        assert_eq!(names, ["movie-night", "our-place"]);
    }

    #[test]
    fn a_file_that_is_cut_off_anywhere_is_refused() {
        let whole = exported();
        let header = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        // Without the last newline it is whole.
        for length in header..whole.len() - 1 {
            let cut = read_from(&whole[..length], |_| {});
            assert_eq!(cut, Err(ImportFault::Truncated), "of {length} bytes");
        }
        for length in 0..header - 1 {
            let cut = read_from(&whole[..length], |_| {});
            assert_eq!(cut, Err(ImportFault::Foreign), "of {length} bytes");
        }
    }

    #[test]
    fn other_files_and_damaged_lines_are_named() {
        let foreign = [
            &b"\n"[..],
            b"SQLite format 3\0",
            b"{\"kind\":\"other\",\"format\":1,\"at\":1}\n",
        ];
        for bytes in foreign {
            assert_eq!(read_from(bytes, |_| {}), Err(ImportFault::Foreign));
        }
        let newer = b"{\"kind\":\"watchtogether rooms\",\"format\":9,\"at\":1}\n";
        let known = 1;
        let expected = Err(ImportFault::Newer { found: 9, known });
        assert_eq!(read_from(&newer[..], |_| {}), expected);
        let damaged = String::from_utf8(exported()).unwrap();
        let damaged = damaged.replacen("our-place", "Our Place", 1);
        match read_from(damaged.as_bytes(), |_| {}) {
            Err(ImportFault::Line { line: 3, .. }) => {}
            other => panic!("{other:?}"),
        }
    }
}
