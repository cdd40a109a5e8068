//! How late each sound device is, as its member set it with `/nudge` or `calibrate`: one file, a
//! number of milliseconds for the name of each device.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::client::own_files;
use crate::private_files;
use crate::protocol::time::Span;
use crate::sync::player::MOST_OUTPUT_OFFSET;

/// The file, in the state folder.
const FILE: &str = "sound-offsets.json";

/// The longest file that is read, in bytes: [`MOST_DEVICES`] of the longest names.
const LONGEST: u64 = 64 * 1_024;

/// The most devices that are kept (judgement: nobody owns so many).
const MOST_DEVICES: usize = 100;

/// The offsets by the names of the devices, in milliseconds.
type Offsets = BTreeMap<String, f64>;

/// Keeps the offset of a device; none is as good as zero.
///
/// # Errors
/// If the folder cannot be made or the file not written. If the file was damaged, that is told though
/// the offset is kept: what was in it is set aside.
pub fn keep(folder: &Path, device: &str, offset: Span) -> io::Result<()> {
    // A damaged file is out of the way by now.
    let (mut offsets, damaged) = match read(folder) {
        Ok(offsets) => (offsets, Ok(())),
        Err(cause) => (Offsets::new(), Err(cause)),
    };
    offsets.remove(device);
    if offset != Span::ZERO && offsets.len() < MOST_DEVICES {
        offsets.insert(device.to_owned(), offset.as_seconds() * 1_000.0);
    }
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
    let millis = offsets.get(device).filter(|millis| millis.is_finite());
    let offset = millis.map(|millis| Span::from_seconds(millis / 1_000.0));
    Ok(offset.filter(|offset| offset.abs() <= MOST_OUTPUT_OFFSET))
}

fn read(folder: &Path) -> io::Result<Offsets> {
    let path = folder.join(FILE);
    let data = match fs::metadata(&path) {
        Ok(data) => data,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Offsets::new()),
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
    use super::{FILE, keep, kept};
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
