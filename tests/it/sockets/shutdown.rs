//! The server's shutdown: every socket gets the reason, those that are joining too.

use watchtogether::protocol::denied::Refused;

use super::Server;
use super::client::Client;
use super::socket::Socket;

#[tokio::test]
async fn every_socket_is_closed_with_the_reason() {
    let mut server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let mut undecided = Socket::open(&server).await;
    let (stopped, alice_reason, bob_reason, undecided_reason) = tokio::join!(
        server.stop(),
        alice.closed(),
        bob.closed(),
        undecided.closed()
    );
    let () = stopped;
    assert_eq!(alice_reason, Some(Refused::ShuttingDown));
    assert_eq!(bob_reason, Some(Refused::ShuttingDown));
    assert_eq!(undecided_reason, Some(Refused::ShuttingDown));
    let refused = tokio::net::TcpStream::connect(server.address).await;
    assert!(refused.is_err(), "nobody listens any more");
}
