//! A client that does not read loses its connection, and the room goes on.

use tokio::net::TcpSocket;
use watchtogether::media::Media;
use watchtogether::protocol::command::{Command, MemberRef, SeekTarget};
use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::member::Role;
use watchtogether::protocol::time::Position;
use watchtogether::server::Limits;

use super::Server;
use super::client::{Client, chat, hello};
use super::socket::Socket;

/// More frames than an outbox holds, by enough admins that nobody is denied as too fast.
const ADMINS: usize = 20;
const JUMPS_EACH: usize = 18;

#[tokio::test]
async fn a_reader_that_does_not_read_loses_its_connection_and_the_room_goes_on() {
    // With small network buffers the outbox fills after a few frames.
    let small = TcpSocket::new_v4().unwrap();
    small.set_send_buffer_size(8 * 1024).unwrap();
    small.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let server = Server::on(small.listen(64).unwrap(), Limits::default()).await;

    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut admins = Vec::new();
    for number in 0..ADMINS {
        let admin = Client::join(&server, "movie-night", &format!("Ada {number}")).await;
        let who = MemberRef::Id(admin.you);
        let role = Role::Admin;
        // A few at a time, so that Alice is not denied as too fast.
        alice.ask_patiently(Command::SetRole { who, role }).await;
        admins.push(admin);
    }
    let media = Media::parse("https://example.org/film.mp4").unwrap();
    alice.ask_patiently(Command::Play { media }).await;
    let mut slow = Socket::open_small(&server).await;
    let welcome = slow.say_hello(hello("movie-night", "Sloth")).await.unwrap();

    for round in 0..JUMPS_EACH {
        for (number, admin) in admins.iter_mut().enumerate() {
            let seconds = i64::try_from(round * ADMINS + number).unwrap();
            let target = SeekTarget::To(Position::seconds(seconds));
            admin
                .ask(Command::Seek { target, mark: None })
                .await
                .unwrap();
        }
        alice.drain().await;
    }
    alice
        .until_room(|room| {
            let sloth = room.roster.get(welcome.you);
            !sloth.is_some_and(watchtogether::protocol::member::Member::is_here)
        })
        .await;
    alice.ask_patiently(chat("the room goes on")).await;
    // The reason arrives if there is still room for it; otherwise the connection just ends.
    let why = slow.closed().await;
    assert!(matches!(why, None | Some(Refused::TooSlow)), "{why:?}");
}
