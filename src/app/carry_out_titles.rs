//! Carries out what has to do with titles: what is learned of queued links, playlists, and the lists
//! that the member keeps.

use super::App;
use super::chapters::{self, ChapterTarget};
use super::effect::Effect;
use super::lines::CommandSource;
use super::output::{BatchNotice, Notice, Output, OwnFileProblem, OwnPlayerNotice, Why};
use super::saved_list::{ListName, SavedList};
use super::screen::ScreenInput;
use crate::media::playlist::PlaylistId;
use crate::protocol::batch::{Batch, NewEntry};
use crate::protocol::command::{Action, Command, PermissionRequest, SeekTarget};
use crate::protocol::ids::{EntryId, RoomId};
use crate::protocol::playback::EntryState;
use crate::sync::player::MediaProblem;

impl App {
    /// The member queued a link of which nothing is known: learns what it is, if there is a player
    /// to open it with.
    pub(super) fn learn_title(&mut self, entry: EntryId) {
        let room = self.room().filter(|_| self.attendance.has_player());
        let media = room.and_then(|room| Some(room.queue.get(entry)?.media.clone()));
        if let Some(media) = media {
            self.effects.push(Effect::Describe { entry, media });
        }
    }

    /// Something was learned of a link: tells the room, if that is still about it.
    pub(super) fn on_described(&mut self, entry: EntryId, known: NewEntry) {
        let Some(room) = self.room() else {
            return;
        };
        let timeline = &room.timeline;
        let playing = timeline.playing.as_ref();
        let playing = playing.filter(|_| timeline.entry == Some(entry));
        let waiting = room.queue.get(entry).map(|entry| &entry.media);
        let media = waiting.or(playing.map(|playing| &playing.media));
        let NewEntry {
            title, duration, ..
        } = known;
        let is_known = title.is_some() || duration.is_some();
        if media == Some(&known.media) && is_known && self.connection.is_joined() {
            let described = Command::Describe {
                entry,
                title,
                duration,
            };
            self.command(described, CommandSource::Unasked);
        }
    }

    /// Goes to a chapter, for everybody. Whoever may not asks the admins, as a seek is asked for.
    pub(super) fn go_to_chapter(&mut self, line: u64, target: &ChapterTarget) {
        let seek = match self.chapter_seek(target) {
            Ok(seek) => seek,
            Err(why) => {
                self.done(line, Err(why));
                return;
            }
        };
        let request = PermissionRequest::of(&seek).filter(|_| !self.view().may(Action::Seek));
        let command = request.map_or(seek, |request| Command::Ask { request });
        self.command(command, CommandSource::Line(line));
    }

    /// The command that goes to a chapter.
    pub(super) fn chapter_seek(&self, target: &ChapterTarget) -> Result<Command, Why> {
        if !self.connection.is_joined() {
            return Err(Why::NotConnected { pausing: false });
        }
        let at = self.position(self.now.local).unwrap_or_default();
        let count = self.chapters().len();
        let to = chapters::find(self.chapters(), at, target).ok_or(Why::NoSuchChapter { count })?;
        Ok(Command::Seek {
            target: SeekTarget::To(to),
            mark: None,
        })
    }

    /// Adds to a notice about a jump which chapter it leads to, as the own copy names it: the room
    /// only knows positions.
    pub(super) fn with_chapter(&self, output: Output) -> Output {
        let mut output = output;
        if let Output::Notice(Notice::Jumped(jump)) = &mut output
            && !jump.undoes
        {
            jump.chapter = chapters::named_at(self.chapters(), jump.to).cloned();
        }
        output
    }

    /// Says which chapters the own player knows.
    pub(super) fn list_chapters(&mut self, line: u64) {
        if !self.attendance.has_player() {
            self.done(line, Err(Why::NoPlayer));
            return;
        }
        self.notice(Notice::Own(OwnPlayerNotice::Chapters {
            chapters: self.chapters().to_vec(),
            present: self.chapter().map(|(number, _)| number),
        }));
        self.done(line, Ok(()));
    }

    /// Keeps on this computer what plays and what is to play; what is only proposed is not kept.
    pub(super) fn save_list(&mut self, line: u64, name: ListName) {
        let queue = self.room().map(|room| room.queue.entries());
        let queue = queue.unwrap_or_default();
        let approved = queue
            .iter()
            .filter(|entry| entry.state == EntryState::Approved);
        let left_out = queue.len() - approved.clone().count();
        let playing = self.room().and_then(|room| room.timeline.playing.as_ref());
        let playing = playing.map(|playing| NewEntry {
            media: playing.media.clone(),
            title: playing.title.clone(),
            duration: playing.duration,
        });
        let approved = approved.map(|entry| NewEntry {
            media: entry.media.clone(),
            title: entry.title.clone(),
            duration: entry.duration,
        });
        let entries: Vec<NewEntry> = playing.into_iter().chain(approved).collect();
        if entries.is_empty() {
            self.done(line, Err(Why::NothingToSave { left_out }));
            return;
        }
        let saved = Effect::SaveList {
            line,
            name,
            entries,
            left_out,
        };
        self.effects.push(saved);
    }

    /// A list was kept, or could not be.
    pub(super) fn on_list_saved(&mut self, line: u64, answer: Result<SavedList, OwnFileProblem>) {
        let answer = answer.map_err(Why::OwnFile).map(|saved| {
            self.batch_notice(BatchNotice::ListSaved(saved));
        });
        self.done(line, answer);
    }

    /// Looks a list up that was kept, or the names of all.
    pub(super) fn load_list(&mut self, line: u64, name: Option<ListName>) {
        let room = self.room_id().clone();
        self.effects.push(match name {
            Some(name) => Effect::LoadList { line, room, name },
            None => Effect::NameLists { line: Some(line) },
        });
    }

    /// A list was looked up: offers it to the queue.
    pub(super) fn on_saved_list(
        &mut self,
        line: u64,
        room: &RoomId,
        answer: Result<Option<Vec<NewEntry>>, OwnFileProblem>,
    ) {
        match answer {
            Ok(Some(entries)) => self.queue_all(line, room, entries, 0),
            Ok(None) => self.done(line, Err(Why::NoSuchList)),
            Err(problem) => self.done(line, Err(Why::OwnFile(problem))),
        }
    }

    /// A list was removed or brought back, or there was none.
    pub(super) fn on_list_kept(
        &mut self,
        line: u64,
        (name, kept): (ListName, bool),
        answer: Result<bool, OwnFileProblem>,
    ) {
        let answer = match (answer, kept) {
            (Ok(true), true) => Ok(BatchNotice::ListBack(name)),
            (Ok(true), false) => Ok(BatchNotice::ListRemoved(name)),
            (Ok(false), true) => Err(Why::NoRemovedList),
            (Ok(false), false) => Err(Why::NoSuchList),
            (Err(problem), _) => Err(Why::OwnFile(problem)),
        };
        let answer = answer.map(|notice| self.batch_notice(notice));
        self.done(line, answer);
    }

    /// The names of the lists that are kept: for a line, or for the screen.
    pub(super) fn on_saved_lists(&mut self, line: Option<u64>, names: Vec<ListName>) {
        let Some(line) = line else {
            self.on_screen(ScreenInput::SavedLists(names));
            return;
        };
        self.batch_notice(BatchNotice::SavedLists(names));
        self.done(line, Ok(()));
    }

    /// Looks the videos of a playlist up, to queue them.
    pub(super) fn queue_playlist(&mut self, line: u64, list: PlaylistId) {
        if !self.attendance.has_player() {
            self.done(line, Err(Why::NoPlayer));
            return;
        }
        let room = self.room_id().clone();
        self.effects
            .push(Effect::ResolvePlaylist { line, room, list });
    }

    /// The videos of a playlist are known, or why they are not.
    pub(super) fn on_playlist(
        &mut self,
        line: u64,
        room: &RoomId,
        answer: Result<(Vec<NewEntry>, usize), MediaProblem>,
    ) {
        match answer {
            Ok((entries, more)) => self.queue_all(line, room, entries, more),
            Err(problem) => self.done(line, Err(Why::NoPlaylist(problem))),
        }
    }

    /// Offers links to the queue of the room that they were meant for. `more` is how many do not
    /// even come along.
    pub(super) fn queue_all(
        &mut self,
        line: u64,
        room: &RoomId,
        entries: Vec<NewEntry>,
        more: usize,
    ) {
        if room != self.room_id() {
            self.done(line, Err(Why::Unanswered));
            return;
        }
        if !self.connection.is_joined() {
            self.done(line, Err(Why::NotConnected { pausing: false }));
            return;
        }
        let Some((batch, too_many)) = Batch::fitting(entries) else {
            self.done(line, Err(Why::NothingToQueue));
            return;
        };
        let left_out = more + too_many;
        if left_out > 0 {
            let queued = batch.entries().len();
            self.batch_notice(BatchNotice::OnlyTheFirst { queued, left_out });
        }
        self.command(Command::AddAll { batch }, CommandSource::Line(line));
    }

    fn batch_notice(&mut self, notice: BatchNotice) {
        self.notice(Notice::Batch(notice));
    }
}
