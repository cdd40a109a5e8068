//! Why something was denied, and why a server did not let someone in: each with the next
//! step where there is one.

use crate::protocol::denied::{Action, Denied, Refused};
use crate::protocol::member::Role;

/// Why a command changed nothing.
#[must_use]
pub fn denied(denied: &Denied) -> String {
    match denied {
        Denied::NotAllowed { action, needs } => not_allowed(*action, *needs),
        Denied::NothingPlays => "Nothing plays: /play LINK puts a video on".into(),
        Denied::AlreadyPaused => "It is paused already".into(),
        Denied::AlreadyPlaying => "It plays already".into(),
        Denied::CannotSeek => {
            "This video is live: it can be paused, but has no other place or speed".into()
        }
        Denied::NothingToUndo => "There was no jump in this video to take back".into(),
        Denied::NothingNext => "No approved video follows: /add LINK puts one there".into(),
        Denied::NotWaiting => "The room waits for nobody".into(),
        Denied::TooLate => {
            "What was done in the player reached the room too late: please do it again".into()
        }
        Denied::TooFast { retry_ms } => {
            let seconds = f64::from(*retry_ms) / 1_000.0;
            format!("Too much at once: try again in {seconds:.1} s")
        }
        Denied::Overtaken => "Later commands came before this one: please send it again".into(),
        Denied::StorageAway => "The room's storage cannot be reached, try again".into(),
        Denied::NoSuchEntry { .. }
        | Denied::NothingProposed
        | Denied::AlreadyApproved { .. }
        | Denied::NotYours { .. }
        | Denied::QueueFull { .. }
        | Denied::TooManyProposals { .. }
        | Denied::AlreadyQueued { .. } => of_the_queue(denied),
        Denied::NoSuchMember { .. }
        | Denied::MemberGone
        | Denied::NameTaken { .. }
        | Denied::SameRole { .. }
        | Denied::LastAdmin
        | Denied::Outranked { .. }
        | Denied::Yourself => of_members(denied),
    }
}

fn of_the_queue(denied: &Denied) -> String {
    match denied {
        Denied::NoSuchEntry { entry } => format!("There is no #{entry} in the queue"),
        Denied::NothingProposed => "Nothing is proposed".into(),
        Denied::AlreadyApproved { entry } => {
            format!("#{entry} is approved already: an admin can /remove it")
        }
        Denied::NotYours { entry } => format!("#{entry} is somebody else's"),
        Denied::QueueFull { limit } => {
            format!("The queue is full, it holds {limit}: an admin can /remove some")
        }
        Denied::TooManyProposals { limit } => {
            format!("{limit} of your proposals wait already: /withdraw one of them")
        }
        Denied::AlreadyQueued { entry } => format!("This link waits already as #{entry}"),
        _ => String::new(),
    }
}

fn of_members(denied: &Denied) -> String {
    match denied {
        Denied::NoSuchMember { name } => {
            format!("Nobody called {name} is in the room: /who shows everyone")
        }
        Denied::MemberGone => "They are not in the room any more".into(),
        Denied::NameTaken { name } => format!("Somebody else is called {name}: choose another"),
        Denied::SameRole { role } => format!("They are {} already", a_role(*role)),
        Denied::LastAdmin => {
            "A room needs an admin: /admin NAME makes somebody here one first".into()
        }
        Denied::Outranked { name } => format!("This is up to {name}, who ranks above you"),
        Denied::Yourself => "This is for others, not for oneself".into(),
        _ => String::new(),
    }
}

/// "Only an admin can pause".
fn not_allowed(action: Action, needs: Role) -> String {
    let who = match needs {
        Role::Viewer => "a member",
        Role::Moderator => "a moderator or an admin",
        Role::Admin => "an admin",
    };
    let (what, instead) = deed(action);
    format!("Only {who} can {what}{instead}")
}

/// What an action is in words, and what one can do instead.
const fn deed(action: Action) -> (&'static str, &'static str) {
    match action {
        Action::Chat => ("chat", ""),
        Action::React => ("react", ""),
        Action::Play => ("change the video", ": /add LINK proposes one"),
        Action::Add => ("propose a video", ""),
        Action::Approve => ("approve a proposal", ""),
        Action::Reject => ("reject a proposal", ": /withdraw #N takes your own back"),
        Action::Withdraw => ("withdraw a proposal", ""),
        Action::Remove => (
            "remove a video from the queue",
            ": /withdraw #N takes your own proposal back",
        ),
        Action::Move => ("change the order of the queue", ""),
        Action::Skip => ("skip a video", ""),
        Action::Pause => ("pause", ""),
        Action::Resume => ("play on", ""),
        Action::Seek => ("jump", ": /ask asks for a pause"),
        Action::Undo => ("take a jump back", ""),
        Action::SetRate => ("change the speed", ""),
        Action::AskPause => ("ask for a pause", ""),
        Action::Rename => ("take another name", ""),
        Action::SetTitle => ("change the room's title", ""),
        Action::SetRole => ("change roles", ""),
        Action::SetHeir => ("name an heir", ""),
        Action::Kick => ("send somebody out", ""),
        Action::SetWait => ("choose whether the room waits", ""),
        Action::Go => ("end the wait", ""),
    }
}

/// Why a server does not let someone in, or closes a connection.
#[must_use]
pub fn refused(refused: &Refused) -> String {
    match refused {
        Refused::Version { server, client } => version(*server, *client),
        Refused::PasswordNeeded => {
            "This room has a password: join with --password-file FILE or when asked".into()
        }
        Refused::PasswordWrong => "The password is wrong".into(),
        Refused::PasswordMissing => {
            "A private room is created with a password, and none was given".into()
        }
        Refused::NoHello => {
            "The first message was no greeting: is this a watchtogether client?".into()
        }
        Refused::RoomFull { limit } => {
            format!("The room is full, it takes {limit}: try again when somebody has left")
        }
        Refused::ServerFull { limit } => {
            format!("The server has {limit} rooms and takes no more: join one or try later")
        }
        Refused::Kicked => "You were sent out of the room".into(),
        Refused::Replaced => {
            "You joined this room again from elsewhere; this connection is closed".into()
        }
        Refused::TooSlow => "The connection was too slow for the room".into(),
        Refused::BadFrames => "Too many messages made no sense to the server".into(),
        Refused::ShuttingDown => "The server is going down".into(),
        Refused::RoomClosed => "The room was closed".into(),
        Refused::StorageAway => "The room's storage cannot be reached, try again".into(),
    }
}

/// Names both versions and who has to upgrade.
fn version(server: u32, client: u32) -> String {
    let upgrade = if server > client {
        "install a newer watchtogether here"
    } else {
        "ask the server's operator to install a newer watchtogether"
    };
    format!("The server speaks version {server} of the protocol, this client {client}: {upgrade}")
}

const fn a_role(role: Role) -> &'static str {
    match role {
        Role::Viewer => "a viewer",
        Role::Moderator => "a moderator",
        Role::Admin => "an admin",
    }
}
