//! Tests of the tokens that are kept: what a client finds again, and who else can read it.

use std::path::Path;

use super::{Addresses, TokenStore};
use crate::app::other_address::OtherAddress;
use crate::app::room_tokens::KeptRoom;
use crate::protocol::ids::RoomId;
use crate::protocol::member::Visibility;
use crate::protocol::time::RoomTime;
use crate::wire::codec::is_chosen_token;

const SERVER: &str = "https://watch.example.org";

fn room() -> RoomId {
    RoomId::parse("movie-night").unwrap()
}

fn kept(token: &str, visibility: Visibility) -> KeptRoom {
    KeptRoom {
        token: token.to_owned(),
        visibility,
        created: RoomTime(7),
        other: None,
    }
}

impl TokenStore {
    fn resume(&mut self) -> Option<String> {
        self.find(SERVER, &room()).unwrap().resume
    }

    fn chosen(&mut self) -> String {
        self.find(SERVER, &room()).unwrap().chosen.unwrap()
    }

    fn keep_public(&mut self, token: &str) {
        self.keep(SERVER, &room(), &kept(token, Visibility::Public))
            .unwrap();
    }
}

#[test]
fn a_token_outlives_its_client() {
    let state = tempfile::tempdir().unwrap();
    let open = || TokenStore::new(Some(state.path().to_owned()));
    let mut first = open();
    assert_eq!(first.resume(), None);
    first.keep_public("one");
    first.keep_public("two");
    drop(first);
    assert_eq!(open().resume().as_deref(), Some("two"));
}

#[test]
fn a_token_is_chosen_before_the_first_hello_and_stays_until_it_is_used() {
    let state = tempfile::tempdir().unwrap();
    let open = || TokenStore::new(Some(state.path().to_owned()));
    let chosen = open().chosen();
    assert!(is_chosen_token(&chosen), "{chosen}");
    // The welcome was lost, or the client killed before it: the same again.
    assert_eq!(open().chosen(), chosen);
    let mut welcomed = open();
    welcomed.keep_public(&chosen);
    let found = welcomed.find(SERVER, &room()).unwrap();
    assert_eq!(found.resume.as_ref(), Some(&chosen));
    assert_ne!(found.chosen, Some(chosen), "another one, should it be void");
    // A welcome with another token leaves the chosen one for later.
    let next = welcomed.chosen();
    welcomed.keep_public("the server's own");
    assert_eq!(welcomed.chosen(), next);
}

#[test]
fn who_cannot_choose_a_token_is_recognised_all_the_same() {
    let state = tempfile::tempdir().unwrap();
    let mut tokens = TokenStore::new(Some(state.path().to_owned()));
    tokens.keep_public("one");
    let slot = tokens.slot.as_ref().unwrap();
    // As on a full disk: neither can be read or written.
    for place in [slot.chosen(), slot.visibility()] {
        let _gone = std::fs::remove_file(&place);
        std::fs::create_dir(&place).unwrap();
    }
    let found = tokens.find(SERVER, &room()).unwrap();
    assert_eq!(found.resume.as_deref(), Some("one"));
    assert!(found.chosen.is_some_and(|chosen| is_chosen_token(&chosen)));
}

#[test]
fn a_room_that_is_gone_is_remembered_as_it_was() {
    let state = tempfile::tempdir().unwrap();
    let open = || TokenStore::new(Some(state.path().to_owned()));
    let mut tokens = open();
    tokens.forget(SERVER, &room()).unwrap();
    tokens
        .keep(SERVER, &room(), &kept("secret", Visibility::Private))
        .unwrap();
    tokens.forget(SERVER, &room()).unwrap();
    drop(tokens);
    let found = open().find(SERVER, &room()).unwrap();
    assert_eq!(found.resume, None);
    assert_eq!(found.visibility, Some(Visibility::Private));
    assert_eq!(found.created, Some(RoomTime(7)));
    assert!(!format!("{found:?}").contains(&found.chosen.unwrap()));
}

#[test]
fn a_room_is_known_once_a_token_of_it_is_kept() {
    let state = tempfile::tempdir().unwrap();
    let mut tokens = TokenStore::new(Some(state.path().to_owned()));
    assert!(!tokens.knows(SERVER, &room()));
    tokens.find(SERVER, &room()).unwrap();
    assert!(
        !tokens.knows(SERVER, &room()),
        "chosen, and not welcome yet"
    );
    tokens.keep_public("one");
    assert!(tokens.knows(SERVER, &room()));
    assert!(!tokens.knows("http://other.example.org", &room()));
    tokens.forget(SERVER, &room()).unwrap();
    assert!(!tokens.knows(SERVER, &room()));
}

#[test]
fn a_token_of_an_older_version_is_found() {
    let state = tempfile::tempdir().unwrap();
    let mut tokens = TokenStore::new(Some(state.path().to_owned()));
    tokens.keep_public("old");
    let slot = tokens.slot.as_ref().unwrap();
    for file in [slot.visibility(), slot.created()] {
        std::fs::remove_file(file).unwrap();
    }
    let found = tokens.find(SERVER, &room()).unwrap();
    assert_eq!(found.resume.as_deref(), Some("old"));
    assert_eq!((found.visibility, found.created), (None, None));
}

#[test]
fn two_windows_are_two_members() {
    let state = tempfile::tempdir().unwrap();
    let open = || TokenStore::new(Some(state.path().to_owned()));
    let (mut first, mut second) = (open(), open());
    first.keep_public("first");
    assert_eq!(second.resume(), None);
    assert_ne!(first.chosen(), second.chosen());
    second.keep_public("second");
    assert_eq!(first.resume().as_deref(), Some("first"), "its own slot");
    drop(first);
    assert_eq!(open().resume().as_deref(), Some("first"), "the free slot");
}

#[test]
fn servers_and_rooms_are_distinguished() {
    let state = tempfile::tempdir().unwrap();
    let mut tokens = TokenStore::new(Some(state.path().to_owned()));
    tokens.keep_public("secret");
    let elsewhere = "http://watch.example.org";
    assert_eq!(tokens.find(elsewhere, &room()).unwrap().resume, None);
    let other = RoomId::parse("other-room").unwrap();
    assert_eq!(tokens.find(SERVER, &other).unwrap().resume, None);
    assert_eq!(tokens.resume().as_deref(), Some("secret"));
}

#[test]
#[cfg(unix)]
fn only_this_user_can_read_them() {
    use std::os::unix::fs::PermissionsExt;

    let state = tempfile::tempdir().unwrap();
    let mut tokens = TokenStore::new(Some(state.path().to_owned()));
    tokens.keep_public("secret");
    tokens.chosen();
    let slot = tokens.slot.as_ref().unwrap();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&slot.token()), 0o600);
    assert_eq!(mode(&slot.chosen()), 0o600);
    assert_eq!(mode(&slot.room), 0o700);
}

#[test]
fn without_a_folder_nothing_is_kept_and_nothing_fails() {
    let mut tokens = TokenStore::new(None);
    tokens.keep_public("secret");
    assert_eq!(tokens.resume(), None);
    assert!(is_chosen_token(&tokens.chosen()));
    tokens.forget(SERVER, &room()).unwrap();
}

#[test]
fn a_server_here_is_the_same_by_every_name_of_this_computer() {
    let state = tempfile::tempdir().unwrap();
    let open = || TokenStore::new(Some(state.path().to_owned()));
    let resume = |server: &str| open().find(server, &room()).unwrap().resume;
    let one = kept("one", Visibility::Public);
    let by_name = "http://localhost:8000";
    open().keep(by_name, &room(), &one).unwrap();
    for server in [by_name, "http://127.0.0.1:8000", "http://[::1]:8000"] {
        assert_eq!(resume(server).as_deref(), Some("one"), "{server}");
        assert!(open().knows(server, &room()), "{server}");
    }
    for server in [
        "http://localhost:8001",
        "https://localhost:8000",
        "http://localhost.example:8000",
        "http://192.168.1.5:8000",
    ] {
        assert_eq!(resume(server), None, "{server}");
    }
}

#[test]
fn what_an_earlier_version_kept_by_another_name_is_found() {
    let state = tempfile::tempdir().unwrap();
    let earlier = state
        .path()
        .join("tokens")
        .join(super::folders::room_folder(
            "http://localhost:8000",
            &room(),
        ));
    std::fs::create_dir_all(&earlier).unwrap();
    std::fs::write(earlier.join("0.token"), "one").unwrap();
    let open = || TokenStore::new(Some(state.path().to_owned()));
    for server in ["http://localhost:8000", "http://127.0.0.1:8000"] {
        let found = open().find(server, &room()).unwrap().resume;
        assert_eq!(found.as_deref(), Some("one"), "{server}");
    }
}

/// Keeps in `state` a token that the server at `from` gave, which also named an address and an id.
fn keep_named(state: &Path, from: &str, token: &str, named: (&str, &str)) {
    let other = OtherAddress::parse(named.0, named.1);
    assert!(other.is_some());
    let kept = KeptRoom {
        other,
        ..kept(token, Visibility::Public)
    };
    let mut tokens = TokenStore::new(Some(state.to_owned()));
    tokens.keep(from, &room(), &kept).unwrap();
}

/// The tokens in `state`, where the server at every address answers that its id is this.
fn answered(state: &Path, id: &'static str) -> TokenStore {
    let addresses = Addresses::new(Box::new(move |_| Some(id.to_owned())));
    TokenStore::new(Some(state.to_owned())).with_addresses(addresses)
}

const HERE: &str = "http://127.0.0.1:8400";
const ID: &str = "00c0ffee";

#[test]
fn one_slot_serves_both_addresses_that_the_server_named() {
    let state = tempfile::tempdir().unwrap();
    keep_named(state.path(), HERE, "mine", (SERVER, ID));
    assert!(answered(state.path(), ID).knows(SERVER, &room()));
    let member = answered(state.path(), ID).member(SERVER, &room());
    assert_eq!(member.unwrap().as_deref(), Some("mine"));

    let mut there = answered(state.path(), ID);
    assert_eq!(there.resume().as_deref(), Some("mine"));
    // Another window is another member, at either address.
    assert_eq!(answered(state.path(), ID).resume(), None);
    let mut here = answered(state.path(), ID);
    assert_eq!(here.find(HERE, &room()).unwrap().resume, None);
    drop(here);
    there.keep_public("mine");
    drop(there);

    let mut here = answered(state.path(), ID);
    let found = here.find(HERE, &room()).unwrap();
    assert_eq!(found.resume.as_deref(), Some("mine"));
    assert_eq!(
        found.other,
        OtherAddress::parse(SERVER, ID),
        "it still counts there"
    );
}

#[test]
fn a_token_goes_nowhere_that_was_not_named_or_has_another_id() {
    let state = tempfile::tempdir().unwrap();
    keep_named(state.path(), HERE, "mine", (SERVER, ID));
    let mut other = answered(state.path(), "11111111");
    assert_eq!(other.resume(), None);
    assert_eq!(other.member(SERVER, &room()).unwrap(), None);
    assert!(!other.knows(SERVER, &room()));
    drop(other);
    // Nobody answers there, or nobody may be asked.
    assert_eq!(
        TokenStore::new(Some(state.path().to_owned())).resume(),
        None
    );
    let mut elsewhere = answered(state.path(), ID);
    let found = elsewhere
        .find("https://watch.example.com", &room())
        .unwrap();
    assert_eq!(found.resume, None, "it repeats the id");
    let another = RoomId::parse("movie").unwrap();
    assert_eq!(elsewhere.find(SERVER, &another).unwrap().resume, None);
}

#[test]
fn the_chosen_token_and_the_one_that_an_address_gave_stay_its_own() {
    let state = tempfile::tempdir().unwrap();
    keep_named(state.path(), HERE, "heres", (SERVER, ID));
    let mut here = answered(state.path(), ID);
    let chosen_here = here.find(HERE, &room()).unwrap().chosen;
    drop(here);
    let mut there = answered(state.path(), ID);
    let found = there.find(SERVER, &room()).unwrap();
    assert_eq!(found.resume.as_deref(), Some("heres"));
    assert_ne!(found.chosen, chosen_here);
    // The server there does not know the token after all: a new member, by the token chosen for it.
    let chosen = found.chosen.unwrap();
    there.keep_public(&chosen);
    drop(there);
    assert_eq!(answered(state.path(), ID).resume(), Some(chosen));
    let mut here = answered(state.path(), ID);
    let found = here.find(HERE, &room()).unwrap();
    assert_eq!(found.resume.as_deref(), Some("heres"));
    assert_eq!(found.chosen, chosen_here);
}

#[test]
fn what_an_address_gave_itself_counts_before_what_another_names() {
    let state = tempfile::tempdir().unwrap();
    answered(state.path(), ID).keep_public("theirs");
    keep_named(state.path(), HERE, "heres", (SERVER, ID));
    assert_eq!(
        answered(state.path(), ID).resume().as_deref(),
        Some("theirs")
    );
}

#[test]
fn another_token_of_the_slot_does_not_inherit_the_other_address() {
    let state = tempfile::tempdir().unwrap();
    keep_named(state.path(), HERE, "mine", (SERVER, ID));
    let mut here = answered(state.path(), ID);
    here.keep(HERE, &room(), &kept("another", Visibility::Public))
        .unwrap();
    drop(here);
    assert_eq!(answered(state.path(), ID).resume(), None);
}

#[test]
fn the_slot_of_the_other_address_is_free_again_when_its_client_goes_there() {
    let state = tempfile::tempdir().unwrap();
    keep_named(state.path(), HERE, "mine", (SERVER, ID));
    let mut client = answered(state.path(), ID);
    assert_eq!(client.resume().as_deref(), Some("mine"));
    let found = client.find(HERE, &room()).unwrap();
    assert_eq!(found.resume.as_deref(), Some("mine"));
}

#[test]
fn a_token_of_the_other_address_is_forgotten_there() {
    let state = tempfile::tempdir().unwrap();
    keep_named(state.path(), HERE, "mine", (SERVER, ID));
    let mut there = answered(state.path(), ID);
    assert_eq!(there.resume().as_deref(), Some("mine"));
    there.forget(SERVER, &room()).unwrap();
    assert_eq!(there.resume(), None);
    drop(there);
    let mut here = answered(state.path(), ID);
    assert_eq!(here.find(HERE, &room()).unwrap().resume, None);
}
