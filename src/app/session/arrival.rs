//! The outputs when the member enters a room for the first time, depending on what they asked for.

use super::known_room::KnownRoom;
use crate::app::config::Reach;
use crate::app::destination::Destination;
use crate::app::output::{ArrivalNotice, LobbyNotice, Notice, Output};
use crate::app::way_in::WayIn;
use crate::protocol::member::{Member, Visibility};
use crate::protocol::text::MemberName;
use crate::room::lifetime::{self, Lifetime};
use crate::room::lobby;
use crate::room::state::RoomState;
use crate::wire::message::Create;

/// What the member asked for when they came.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) struct JoinRequest<'a> {
    /// Where they wanted to go.
    pub(in crate::app) destination: &'a Destination,
    /// The name wished for.
    pub(in crate::app) name: &'a MemberName,
    /// The same name, if the room is asked for it whatever it remembers.
    pub(in crate::app) chosen_name: Option<&'a MemberName>,
    /// Whether it is the first room since the client was started.
    pub(in crate::app) is_first: bool,
}

/// What waits for a start in the room.
fn lobby_of(state: &RoomState) -> Option<Notice> {
    Some(Notice::Lobby(LobbyNotice::Waits {
        start: state.start?,
        clock: None,
        ready: lobby::ready(state).count(),
        for_next: state.timeline.is_idle(),
    }))
}

/// The outputs for a room that was just entered. `created`: this join created it.
pub(super) fn arrival(known: &KnownRoom, request: JoinRequest<'_>, created: bool) -> Vec<Output> {
    let me = known.me();
    let name = me.map_or(request.name, |me| &me.name);
    let mut outputs = vec![Output::Joined {
        room: request.destination.room().clone(),
        id: known.me_id(),
        name: name.clone(),
        role: me.map(Member::power).unwrap_or_default(),
        server: request.destination.server().to_owned(),
        lifetime: if request.destination.ends_with_client() {
            Lifetime::NONE
        } else {
            lifetime::of(known.state())
        },
    }];
    let earlier = request.destination.created_before();
    if earlier.is_some_and(|earlier| earlier != known.state().created) {
        outputs.push(Output::Notice(Notice::Arrival(
            ArrivalNotice::NewRoomOfSameName,
        )));
    }
    if created || request.is_first {
        let notice = request.destination.late_reach_notice(known.public_url());
        outputs.extend(notice.map(Output::Notice));
    }
    let notices = if created {
        of_own_room(known, request)
    } else if request.is_first {
        of_existing_room(known, request.destination)
    } else {
        Vec::new()
    };
    outputs.extend(notices.into_iter().map(Output::Notice));
    outputs.extend(lobby_of(known.state()).map(Output::Notice));
    let asks_again = request
        .chosen_name
        .is_some_and(|chosen| known.calls_otherwise(chosen));
    if name != request.name && !asks_again {
        let name = name.clone();
        outputs.push(Output::Notice(Notice::NameChanged { name }));
    }
    outputs
}

/// The notices for a room that this join created.
fn of_own_room(known: &KnownRoom, request: JoinRequest<'_>) -> Vec<Notice> {
    let mut notices = Vec::new();
    let (room, destination) = (known.state(), request.destination);
    let url = known.public_url();
    let (link, reach) = (destination.invite(url), destination.reach(url));
    match WayIn::of(room, known.me(), reach, link) {
        // The notice of who reaches the server says it.
        WayIn::OnlyHere(_) => {}
        WayIn::Link(invite) => notices.push(Notice::Arrival(ArrivalNotice::RoomCreated { invite })),
        WayIn::Private { .. } => notices.push(Notice::Arrival(ArrivalNotice::PrivateRoomCreated)),
    }
    if !room.is_private() && !destination.is_hosted() && *reach == Reach::Remote {
        let unlisted = room.visibility == Visibility::Unlisted;
        notices.push(Notice::Arrival(ArrivalNotice::RoomIsNew { unlisted }));
    }
    if room.is_private() && destination.asked_creation().visibility != Visibility::Private {
        notices.push(Notice::Arrival(ArrivalNotice::MadePrivate));
    }
    notices
}

/// The notices for a room that existed already: which of the options at the start were ignored.
fn of_existing_room(known: &KnownRoom, destination: &Destination) -> Vec<Notice> {
    let mut notices = Vec::new();
    let asked = destination.asked_creation().clone();
    // The title that the room has anyway was not left aside.
    let title = asked
        .title
        .filter(|title| known.state().title.as_ref() != Some(title));
    if (Create { title, ..asked }) != Create::default() {
        notices.push(Notice::Arrival(ArrivalNotice::AlreadyExists));
    }
    if destination.has_password() && !known.state().is_private() {
        notices.push(Notice::Arrival(ArrivalNotice::PasswordUnused));
    }
    notices
}
