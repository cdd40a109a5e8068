//! What the thread of the files does: it reads and writes them as it is asked to.

use std::io;
use std::path::{Path, PathBuf};

use tokio::sync::mpsc;

use super::tokens::{Addresses, TokenStore};
use super::{name, own_choices, sound_offsets};
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::output::OwnFileProblem;
use crate::app::preferences::OwnChoice;
use crate::app::room_tokens::{KeptRoom, RoomTokens};
use crate::client::{own_files, place, saved_lists};
use crate::doctor::place::Purpose;
use crate::protocol::ids::RoomId;
use crate::protocol::text::MemberName;
use crate::protocol::time::Span;

/// Something to do with the files.
#[derive(Debug)]
pub(super) enum Request {
    Find {
        /// Counts the questions, so that only the newest is answered.
        number: u64,
        server: String,
        room: RoomId,
    },
    Keep {
        server: String,
        room: RoomId,
        kept: KeptRoom,
    },
    Forget {
        server: String,
        room: RoomId,
    },
    KeepTrust {
        server: String,
        room: RoomId,
        trusted: bool,
    },
    FindOwnRooms {
        server: String,
        rooms: Vec<RoomId>,
        /// Where the answer goes.
        answers: mpsc::Sender<Event>,
    },
    KeepName(MemberName),
    KeepChoice(OwnChoice),
    FindOffset {
        device: String,
        /// Where the answer goes.
        answers: mpsc::Sender<Event>,
    },
    KeepOffset {
        device: String,
        offset: Span,
    },
    /// An order about kept playlists.
    SavedLists {
        order: Box<Effect>,
        /// Where the answer goes.
        answers: mpsc::Sender<Event>,
    },
}

/// What was found for a question; `None` if it could not be looked up.
#[derive(Debug)]
pub(super) struct Answer {
    /// The number of the question.
    pub(super) number: u64,
    /// What is kept of the room.
    pub(super) tokens: Option<RoomTokens>,
}

/// The files, as their thread sees them.
#[derive(Debug)]
pub(super) struct FileWorker {
    /// Where the files are; without it nothing is kept.
    folder: Option<PathBuf>,
    tokens: TokenStore,
    answers: mpsc::Sender<Answer>,
    /// Where it is told that a file is damaged, or cannot be written.
    events: mpsc::Sender<Event>,
    /// What was told before, so that a full disk is told once.
    told: Vec<OwnFileProblem>,
}

impl FileWorker {
    /// A worker for the files in this folder.
    pub(super) fn new(
        folder: Option<PathBuf>,
        addresses: Addresses,
        answers: mpsc::Sender<Answer>,
        events: mpsc::Sender<Event>,
    ) -> Self {
        Self {
            tokens: TokenStore::new(folder.clone()).with_addresses(addresses),
            folder,
            answers,
            events,
            told: Vec::new(),
        }
    }

    /// Looks at what was chosen and set before: a damaged file is set aside and told of.
    fn check(&mut self) {
        for check in [own_choices::check, sound_offsets::check] {
            let checked = self.in_folder(check);
            if let Err(cause) = checked {
                tracing::warn!("a file that was kept: {cause}");
                self.tell(&cause);
            }
        }
    }

    /// Tells the member, once.
    fn tell(&mut self, cause: &io::Error) {
        let problem = match (own_files::problem(cause), &self.folder) {
            (OwnFileProblem::Unusable(fault), Some(folder)) => {
                OwnFileProblem::Folder(place::closed(Purpose::State, folder, fault))
            }
            (problem, _) => problem,
        };
        if !self.told.contains(&problem) {
            self.told.push(problem.clone());
            if self.events.blocking_send(Event::OwnFile(problem)).is_err() {
                tracing::debug!("the client has ended");
            }
        }
    }

    /// Does what is asked for until nobody can ask any more. No failure is a reason not to watch.
    pub(super) fn serve(mut self, mut requests: mpsc::Receiver<Request>) {
        self.check();
        while let Some(request) = requests.blocking_recv() {
            let what = failure(&request);
            if let Err(cause) = self.carry_out(request) {
                tracing::warn!("{what}: {cause}");
                self.tell(&cause);
            }
        }
    }

    fn carry_out(&mut self, request: Request) -> io::Result<()> {
        match request {
            Request::Find {
                number,
                server,
                room,
            } => {
                let found = self.tokens.find(&server, &room);
                self.answer(found, number)
            }
            Request::Keep { server, room, kept } => self.tokens.keep(&server, &room, &kept),
            Request::Forget { server, room } => self.tokens.forget(&server, &room),
            Request::KeepTrust {
                server,
                room,
                trusted,
            } => self.tokens.keep_trust(&server, &room, trusted),
            Request::FindOwnRooms {
                server,
                rooms,
                answers,
            } => {
                self.find_own_rooms(server, rooms, &answers);
                Ok(())
            }
            Request::KeepName(name) => self.in_folder(|folder| name::keep(folder, &name)),
            Request::KeepChoice(chosen) => {
                self.in_folder(|folder| own_choices::keep(folder, chosen))
            }
            Request::SavedLists { order, answers } => {
                self.on_saved_lists(*order, &answers);
                Ok(())
            }
            Request::FindOffset { device, answers } => self.find_offset(device, &answers),
            Request::KeepOffset { device, offset } => {
                self.in_folder(|folder| sound_offsets::keep(folder, &device, offset))
            }
        }
    }

    /// Keeps a playlist or looks for some, and answers in any case.
    fn on_saved_lists(&self, order: Effect, answers: &mpsc::Sender<Event>) {
        let answer = saved_lists::carry_out(self.folder.as_deref(), order);
        if answer.is_some_and(|answer| answers.blocking_send(answer).is_err()) {
            tracing::debug!("the client has ended");
        }
    }

    /// Keeps something in the folder, if there is one.
    fn in_folder(&self, keep: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
        self.folder.as_deref().map_or(Ok(()), keep)
    }

    /// Looks up of which rooms a token is kept, and answers in any case.
    fn find_own_rooms(
        &self,
        server: String,
        mut rooms: Vec<RoomId>,
        answers: &mpsc::Sender<Event>,
    ) {
        rooms.retain(|room| self.tokens.knows(&server, room));
        let answer = Event::OwnRooms { server, rooms };
        if answers.blocking_send(answer).is_err() {
            tracing::debug!("the client ends without its rooms");
        }
    }

    /// Answers a question for tokens in any case.
    fn answer(&self, found: io::Result<RoomTokens>, number: u64) -> io::Result<()> {
        let (tokens, done) = match found {
            Ok(found) => (Some(found), Ok(())),
            Err(cause) => (None, Err(cause)),
        };
        let answer = Answer { number, tokens };
        if self.answers.blocking_send(answer).is_err() {
            tracing::debug!("the client ends without its tokens");
        }
        done
    }

    /// Looks up how late a sound device is, and answers in any case.
    fn find_offset(&self, device: String, answers: &mpsc::Sender<Event>) -> io::Result<()> {
        let folder = self.folder.as_deref();
        let found = folder.map_or(Ok(None), |folder| sound_offsets::kept(folder, &device));
        let (offset, done) = match found {
            Ok(offset) => (offset, Ok(())),
            Err(cause) => (None, Err(cause)),
        };
        let answer = Event::SoundOffset { device, offset };
        if answers.blocking_send(answer).is_err() {
            tracing::debug!("the client has ended");
        }
        done
    }
}

/// What went wrong if a request cannot be carried out.
const fn failure(request: &Request) -> &'static str {
    match request {
        Request::Find { .. } => "no token could be looked up",
        Request::Keep { .. } => "the token could not be kept",
        Request::KeepTrust { .. } => "whether a room is trusted could not be kept",
        Request::Forget { .. } => "the token could not be forgotten",
        Request::FindOwnRooms { .. } => "no own rooms could be looked up",
        Request::KeepName(_) => "the name could not be kept",
        Request::KeepChoice(_) => "what was chosen could not be kept",
        Request::SavedLists { .. } => "no playlist could be kept or looked up",
        Request::FindOffset { .. } => "no sound offset could be looked up",
        Request::KeepOffset { .. } => "the sound offset could not be kept",
    }
}
