//! Playlists that the member keeps on this computer: a file each, which only they can read.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::own_files;
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::output::OwnFileProblem;
use crate::app::saved_list::{ListName, SavedList};
use crate::private_files;
use crate::protocol::batch::NewEntry;
use crate::room::queue::Queue;

/// The folder, in the state folder.
const FOLDER: &str = "playlists";
/// The ending of a list's file, before which its name stands in hexadecimal digits.
const ENDING: &str = ".json";
/// The largest file that is read, in bytes: a full queue of the longest links and titles.
const LARGEST: u64 = 1024 * 1024;
/// The folder within that, in which removed lists are until they are brought back.
const REMOVED: &str = "removed";
/// The most lists that are kept, and listed (judgement: more than a person tells apart).
const MOST: usize = 200;
/// The most removed lists that can be brought back (judgement: nobody misses more than these). One
/// more takes the place of the one that was saved longest ago.
const MOST_REMOVED: usize = 20;

/// As many lists are kept as can be.
#[derive(Debug, thiserror::Error)]
#[error("{MOST} playlists are kept, and no more")]
struct TooManyLists;

/// Carries an order about kept lists out; the answer for the app.
pub(super) fn carry_out(state: Option<&Path>, effect: Effect) -> Option<Event> {
    let no_folder = || io::Error::other("there is no folder to keep it in");
    let state = state.ok_or_else(no_folder);
    match effect {
        Effect::SaveList {
            line,
            name,
            entries,
            left_out,
        } => {
            let kept = state.and_then(|state| keep(state, &name, &entries));
            let count = entries.len();
            let answer = or_told(kept).map(|()| SavedList {
                name,
                count,
                left_out,
            });
            Some(Event::ListSaved { line, answer })
        }
        Effect::KeepList { line, name, kept } => {
            let change = if kept { bring_back } else { remove };
            let answer = or_told(state.and_then(|state| change(state, &name)));
            Some(Event::ListKept {
                line,
                name,
                kept,
                answer,
            })
        }
        Effect::LoadList { line, room, name } => {
            let found = state.and_then(|state| find(state, &name));
            let answer = or_told(found);
            Some(Event::SavedList { line, room, answer })
        }
        Effect::NameLists { line } => {
            let names = or_told(state.and_then(names)).unwrap_or_default();
            Some(Event::SavedLists { line, names })
        }
        _ => None,
    }
}

fn or_told<T>(result: io::Result<T>) -> Result<T, OwnFileProblem> {
    result.map_err(|cause| {
        tracing::warn!("a playlist on this computer: {cause}");
        let inner = cause.get_ref();
        match inner.and_then(|inner| inner.downcast_ref()) {
            Some(TooManyLists) => OwnFileProblem::TooManyLists(MOST),
            None => own_files::problem(&cause),
        }
    })
}

/// Keeps a list; one of that name is replaced, whole or not at all.
///
/// # Errors
/// If the folder cannot be made or the file not written, or if there are too many lists.
pub(super) fn keep(state: &Path, name: &ListName, entries: &[NewEntry]) -> io::Result<()> {
    let folder = state.join(FOLDER);
    private_files::create_folder(&folder)?;
    let path = file(&folder, name);
    has_room(state, &path)?;
    let entries = entries.get(..Queue::MAX_IN_ALL).unwrap_or(entries);
    let json = serde_json::to_vec(entries)?;
    // Its own name, so that two clients that save at once do not mix their files.
    let unfinished = path.with_extension(format!("{}.new", std::process::id()));
    let mut options = private_files::open_options();
    let written = options
        .write(true)
        .create(true)
        .truncate(true)
        .open(&unfinished)
        .and_then(|mut file| {
            file.write_all(&json)?;
            file.sync_all()
        });
    if let Err(cause) = written.and_then(|()| fs::rename(&unfinished, &path)) {
        // Nothing of it is to stay; the cause says more than what this would say.
        let _removed = fs::remove_file(&unfinished);
        return Err(cause);
    }
    Ok(())
}

/// Whether a list can be kept in this file.
///
/// # Errors
/// If it is a new one and too many are kept, or if these cannot be read.
fn has_room(state: &Path, path: &Path) -> io::Result<()> {
    if !path.exists() && names(state)?.len() >= MOST {
        return Err(io::Error::other(TooManyLists));
    }
    Ok(())
}

/// Removes a list, so that it can be brought back; false if none of that name is kept.
///
/// # Errors
/// If its file cannot be moved.
fn remove(state: &Path, name: &ListName) -> io::Result<bool> {
    let folder = state.join(FOLDER);
    let path = file(&folder, name);
    if !path.exists() {
        return Ok(false);
    }
    let removed = folder.join(REMOVED);
    private_files::create_folder(&removed)?;
    let aside = file(&removed, name);
    fs::rename(path, &aside)?;
    drop_surplus(&removed, &aside)?;
    Ok(true)
}

/// Brings a removed list back; false if there is none of that name. One that was saved under the name
/// since is removed in turn.
///
/// # Errors
/// If a file cannot be moved, or if there are too many lists.
fn bring_back(state: &Path, name: &ListName) -> io::Result<bool> {
    let folder = state.join(FOLDER);
    let (path, aside) = (file(&folder, name), file(&folder.join(REMOVED), name));
    if !aside.exists() {
        return Ok(false);
    }
    has_room(state, &path)?;
    if path.exists() {
        let between = path.with_extension(format!("{}.new", std::process::id()));
        fs::rename(&path, &between)?;
        fs::rename(&aside, &path)?;
        fs::rename(between, aside)?;
    } else {
        fs::rename(aside, path)?;
    }
    Ok(true)
}

/// Deletes those of the removed lists that are too many, but not the `newest`.
fn drop_surplus(removed: &Path, newest: &Path) -> io::Result<()> {
    let files = fs::read_dir(removed)?.filter_map(Result::ok);
    let mut files: Vec<_> = files
        .filter(|file| file.path() != newest)
        .filter_map(|file| Some((file.metadata().ok()?.modified().ok()?, file.path())))
        .collect();
    files.sort();
    let surplus = (files.len() + 1).saturating_sub(MOST_REMOVED);
    for (_, path) in files.into_iter().take(surplus) {
        fs::remove_file(path)?;
    }
    Ok(())
}

/// The links of a list; `None` if none of that name is kept.
///
/// # Errors
/// If it is kept and cannot be read. A damaged file is set aside.
pub(super) fn find(state: &Path, name: &ListName) -> io::Result<Option<Vec<NewEntry>>> {
    let path = file(&state.join(FOLDER), name);
    let data = match fs::metadata(&path) {
        Ok(data) => data,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(cause),
    };
    // The reading of a pipe would wait for whoever writes into it.
    if !data.is_file() {
        return Err(io::Error::other("it is no playlist of ours"));
    }
    if data.len() > LARGEST {
        return Err(own_files::set_aside(&path));
    }
    let mut entries: Vec<NewEntry> = own_files::parse(&path, &fs::read(&path)?)?;
    entries.truncate(Queue::MAX_IN_ALL);
    Ok(Some(entries))
}

/// The names of all lists, in their order.
///
/// # Errors
/// If the folder is there and cannot be read.
pub(super) fn names(state: &Path) -> io::Result<Vec<ListName>> {
    let folder = match fs::read_dir(state.join(FOLDER)) {
        Ok(folder) => folder,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(cause),
    };
    let files = folder.filter_map(Result::ok);
    let readable = files.filter_map(|file| name_of(file.file_name().to_str()?));
    let mut found: Vec<ListName> = readable.take(MOST).collect();
    found.sort();
    Ok(found)
}

fn file(folder: &Path, name: &ListName) -> PathBuf {
    let digits = name.as_str().bytes().map(|byte| format!("{byte:02x}"));
    folder.join(digits.collect::<String>() + ENDING)
}

/// The list that a file is of.
fn name_of(file: &str) -> Option<ListName> {
    let digits = file.strip_suffix(ENDING)?;
    let pairs = digits.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> = pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    ListName::parse(std::str::from_utf8(&bytes?).ok()?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{
        FOLDER, MOST, MOST_REMOVED, REMOVED, bring_back, carry_out, file, find, keep, names, remove,
    };
    use crate::app::effect::Effect;
    use crate::app::event::Event;
    use crate::app::output::OwnFileProblem;
    use crate::app::saved_list::ListName;
    use crate::media::Media;
    use crate::protocol::batch::NewEntry;
    use crate::protocol::text::Title;
    use crate::protocol::time::Span;

    fn name(text: &str) -> ListName {
        ListName::parse(text).unwrap()
    }

    fn film() -> NewEntry {
        NewEntry {
            media: Media::parse("https://example.org/a.mp4").unwrap(),
            title: Title::parse("Кино").ok(),
            duration: Some(Span::seconds(90)),
        }
    }

    #[test]
    fn a_list_comes_back_as_it_was_and_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        assert_eq!(names(&state).unwrap(), []);
        assert_eq!(find(&state, &name("x")).unwrap(), None);
        keep(&state, &name("Пятница / ../x"), &[film()]).unwrap();
        keep(&state, &name("b"), &[film(), film()]).unwrap();
        keep(&state, &name("b"), &[film()]).unwrap();
        assert_eq!(names(&state).unwrap(), [name("b"), name("Пятница / ../x")]);
        for list in ["b", "Пятница / ../x"] {
            assert_eq!(find(&state, &name(list)).unwrap(), Some(vec![film()]));
        }
        assert_eq!(fs::read_dir(state.join(FOLDER)).unwrap().count(), 2);
    }

    #[test]
    fn a_removed_list_can_be_brought_back_and_leaves_room_for_another() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path();
        for number in 0..MOST {
            keep(state, &name(&format!("list {number}")), &[film()]).unwrap();
        }
        let (old, new) = (name("list 7"), name("new"));
        let order = Effect::SaveList {
            line: 1,
            name: new.clone(),
            entries: vec![film()],
            left_out: 0,
        };
        let full = Some(Event::ListSaved {
            line: 1,
            answer: Err(OwnFileProblem::TooManyLists(MOST)),
        });
        assert_eq!(carry_out(Some(state), order), full);
        assert!(!remove(state, &new).unwrap());
        assert!(remove(state, &old).unwrap());
        assert_eq!(find(state, &old).unwrap(), None);
        keep(state, &new, &[film()]).unwrap();
        assert!(bring_back(state, &old).is_err(), "there is no room");
        assert!(remove(state, &new).unwrap());
        assert!(bring_back(state, &old).unwrap());
        assert_eq!(find(state, &old).unwrap(), Some(vec![film()]));
        assert!(!bring_back(state, &old).unwrap(), "it is back already");
    }

    #[test]
    fn a_list_that_took_the_name_of_a_removed_one_is_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        let (state, a) = (folder.path(), name("a"));
        keep(state, &a, &[film()]).unwrap();
        remove(state, &a).unwrap();
        keep(state, &a, &[film(), film()]).unwrap();
        for links in [1, 2, 1] {
            assert!(bring_back(state, &a).unwrap());
            assert_eq!(find(state, &a).unwrap().unwrap().len(), links);
        }
    }

    #[test]
    fn only_so_many_removed_lists_stay() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path();
        for number in 0..=MOST_REMOVED {
            let name = name(&format!("list {number}"));
            keep(state, &name, &[film()]).unwrap();
            assert!(remove(state, &name).unwrap());
            let back = file(&state.join(FOLDER).join(REMOVED), &name);
            assert!(back.exists(), "the newest stays");
        }
        let removed = fs::read_dir(state.join(FOLDER).join(REMOVED)).unwrap();
        assert_eq!(removed.count(), MOST_REMOVED);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        keep(folder.path(), &name("a"), &[film()]).unwrap();
        let file = folder.path().join(FOLDER).join("61.json");
        let mode = fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn what_is_no_list_is_an_error_and_not_taken_for_an_empty_one() {
        let folder = tempfile::tempdir().unwrap();
        keep(folder.path(), &name("a"), &[film()]).unwrap();
        let file = folder.path().join(FOLDER).join("61.json");
        fs::write(&file, "[{\"media\": \"file:///etc/passwd\"}]").unwrap();
        assert!(find(folder.path(), &name("a")).is_err());
        assert_eq!(
            find(folder.path(), &name("a")).unwrap(),
            None,
            "it is set aside"
        );
        assert!(file.with_extension("json.damaged").exists());
        keep(folder.path(), &name("a"), &[film()]).unwrap();
        fs::write(folder.path().join(FOLDER).join("notes.txt"), "").unwrap();
        assert_eq!(names(folder.path()).unwrap(), [name("a")]);
    }
}
