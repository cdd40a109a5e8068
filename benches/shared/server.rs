//! A server in the process of a bench.

use std::net::SocketAddr;
use std::path::Path;

use tokio::net::TcpListener;
use watchtogether::server::{Limits, Network, Running, ServerConfig, Storage};

/// Starts a server on a free port of this machine, which keeps its rooms in this folder.
pub(crate) async fn serve(folder: &Path) -> (Running, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let config = ServerConfig {
        storage: Storage::Folder(folder.to_owned()),
        public_url: None,
        hosted: false,
        limits: Limits::default(),
        network: Network::default(),
    };
    let running = Running::start(vec![listener], config)
        .await
        .expect("it starts");
    let address = *running.addresses().first().expect("an address");
    (running, address)
}
