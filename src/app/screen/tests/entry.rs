//! Key scripts about the room's password and its invites.

use super::{Keys, evening, sent, with_screen};
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::key::{Key, KeyPress};
use crate::app::output::Why;
use crate::app::screen::{Focus, Overlay, Prompt, ToastContent};
use crate::app::tests::{ME, Story, connects};
use crate::protocol::command::Command;
use crate::protocol::denied::{Action, Denied, Refused};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{InviteId, Rev, Seq};
use crate::protocol::member::{Role, Visibility};
use crate::protocol::secret::{InviteToken, Password};
use crate::wire::message::{Reason, ServerMsg};

const LINK: &str = "http://watch.example.org/r/movie-night";

/// The screen of a member of a private room.
fn in_private_room(role: Role) -> Keys {
    let mut server = evening(role);
    server.happen(RoomEvent::VisibilityChanged {
        visibility: Visibility::Private,
    });
    Keys {
        story: Story::joined_with(with_screen(), &server),
    }
}

fn prompt(keys: &Keys) -> Option<&Prompt> {
    match keys.screen().overlay() {
        Some(Overlay::Prompt(prompt, _)) => Some(prompt),
        _ => None,
    }
}

fn copied(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    })
}

/// Asks for a link by the key, the room agrees; what follows.
fn copies_new_link(keys: &mut Keys, bits: u128, seq: u64) -> Vec<Effect> {
    let effects = keys.press(KeyPress::alt('i'));
    assert!(effects.contains(&Effect::MakeInviteToken), "{effects:?}");
    let token = InviteToken::from_bits(bits);
    let effects = keys.story.on(Event::InviteToken(token));
    assert!(matches!(sent(&effects)[..], [Command::CreateInvite { .. }]));
    let (seq, rev) = (Seq(seq), Rev(99));
    keys.story.receive(ServerMsg::Ok { seq, rev })
}

#[test]
fn a_new_password_is_asked_for_twice_and_is_in_no_line() {
    let mut keys = Keys::in_room(Role::Admin);
    keys.write("/private");
    assert_eq!(sent(&keys.key(Key::Enter)), []);
    assert_eq!(prompt(&keys), Some(&Prompt::NewPassword));
    keys.key(Key::Enter);
    let missing = ToastContent::Why(Why::Denied(Denied::PasswordMissing));
    assert_eq!(keys.toast(), Some(&missing));
    keys.write("popcorn");
    keys.key(Key::Enter);
    assert!(matches!(prompt(&keys), Some(Prompt::RepeatPassword(_))));
    keys.write("popkorn");
    assert_eq!(sent(&keys.key(Key::Enter)), []);
    assert_eq!(keys.toast(), Some(&ToastContent::PasswordsDiffer));
    assert_eq!(prompt(&keys), Some(&Prompt::NewPassword));
    keys.write("popcorn");
    assert!(!format!("{:?}", keys.story.app).contains("popcorn"));
    keys.key(Key::Enter);
    keys.write("popcorn");
    let effects = keys.key(Key::Enter);
    let command = Command::SetVisibility {
        visibility: Visibility::Private,
        password: Some(Password::from("popcorn")),
    };
    assert_eq!(sent(&effects), [command]);
    assert!(!format!("{effects:?}").contains("popcorn"));
    assert_eq!(prompt(&keys), None);
    keys.key(Key::Up);
    assert_eq!(keys.line(), "/private");
}

#[test]
fn escape_leaves_the_room_as_it_is_and_a_viewer_is_not_asked() {
    let mut keys = Keys::in_room(Role::Admin);
    keys.write("/private");
    keys.key(Key::Enter);
    keys.write("pop");
    assert_eq!(sent(&keys.key(Key::Esc)), []);
    assert_eq!(prompt(&keys), None);
    let mut keys = Keys::in_room(Role::Viewer);
    keys.write("/private");
    keys.key(Key::Enter);
    assert_eq!(prompt(&keys), None);
    let denied = Denied::NotAllowed {
        action: Action::SetVisibility,
        needs: Role::Admin,
    };
    let why = ToastContent::Why(Why::Denied(denied));
    assert_eq!(keys.toast(), Some(&why));
}

#[test]
fn an_admin_copies_a_link_that_spares_the_password_and_the_same_one_again() {
    let mut keys = in_private_room(Role::Admin);
    let effects = copies_new_link(&mut keys, 7, 1);
    let link = format!("{LINK}#00000000000000000000000000000007");
    assert_eq!(copied(&effects), Some(link.as_str()));
    keys.write("/copy");
    let effects = keys.key(Key::Enter);
    assert_eq!(copied(&effects), Some(link.as_str()));
    assert_eq!(sent(&effects), []);
}

#[test]
fn a_link_that_was_revoked_is_not_copied_again() {
    let mut server = evening(Role::Admin);
    server.happen(RoomEvent::VisibilityChanged {
        visibility: Visibility::Private,
    });
    let mut keys = Keys {
        story: Story::joined_with(with_screen(), &server),
    };
    copies_new_link(&mut keys, 7, 1);
    let revoked = RoomEvent::InviteRevoked {
        invite: InviteId(1),
    };
    let fact = server.happen_by(Some((ME, Seq(2))), revoked);
    keys.story.facts(vec![fact]);
    copies_new_link(&mut keys, 8, 2);
}

/// A link for one person does not take the place of the one for everybody.
#[test]
fn a_link_of_other_terms_is_copied_again_from_its_line_only() {
    let mut keys = in_private_room(Role::Admin);
    copies_new_link(&mut keys, 7, 1);
    keys.write("/invite --moderator");
    keys.key(Key::Enter);
    keys.story.on(Event::InviteToken(InviteToken::from_bits(8)));
    let (seq, rev) = (Seq(2), Rev(100));
    let effects = keys.story.receive(ServerMsg::Ok { seq, rev });
    let [usual, other] = [7, 8].map(|last| format!("{LINK}#{last:032}"));
    assert_eq!(copied(&effects), Some(other.as_str()));
    let effects = keys.press(KeyPress::alt('i'));
    assert_eq!(copied(&effects), Some(usual.as_str()));
    keys.focus(Focus::Chat);
    keys.key(Key::Up);
    assert_eq!(copied(&keys.write("c")), Some(other.as_str()));
}

#[test]
fn a_viewer_copies_the_plain_link_and_reads_that_an_admin_can_make_a_better_one() {
    for role in [Role::Viewer, Role::Moderator] {
        let mut keys = in_private_room(role);
        let effects = keys.press(KeyPress::alt('i'));
        assert_eq!(copied(&effects), Some(LINK));
        let shown = ToastContent::CopiedPrivate(LINK.to_owned());
        assert_eq!(keys.toast(), Some(&shown));
    }
}

#[test]
fn an_invite_that_does_not_work_leads_to_the_question_for_the_password() {
    let mut keys = Keys::in_room(Role::Viewer);
    let digits = "0123456789abcdef0123456789abcdef";
    keys.write(&format!("/join den#{digits}"));
    keys.key(Key::Enter);
    keys.story.on(Event::TokenFound(None));
    let hello = keys.story.hello();
    assert_eq!(hello.invite, InviteToken::parse(digits).ok());
    let refused = Reason::new(&Refused::InviteInvalid, "no".into());
    keys.story.receive(ServerMsg::Refused(refused));
    assert!(matches!(prompt(&keys), Some(Prompt::Password(_))));
    keys.write("popcorn");
    assert!(connects(&keys.key(Key::Enter)));
    let hello = keys.story.hello();
    assert_eq!(
        (hello.invite, hello.password),
        (None, Some("popcorn".into()))
    );
    // The line with the token does not come back.
    keys.key(Key::Up);
    assert_eq!(keys.line(), "");
}
