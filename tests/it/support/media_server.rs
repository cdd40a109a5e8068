//! A web server with range requests on the loopback interface, like a media host.

use std::net::SocketAddr;
use std::path::Path;

use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tower_http::services::ServeDir;

use super::clips::{Clip, folder_with};

/// A running media server, which ends when this is dropped.
pub(crate) struct MediaServer {
    address: SocketAddr,
    _runtime: Runtime,
}

impl MediaServer {
    /// Serves these clips.
    pub(crate) fn with(clips: &[Clip]) -> Self {
        Self::serving(&folder_with(clips))
    }

    /// Serves a folder.
    pub(crate) fn serving(folder: &Path) -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime can be built");
        let router = axum::Router::new().fallback_service(ServeDir::new(folder));
        let listener = runtime
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("the loopback has a free port");
        let address = listener.local_addr().expect("a listener has an address");
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self {
            address,
            _runtime: runtime,
        }
    }

    /// The link to a clip.
    pub(crate) fn link(&self, clip: Clip) -> String {
        self.link_to(clip.file_name())
    }

    /// The link to a file of the folder.
    pub(crate) fn link_to(&self, file: &str) -> String {
        format!("http://{}/{file}", self.address)
    }
}
