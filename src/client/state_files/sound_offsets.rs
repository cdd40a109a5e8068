//! How late each sound device is, as its member set it with `/nudge` or `calibrate`: one file, a
//! number of milliseconds for the name of each device.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::client::own_files;
use crate::private_files;
use crate::protocol::time::Span;
use crate::sync::player::MOST_OUTPUT_OFFSET;

/// The file, in the state folder.
const FILE: &str = "sound-offsets.json";

/// The longest file that is read, in bytes: [`MOST_DEVICES`] of the longest names.
const LONGEST: u64 = 64 * 1_024;

/// The most devices that are kept (judgement: nobody owns so many). One more takes the place of the
/// one that was set longest ago.
const MOST_DEVICES: usize = 100;

/// The offsets with the names of their devices, in milliseconds; that which was set last is the last.
#[derive(Debug, Default)]
struct Offsets(Vec<(String, f64)>);

impl Offsets {
    fn of(&self, device: &str) -> Option<f64> {
        let mut newest = self.0.iter().rev();
        let found = newest.find(|(known, _)| known == device);
        found.map(|(_, millis)| *millis)
    }

    fn set(&mut self, device: &str, offset: Span) {
        self.0.retain(|(known, _)| known != device);
        if offset != Span::ZERO {
            self.0
                .push((device.to_owned(), offset.as_seconds() * 1_000.0));
        }
        let surplus = self.0.len().saturating_sub(MOST_DEVICES);
        self.0.drain(..surplus);
    }
}

impl Serialize for Offsets {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(device, millis)| (device, millis)))
    }
}

impl<'de> Deserialize<'de> for Offsets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

/// Reads an object in the order in which it is written.
struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Offsets;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a number for each device")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Offsets, A::Error> {
        let mut offsets = Vec::new();
        while let Some(offset) = map.next_entry()? {
            offsets.push(offset);
        }
        Ok(Offsets(offsets))
    }
}

/// Keeps the offset of a device; none is as good as zero.
///
/// # Errors
/// If the folder cannot be made or the file not written. If the file was damaged, that is told though
/// the offset is kept: what was in it is set aside.
pub fn keep(folder: &Path, device: &str, offset: Span) -> io::Result<()> {
    // A damaged file is out of the way by now.
    let (mut offsets, damaged) = match read(folder) {
        Ok(offsets) => (offsets, Ok(())),
        Err(cause) => (Offsets::default(), Err(cause)),
    };
    offsets.set(device, offset);
    private_files::create_folder(folder)?;
    // Written beside it and renamed, so that it is whole at any time.
    let beside = folder.join(format!("{FILE}.new"));
    fs::write(&beside, serde_json::to_vec_pretty(&offsets)?)?;
    fs::rename(beside, folder.join(FILE))?;
    damaged
}

/// Whether what is kept can be read.
///
/// # Errors
/// If it cannot. A damaged file is set aside.
pub(super) fn check(folder: &Path) -> io::Result<()> {
    read(folder).map(|_| ())
}

/// The offset that is kept of a device, within what a device can have.
///
/// # Errors
/// If the file is there and cannot be read.
pub fn kept(folder: &Path, device: &str) -> io::Result<Option<Span>> {
    let offsets = read(folder)?;
    let millis = offsets.of(device).filter(|millis| millis.is_finite());
    let offset = millis.map(|millis| Span::from_seconds(millis / 1_000.0));
    Ok(offset.filter(|offset| offset.abs() <= MOST_OUTPUT_OFFSET))
}

fn read(folder: &Path) -> io::Result<Offsets> {
    let path = folder.join(FILE);
    let data = match fs::metadata(&path) {
        Ok(data) => data,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Offsets::default()),
        Err(cause) => return Err(cause),
    };
    // The reading of a pipe would wait for whoever writes into it.
    if !data.is_file() {
        return Err(io::Error::other("it is no file of ours"));
    }
    if data.len() > LONGEST {
        return Err(own_files::set_aside(&path));
    }
    own_files::parse(&path, &fs::read(&path)?)
}

#[cfg(test)]
mod tests {
    use super::{FILE, MOST_DEVICES, keep, kept};
    use crate::protocol::time::Span;

    #[test]
    fn each_device_has_an_offset_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let within = folder.path().join("state");
        assert_eq!(kept(&within, "pulse/hdmi").unwrap(), None);
        keep(&within, "pulse/hdmi", Span::millis(40)).unwrap();
        keep(&within, "наушники", Span::millis(-180)).unwrap();
        assert_eq!(kept(&within, "pulse/hdmi").unwrap(), Some(Span::millis(40)));
        assert_eq!(kept(&within, "наушники").unwrap(), Some(Span::millis(-180)));
        keep(&within, "pulse/hdmi", Span::ZERO).unwrap();
        assert_eq!(kept(&within, "pulse/hdmi").unwrap(), None);
    }

    #[test]
    fn one_more_device_than_are_kept_takes_the_place_of_the_one_set_longest_ago() {
        let folder = tempfile::tempdir().unwrap();
        let within = folder.path();
        let set = |device: &str| keep(within, device, Span::millis(40)).unwrap();
        let is_kept = |device: &str| kept(within, device).unwrap().is_some();
        // Neither their names nor their numbers are in the order in which they are set.
        let names: Vec<String> = (0..MOST_DEVICES).rev().map(|n| format!("{n}")).collect();
        for name in &names {
            set(name);
        }
        set(&names[0]);
        set("one more");
        assert!(is_kept("one more") && is_kept(&names[0]));
        assert!(!is_kept(&names[1]) && is_kept(&names[2]));
    }

    #[test]
    fn a_file_that_is_none_of_ours_keeps_nothing_and_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "[").unwrap();
        let damaged = keep(folder.path(), "alsa", Span::millis(5));
        assert!(damaged.is_err(), "it is told");
        assert!(folder.path().join("sound-offsets.json.damaged").exists());
        keep(folder.path(), "alsa", Span::millis(5)).unwrap();
        assert_eq!(kept(folder.path(), "alsa").unwrap(), Some(Span::millis(5)));
        std::fs::write(folder.path().join(FILE), r#"{"alsa": 1e9}"#).unwrap();
        assert_eq!(kept(folder.path(), "alsa").unwrap(), None);
    }
}
