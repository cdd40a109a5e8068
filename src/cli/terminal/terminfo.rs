//! Reads two capabilities from the system's terminfo database: a number and a string at fixed
//! offsets of a compiled entry, as term(5) describes it.

use std::env;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

/// The largest entry accepted, in bytes; ncurses allows 32,768.
const LONGEST: u64 = 64 * 1024;

/// The magic number of an entry with 16-bit numbers.
const SHORT_NUMBERS: u16 = 0o432;

/// The magic number of an entry with 32-bit numbers.
const LONG_NUMBERS: u16 = 0o1036;

/// The index of the number of colours (`colors` in ncurses' term.h).
const MAX_COLORS: usize = 13;

/// The index of the string that moves the cursor (`cup` in ncurses' term.h).
const CURSOR_ADDRESS: usize = 10;

/// Where systems keep their entries, beside what the environment names.
const FOLDERS: [&str; 5] = [
    "/etc/terminfo",
    "/lib/terminfo",
    "/usr/share/terminfo",
    "/usr/lib/terminfo",
    "/usr/local/share/terminfo",
];

/// The capabilities of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Terminfo {
    /// The number of colours; 0 if none.
    pub(super) colours: u32,
    /// Whether the cursor is moved by the ECMA-48 control sequence that we use.
    pub(super) places_cursor: bool,
}

impl Terminfo {
    /// Looks up a terminal by name; `None` if the database does not have it.
    pub(super) fn of(name: &str) -> Option<Self> {
        let first = name.chars().next()?;
        if name.starts_with('.') || name.contains('/') {
            return None;
        }
        // Linux names the folders by a letter, macOS by its code.
        let places = [
            format!("{first}/{name}"),
            format!("{:x}/{name}", u32::from(first)),
        ];
        let paths = folders()
            .into_iter()
            .flat_map(|folder| places.each_ref().map(|place| folder.join(place)));
        let mut files = paths.filter(|path| path.is_file());
        files.find_map(|path| {
            let file = File::open(path).ok()?;
            let mut entry = Vec::new();
            file.take(LONGEST).read_to_end(&mut entry).ok()?;
            Self::parse(&entry)
        })
    }

    /// Parses a compiled entry; `None` if it is invalid.
    fn parse(entry: &[u8]) -> Option<Self> {
        let number_bytes = match short(entry, 0)? {
            SHORT_NUMBERS => 2,
            LONG_NUMBERS => 4,
            _ => return None,
        };
        let count = |place: usize| short(entry, place).map(usize::from);
        let (names, booleans, numbers) = (count(2)?, count(4)?, count(6)?);
        let (offsets, table_bytes) = (count(8)?, count(10)?);
        // Numbers begin at an even offset.
        let numbers_at = (12 + names + booleans).next_multiple_of(2);
        let offsets_at = numbers_at + numbers * number_bytes;
        let table_at = offsets_at + offsets * 2;
        let table = entry.get(table_at..table_at + table_bytes)?;

        let colours = (numbers > MAX_COLORS)
            .then(|| {
                let at = numbers_at + MAX_COLORS * number_bytes;
                number(entry.get(at..at + number_bytes)?)
            })
            .flatten();
        let place = (offsets > CURSOR_ADDRESS)
            .then(|| short(entry, offsets_at + CURSOR_ADDRESS * 2))
            .flatten();
        // A missing string has the offset -1, beyond any table.
        let cursor_address = place.and_then(|place| table.get(usize::from(place)..));
        Some(Self {
            colours: colours.unwrap_or(0),
            places_cursor: cursor_address.is_some_and(|it| it.starts_with(b"\x1b[")),
        })
    }
}

/// The folders that may contain entries, in ncurses' search order.
fn folders() -> Vec<PathBuf> {
    let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let mut folders: Vec<PathBuf> = variable("TERMINFO")
        .into_iter()
        .map(PathBuf::from)
        .collect();
    folders.extend(variable("HOME").map(|home| PathBuf::from(home).join(".terminfo")));
    let listed = variable("TERMINFO_DIRS").unwrap_or_default();
    folders.extend(env::split_paths(&listed).filter(|folder| folder.is_absolute()));
    folders.extend(FOLDERS.map(PathBuf::from));
    folders
}

/// Reads a 16-bit little-endian number at an offset.
fn short(entry: &[u8], at: usize) -> Option<u16> {
    let bytes = entry.get(at..at + 2)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

/// Decodes a 16-bit or 32-bit little-endian number; `None` if it is negative, which marks a missing
/// number.
fn number(bytes: &[u8]) -> Option<u32> {
    let value = match bytes.len() {
        2 => i32::from(i16::from_le_bytes(bytes.try_into().ok()?)),
        _ => i32::from_le_bytes(bytes.try_into().ok()?),
    };
    u32::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::{CURSOR_ADDRESS, LONG_NUMBERS, MAX_COLORS, SHORT_NUMBERS, Terminfo};

    /// A compiled entry, as tic writes it, with this many colours and this `cup` string.
    fn compiled(magic: u16, colours: i32, cup: Option<&str>) -> Vec<u8> {
        let names = b"test|a terminal\0";
        let long = magic == LONG_NUMBERS;
        let table = cup.map_or_else(Vec::new, |cup| [b"\0\0", cup.as_bytes(), b"\0"].concat());
        let head = [
            magic,
            u16::try_from(names.len()).unwrap(),
            1,
            u16::try_from(MAX_COLORS + 1).unwrap(),
            u16::try_from(CURSOR_ADDRESS + 1).unwrap(),
            u16::try_from(table.len()).unwrap(),
        ];
        let mut entry: Vec<u8> = head.iter().flat_map(|part| part.to_le_bytes()).collect();
        entry.extend(names);
        // One boolean, then a byte of padding: numbers begin at an even offset.
        entry.extend([1, 0]);
        for place in 0..=MAX_COLORS {
            let value = if place == MAX_COLORS { colours } else { -1 };
            if long {
                entry.extend(value.to_le_bytes());
            } else {
                entry.extend(i16::try_from(value).unwrap().to_le_bytes());
            }
        }
        for place in 0..=CURSOR_ADDRESS {
            let there = place == CURSOR_ADDRESS && cup.is_some();
            entry.extend(if there { 2_i16 } else { -1 }.to_le_bytes());
        }
        entry.extend(table);
        entry
    }

    #[test]
    fn an_entry_has_colours_and_how_the_cursor_is_placed() {
        let cup = Some("\x1b[%i%p1%d;%p2%dH");
        let rows = [
            (SHORT_NUMBERS, 8, cup, (8, true)),
            (LONG_NUMBERS, 16_777_216, cup, (16_777_216, true)),
            (SHORT_NUMBERS, -1, cup, (0, true)),
            (SHORT_NUMBERS, -1, Some("\x1bY%p1%' '%+%c"), (0, false)),
            (LONG_NUMBERS, -1, None, (0, false)),
        ];
        for (magic, colours, cup, (number, places)) in rows {
            let entry = Terminfo::parse(&compiled(magic, colours, cup)).unwrap();
            assert_eq!((entry.colours, entry.places_cursor), (number, places));
        }
    }

    #[test]
    fn nothing_is_read_from_what_is_no_entry() {
        let whole = compiled(SHORT_NUMBERS, 8, Some("\x1b[H"));
        for end in 0..whole.len() {
            assert_eq!(Terminfo::parse(&whole[..end]), None, "{end} bytes");
        }
        assert_eq!(
            Terminfo::parse(b"#!/bin/sh, or anything else of this length"),
            None
        );
    }

    #[test]
    fn a_name_leads_out_of_no_folder() {
        for name in ["", "../../etc/passwd", ".hidden", "a/b"] {
            assert_eq!(Terminfo::of(name), None, "{name}");
        }
    }
}
