//! What the client keeps on this machine for the next time: tokens, the member's name, and what they
//! chose of the screen.
//!
//! A thread of its own reads and writes the files, in the order in which they were asked for: a
//! disk that is slow or hangs holds up this thread and nothing else.

use std::future::pending;
use std::io;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::preferences::OwnChoice;
use crate::app::room_tokens::{KeptRoom, RoomTokens};
use crate::protocol::ids::RoomId;
use crate::protocol::text::MemberName;
use crate::protocol::time::Span;

use file_worker::{Answer, FileWorker, Request};

mod file_worker;
mod name;
mod own_choices;
pub mod sound_offsets;
mod tokens;

pub use name::{kept as kept_name, kept_text as kept_name_text};
pub use own_choices::kept as kept_choices;
pub use tokens::visited as visited_rooms;
pub(super) use tokens::{Addresses, TokenStore};

/// How many requests may wait for the disk: a client makes one or two for each room it enters.
const QUEUE: usize = 64;
/// How long the disk may take for what waits when the client ends (judgement: longer than a
/// disk that wakes up).
const PATIENCE: Duration = Duration::from_secs(5);

/// The files, as the loop sees them.
#[derive(Debug)]
pub(super) struct StateFiles {
    requests: mpsc::Sender<Request>,
    answers: mpsc::Receiver<Answer>,
    /// The number of the last question.
    asked: u64,
    /// Whether the last question did not get through to the thread.
    is_unasked: bool,
    ended: oneshot::Receiver<()>,
}

impl StateFiles {
    /// Starts the thread. Without a folder nothing is kept. A damaged file, or a disk that takes nothing,
    /// is told as an event.
    ///
    /// # Errors
    /// If the system has no thread to give.
    pub(super) fn start(
        folder: Option<PathBuf>,
        addresses: Addresses,
        events: mpsc::Sender<Event>,
    ) -> io::Result<Self> {
        let (requests, waiting) = mpsc::channel(QUEUE);
        let (answering, answers) = mpsc::channel(QUEUE);
        let (ending, ended) = oneshot::channel();
        thread::Builder::new()
            .name("state-files".to_owned())
            .spawn(move || {
                FileWorker::new(folder, addresses, answering, events).serve(waiting);
                // Whoever waited for this may have lost patience.
                let _receiver_gone = ending.send(());
            })?;
        Ok(Self {
            requests,
            answers,
            asked: 0,
            is_unasked: false,
            ended,
        })
    }

    /// Asks for the tokens of a room; [`Self::found`] answers. An older question is forgotten.
    pub(super) fn find_tokens(&mut self, server: String, room: RoomId) {
        self.asked += 1;
        let number = self.asked;
        self.is_unasked = !self.request(Request::Find {
            number,
            server,
            room,
        });
    }

    /// The answer to the last question, `None` if nothing could be looked up; waits for ever if
    /// there is no question. Cancel safe.
    pub(super) async fn found(&mut self) -> Option<RoomTokens> {
        if std::mem::take(&mut self.is_unasked) {
            return None;
        }
        loop {
            match self.answers.recv().await {
                Some(answer) if answer.number == self.asked => return answer.tokens,
                Some(outdated) => tracing::debug!(number = outdated.number, "nobody waits for it"),
                None => pending().await,
            }
        }
    }

    /// Keeps the token with which the client comes back into a room, and how the room is.
    pub(super) fn keep_token(&self, server: String, room: RoomId, kept: KeptRoom) {
        self.request(Request::Keep { server, room, kept });
    }

    /// Forgets the token of a room.
    pub(super) fn forget_token(&self, server: String, room: RoomId) {
        self.request(Request::Forget { server, room });
    }

    /// Keeps whether the member trusts the links of a room.
    pub(super) fn keep_trust(&self, server: String, room: RoomId, trusted: bool) {
        self.request(Request::KeepTrust {
            server,
            room,
            trusted,
        });
    }

    /// Looks up of which rooms a token is kept; the answer comes as an event.
    pub(super) fn find_own_rooms(
        &self,
        server: String,
        rooms: Vec<RoomId>,
        answers: mpsc::Sender<Event>,
    ) {
        self.request(Request::FindOwnRooms {
            server,
            rooms,
            answers,
        });
    }

    /// Keeps the member's name.
    pub(super) fn keep_name(&self, name: MemberName) {
        self.request(Request::KeepName(name));
    }

    /// Keeps what the member chose on their own screen.
    pub(super) fn keep_choice(&self, chosen: OwnChoice) {
        self.request(Request::KeepChoice(chosen));
    }

    /// Looks up how late a sound device is; the answer comes as an event.
    pub(super) fn find_offset(&self, device: String, answers: mpsc::Sender<Event>) {
        self.request(Request::FindOffset { device, answers });
    }

    /// Keeps how late a sound device is.
    pub(super) fn keep_offset(&self, device: String, offset: Span) {
        self.request(Request::KeepOffset { device, offset });
    }

    /// Keeps a playlist or looks for some, in the order of the orders; the answer comes as an event.
    pub(super) fn on_saved_lists(&self, order: Effect, answers: mpsc::Sender<Event>) {
        let order = Box::new(order);
        self.request(Request::SavedLists { order, answers });
    }

    /// Ends when everything is written, or the disk does not take it in time.
    pub(super) async fn finish(self) {
        let Self {
            requests,
            answers,
            ended,
            ..
        } = self;
        drop(requests);
        drop(answers);
        if timeout(PATIENCE, ended).await.is_err() {
            tracing::warn!("the disk does not keep the tokens in time");
        }
    }

    /// Hands a request on, and says whether that was possible.
    fn request(&self, request: Request) -> bool {
        let handed_on = self.requests.try_send(request);
        if let Err(cause) = &handed_on {
            // A request may hold a token, so it is not logged.
            let is_full = matches!(cause, mpsc::error::TrySendError::Full(_));
            tracing::warn!(is_full, "the disk does not keep up: a request was dropped");
        }
        handed_on.is_ok()
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::path::Path;
    use std::process::Command;

    use futures_util::FutureExt;
    use tokio::sync::mpsc;

    use super::tokens::{Addresses, TokenStore};
    use super::{StateFiles, kept_name};
    use crate::app::event::Event;
    use crate::app::output::OwnFileProblem;
    use crate::app::room_tokens::KeptRoom;
    use crate::protocol::ids::RoomId;
    use crate::protocol::member::Visibility;
    use crate::protocol::text::MemberName;
    use crate::protocol::time::{RoomTime, Span};

    const SERVER: &str = "https://watch.example.org";

    /// Nobody is told of what is wrong with the files.
    fn nobody() -> mpsc::Sender<Event> {
        mpsc::channel(1).0
    }

    fn room(name: &str) -> RoomId {
        RoomId::parse(name).unwrap()
    }

    fn kept(token: &str) -> KeptRoom {
        KeptRoom {
            token: token.to_owned(),
            visibility: Visibility::Public,
            created: RoomTime(1),
            other: None,
        }
    }

    fn keep(files: &StateFiles, name: &str, token: &str) {
        files.keep_token(SERVER.to_owned(), room(name), kept(token));
    }

    /// The token with which a client comes back, as the disk has it.
    fn on_disk(folder: &Path, name: &str) -> Option<String> {
        let mut tokens = TokenStore::new(Some(folder.to_owned()));
        tokens.find(SERVER, &room(name)).unwrap().resume
    }

    #[tokio::test]
    async fn everything_is_written_in_order_before_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let files = StateFiles::start(
            Some(folder.path().to_owned()),
            Addresses::default(),
            nobody(),
        )
        .unwrap();
        for token in ["one", "two", "three"] {
            keep(&files, "first", token);
        }
        keep(&files, "second", "gone");
        files.forget_token(SERVER.to_owned(), room("second"));
        let name = MemberName::parse("Alice").unwrap();
        files.keep_name(name.clone());
        files.finish().await;
        assert_eq!(on_disk(folder.path(), "first").as_deref(), Some("three"));
        assert_eq!(on_disk(folder.path(), "second"), None);
        assert_eq!(kept_name(folder.path()), Some(name));
    }

    #[tokio::test]
    async fn a_damaged_file_is_told_of_once_and_nothing_of_it_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("screen.json"), "{").unwrap();
        let (telling, mut told) = mpsc::channel(4);
        let files = StateFiles::start(
            Some(folder.path().to_owned()),
            Addresses::default(),
            telling,
        )
        .unwrap();
        let Some(Event::OwnFile(OwnFileProblem::Damaged { path, aside })) = told.recv().await
        else {
            panic!("nothing is told");
        };
        assert!(path.ends_with("screen.json"), "{path}");
        assert_eq!(std::fs::read_to_string(aside).unwrap(), "{");
        files.keep_offset("pulse".to_owned(), Span::millis(40));
        files.finish().await;
        assert!(told.recv().await.is_none(), "once");
    }

    #[tokio::test]
    async fn a_disk_that_takes_nothing_is_told_of() {
        let folder = tempfile::tempdir().unwrap();
        // No folder can be made below a file.
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let (telling, mut told) = mpsc::channel(16);
        let files = StateFiles::start(Some(file), Addresses::default(), telling).unwrap();
        for _ in 0..3 {
            files.keep_name(MemberName::parse("Alice").unwrap());
        }
        files.finish().await;
        let mut count = 0;
        while let Some(event) = told.recv().await {
            let is_unusable = matches!(event, Event::OwnFile(OwnFileProblem::Folder(_)));
            assert!(is_unusable, "{event:?}");
            count += 1;
        }
        assert!((1..=2).contains(&count), "each cause once: {count}");
    }

    #[tokio::test]
    async fn a_disk_that_hangs_holds_nobody_up_and_only_the_newest_question_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let mut tokens = TokenStore::new(Some(folder.path().to_owned()));
        for (name, token) in [("slow", "old"), ("other", "newest")] {
            tokens.keep(SERVER, &room(name), &kept(token)).unwrap();
        }
        drop(tokens);
        // A pipe in the place of the token: whoever reads it waits for a writer.
        let pipe = folder.path().join("tokens").read_dir().unwrap();
        let pipe = pipe.map(|entry| entry.unwrap().path());
        let pipe = pipe.filter(|path| path.display().to_string().contains("slow-"));
        let pipe = pipe.last().unwrap().join("0.token");
        std::fs::remove_file(&pipe).unwrap();
        let made = Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo runs").success());

        let mut files = StateFiles::start(
            Some(folder.path().to_owned()),
            Addresses::default(),
            nobody(),
        )
        .unwrap();
        files.find_tokens(SERVER.to_owned(), room("slow"));
        assert!(files.found().now_or_never().is_none());
        files.find_tokens(SERVER.to_owned(), room("other"));
        std::fs::write(&pipe, "of the wrong room").unwrap();
        let found = files.found().await.unwrap();
        assert_eq!(found.resume.as_deref(), Some("newest"));
        assert!(files.found().now_or_never().is_none(), "one answer");
        files.finish().await;
    }

    #[tokio::test]
    async fn what_the_disk_does_not_hold_up_with_is_answered_all_the_same() {
        let folder = tempfile::tempdir().unwrap();
        // No folder can be made below a file.
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let mut files = StateFiles::start(Some(file), Addresses::default(), nobody()).unwrap();
        files.find_tokens(SERVER.to_owned(), room("first"));
        assert!(files.found().await.is_none());
        files.finish().await;
    }
}
