//! A private room between real programs: made private by a script, entered by an invite link, and no
//! secret in what any of them writes.

use std::path::{Path, PathBuf};

use crate::support::join_client::JoinClient;
use crate::support::server::Server;
use crate::support::{files_below, program};

const PASSWORD: &str = "correct horse battery";

/// A client of a home folder, without a player.
fn client(home: &Path, arguments: &[&str]) -> JoinClient {
    let mut command = program(home);
    command.arg("join").args(arguments);
    command.args(["--no-player", "--json", "--log", "trace"]);
    JoinClient::run(&mut command)
}

/// The text of the files below a folder, without the tokens that bring members back.
fn written_below(home: &Path) -> String {
    let is_token = |path: &PathBuf| path.extension().is_some_and(|end| end == "token");
    // The socket of the player is no file that holds anything.
    let files = files_below(home).into_iter();
    let files = files.filter(|path| path.is_file() && !is_token(path));
    let texts = files.map(|path| std::fs::read(path).expect("a file"));
    texts
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect()
}

#[test]
fn a_guest_comes_in_by_a_link_and_no_secret_is_written_anywhere() {
    let mut server = Server::on_disk_with(&["--log", "trace"]);
    let homes = [(); 3].map(|()| tempfile::tempdir().expect("a folder"));
    let [alices, bobs, carols] = homes.each_ref().map(tempfile::TempDir::path);
    let url = server.url().to_owned();
    let at = ["--server", url.as_str()];
    let mut alice = client(alices, &["our-place", "--name", "Alice", at[0], at[1]]);
    alice.joined();
    alice.command("/private");
    alice.wait_type("notice", |told| told["code"] == "password_follows");
    alice.command(PASSWORD);
    alice.wait_type("notice", |told| told["code"] == "visibility_changed");
    alice.command("/invite --for 1d --uses 5");
    let notice = alice.wait_type("notice", |told| told["code"] == "invite_link");
    let link = notice["link"].as_str().expect("a link").to_owned();
    let (plain, token) = link.split_once('#').expect("a token");
    assert_eq!(plain, format!("{url}/r/our-place"));

    let mut bob = client(bobs, &[&link, "--name", "Bob"]);
    assert_eq!(bob.joined()["you"]["role"], "viewer");
    // A name with the token behind it will do as well.
    let named = format!("our-place#{token}");
    let mut carol = client(carols, &[&named, "--name", "Carol", at[0], at[1]]);
    carol.joined();
    // The link is not needed again.
    assert_eq!(bob.end_input(), Some(0));
    let mut bob = client(bobs, &["our-place", "--name", "Bob", at[0], at[1]]);
    bob.joined();

    alice.command("/revoke 1");
    bob.denied("/invites", "not_allowed");
    let stranger = tempfile::tempdir().expect("a folder");
    let mut mallory = client(stranger.path(), &[&link]);
    let refused = mallory.wait_type("connection", |told| told["state"] == "refused");
    assert_eq!(refused["code"], "invite_invalid", "{refused}");
    assert_eq!(mallory.process().wait().code(), Some(3));

    for member in [&mut alice, &mut bob, &mut carol] {
        assert_eq!(member.end_input(), Some(0));
    }
    let mut written: Vec<String> = homes
        .iter()
        .map(|home| written_below(home.path()))
        .collect();
    written.push(written_below(stranger.path()));
    written.push(server.log());
    written.push(written_below(server.home()));
    written.extend([bob.rest(), carol.rest()].map(|lines| format!("{lines:?}")));
    for text in &written {
        assert!(!text.is_empty(), "nothing to search");
        for secret in [PASSWORD, token] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}
