//! How people come in, as a client without a screen sees it: an invite brings it in, it makes the
//! room private, and it makes invites for others.

use super::playing::ready;
use super::{ME, Server, Story, answers, commands, config, connects, exit, kept, notices, outputs};
use crate::app::config::AppConfig;
use crate::app::effect::{Effect, Exit};
use crate::app::event::Event;
use crate::app::output::{InviteLink, InviteList, Notice, Output, Person, Why};
use crate::protocol::command::Command;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{InviteId, Seq};
use crate::protocol::invite_terms::{InviteTerms, OpenInvite};
use crate::protocol::member::{Role, Visibility};
use crate::protocol::secret::{InviteToken, Password};
use crate::protocol::time::Span;
use crate::wire::message::{Reason, ServerMsg};

const BITS: u128 = 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef;
const DIGITS: &str = "0123456789abcdef0123456789abcdef";

fn token() -> InviteToken {
    InviteToken::from_bits(BITS)
}

fn link() -> String {
    format!("http://watch.example.org/r/movie-night#{DIGITS}")
}

fn invited() -> AppConfig {
    AppConfig {
        invite: Some(token()),
        ..config()
    }
}

fn refused(why: &Refused) -> ServerMsg {
    ServerMsg::Refused(Reason::new(why, "no".into()))
}

fn makes_private(password: &str) -> Command {
    Command::SetVisibility {
        visibility: Visibility::Private,
        password: Some(Password::from(password)),
    }
}

/// Boris, an admin of the room.
fn admin() -> (Server, Story) {
    let server = Server::with(Role::Admin);
    let story = Story::joined(&server);
    (server, story)
}

/// A guest of a private room needs more than its plain link.
#[test]
fn the_empty_window_invites_to_no_private_room() {
    for (visibility, invites) in [(Visibility::Unlisted, true), (Visibility::Private, false)] {
        let mut server = Server::with(Role::Admin);
        server.happen(RoomEvent::VisibilityChanged { visibility });
        let mut story = Story::joined(&server);
        story.process(ready());
        let Some(Notice::NothingOn { invite }) = story.app.scene().empty else {
            panic!("an empty window");
        };
        assert_eq!(invite.is_some(), invites);
    }
}

#[test]
fn an_invite_is_brought_until_the_client_is_in_the_room_and_no_longer() {
    let server = Server::new();
    let mut story = Story::connecting(invited());
    assert_eq!(story.hello().invite, Some(token()));
    story.receive(ServerMsg::Welcome(Box::new(server.whole())));
    story.lose();
    assert!(connects(&story.pass(Span::seconds(1))));
    let hello = story.hello();
    assert_eq!(hello.invite, None);
    assert!(hello.resume.is_some(), "the token of the welcome");
}

#[test]
fn a_welcome_that_was_lost_does_not_lose_the_invite() {
    let mut story = Story::connecting(invited());
    assert_eq!(story.hello().invite, Some(token()));
    story.receive(refused(&Refused::StorageAway));
    assert!(connects(&story.pass(Span::seconds(1))));
    assert_eq!(story.hello().invite, Some(token()));
}

#[test]
fn an_invite_of_another_room_goes_there_and_nowhere_else() {
    let mut story = Story::joined(&Server::new());
    story.line(&format!("/join http://watch.example.org/r/den#{DIGITS}"));
    story.on(Event::TokenFound(None));
    assert_eq!(story.hello().invite, Some(token()));
    let effects = story.receive(refused(&Refused::InviteInvalid));
    let why = Why::Refused(Refused::InviteInvalid);
    assert_eq!(answers(&effects), [(1, Err(why))]);
    // Back where it was.
    story.on(kept("token-1"));
    let hello = story.hello();
    assert_eq!((hello.room.as_str(), hello.invite), ("movie-night", None));
}

#[test]
fn a_guest_makes_no_room_where_the_one_they_were_invited_to_is_gone() {
    let mut story = Story::connecting(invited());
    story.hello();
    let effects = story.receive(refused(&Refused::NoSuchRoom));
    assert!(!connects(&effects));
    assert_eq!(exit(&effects), Some(Exit::Refused));
}

#[test]
fn without_a_screen_the_line_behind_private_is_the_password_and_never_a_message() {
    let mut story = Story::connecting(config());
    story.hello();
    // A script that is faster than its connection.
    assert_eq!(story.line("/private"), []);
    assert_eq!(story.line(" /quit now "), []);
    assert_eq!(story.line("hello"), []);
    let effects = story.receive(ServerMsg::Welcome(Box::new(
        Server::with(Role::Admin).whole(),
    )));
    assert!(notices(&effects).contains(&Notice::PasswordFollows));
    let sent: Vec<Command> = commands(&effects).into_iter().map(|(_, c)| c).collect();
    assert_eq!(sent, [makes_private(" /quit now "), super::chat("hello")]);
    let answered = answers(&effects);
    assert!(matches!(answered[..], [(1, Ok(_))]), "{answered:?}");
    assert!(!format!("{effects:?}").contains("/quit now"));
    let effects = story.ok(1, 9);
    assert_eq!(answers(&effects), [(2, Ok(9))]);
}

#[test]
fn an_empty_or_endless_password_is_denied_and_the_next_line_is_a_line_again() {
    let (_, mut story) = admin();
    story.line("/private");
    let missing = Why::Denied(Denied::PasswordMissing);
    assert_eq!(answers(&story.line("")), [(2, Err(missing))]);
    let effects = story.line("hello");
    assert_eq!(commands(&effects).len(), 1);
    story.line("/закрытая");
    let limit = 1024;
    let too_long = Why::Denied(Denied::PasswordTooLong { limit });
    let effects = story.line(&"x".repeat(1025));
    assert_eq!(answers(&effects), [(5, Err(too_long))]);
}

#[test]
fn a_change_of_visibility_is_told_by_name_and_kept_for_the_next_time() {
    let (mut server, mut story) = admin();
    let by = Some((ME, Seq(1)));
    let private = RoomEvent::VisibilityChanged {
        visibility: Visibility::Private,
    };
    let effects = story.facts(vec![server.happen_by(by, private.clone())]);
    let you = Some(Person {
        is_you: true,
        ..super::them("Boris")
    });
    let changed = Notice::VisibilityChanged {
        visibility: Visibility::Private,
        by: you.clone(),
    };
    assert_eq!(notices(&effects), [changed]);
    assert!(
        effects.iter().any(|effect| matches!(
            effect,
            Effect::KeepToken { kept, .. } if kept.visibility == Visibility::Private
        )),
        "{effects:?}"
    );
    let effects = story.facts(vec![server.happen_by(by, private)]);
    assert_eq!(notices(&effects), [Notice::PasswordChanged { by: you }]);
}

#[test]
fn a_link_is_made_here_and_handed_out_once_the_room_has_agreed() {
    let (mut server, mut story) = admin();
    let effects = story.line("/invite --for 12h --uses 2");
    assert!(effects.contains(&Effect::MakeInviteToken), "{effects:?}");
    let effects = story.on(Event::InviteToken(token()));
    let terms = InviteTerms::new(Role::Viewer, Span::seconds(43_200), 2).unwrap();
    let token = token();
    assert_eq!(
        commands(&effects),
        [(1, Command::CreateInvite { token, terms })]
    );
    assert!(!format!("{effects:?}").contains(DIGITS));
    let made = RoomEvent::InviteCreated {
        invite: InviteId(4),
        role: Role::Viewer,
    };
    let fact = server.happen_by(Some((ME, Seq(1))), made);
    assert_eq!(notices(&story.facts(vec![fact])), []);
    let effects = story.ok(1, 4);
    let expected = Notice::InviteLink(Box::new(InviteLink {
        link: link(),
        number: Some(InviteId(4)),
        terms,
        is_new: true,
    }));
    let ok = |output: &Output| matches!(output, Output::Ok { line: 1, .. });
    let outputs = outputs(&effects);
    assert_eq!(outputs[0], Output::Notice(expected));
    assert!(ok(&outputs[1]) && outputs.len() == 2, "{outputs:?}");
}

#[test]
fn links_that_are_asked_for_at_once_are_each_answered_with_their_own() {
    let (_, mut story) = admin();
    story.line("/invite");
    story.line("/invite --moderator");
    story.on(Event::InviteToken(InviteToken::from_bits(1)));
    story.on(Event::InviteToken(InviteToken::from_bits(2)));
    let why = Denied::InviteNotNeeded;
    let effects = story.denied(1, &why);
    assert_eq!(answers(&effects), [(1, Err(Why::Denied(why)))]);
    assert_eq!(notices(&effects), []);
    let effects = story.ok(2, 5);
    let [Notice::InviteLink(made)] = &notices(&effects)[..] else {
        panic!("{effects:?}");
    };
    assert!(made.link.ends_with("#00000000000000000000000000000002"));
    assert_eq!((made.terms.role(), made.terms.uses()), (Role::Moderator, 1));
}

#[test]
fn admins_read_of_each_others_links_and_viewers_do_not() {
    for (role, reads) in [(Role::Admin, true), (Role::Moderator, false)] {
        let mut server = Server::with(role);
        let mut story = Story::joined(&server);
        let by = Some((super::ALICE, Seq(1)));
        let (invite, role) = (InviteId(4), Role::Viewer);
        let made = server.happen_by(by, RoomEvent::InviteCreated { invite, role });
        let revoked = server.happen_by(by, RoomEvent::InviteRevoked { invite });
        let who = super::them("Alice");
        let expected = [
            Notice::InviteCreated {
                invite,
                role,
                who: who.clone(),
            },
            Notice::InviteRevoked { invite, who },
        ];
        let told = notices(&story.facts(vec![made, revoked]));
        assert_eq!(told, if reads { &expected[..] } else { &[] });
    }
}

#[test]
fn the_list_comes_from_the_room_and_is_printed() {
    let (_, mut story) = admin();
    let effects = story.line("/invites");
    assert_eq!(commands(&effects), [(1, Command::ListInvites)]);
    let invites = vec![OpenInvite {
        invite: InviteId(4),
        role: Role::Viewer,
        uses: 3,
        lasts: Span::seconds(60),
        by: Some(super::name("Alice")),
    }];
    let notice = MemberNotice::Invites {
        invites: invites.clone(),
    };
    let effects = story.receive(ServerMsg::Notice(notice));
    let me = Some(super::name("Boris"));
    assert_eq!(
        notices(&effects),
        [Notice::Invites(InviteList { invites, me })]
    );
    let effects = story.line("/revoke 4");
    let invite = InviteId(4);
    assert_eq!(commands(&effects), [(2, Command::RevokeInvite { invite })]);
}
