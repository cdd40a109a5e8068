//! Servers that speak TLS. The certificates in `certificates/` are for these tests only: an
//! authority that nobody trusts, and its certificate for `films.example`, valid for a hundred
//! years.

use std::sync::Arc;

use futures_util::FutureExt;
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::AsyncReadExt;
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;

use super::scene::{Scene, config, here};
use crate::media::fault::FaultKind;
use crate::relay::{Connector, Transport};
use crate::test_support::origin::{Act, Origin, media_bytes, served};
use crate::trust::Trust;

const AUTHORITY: &[u8] = include_bytes!("certificates/ca.der");
const CERTIFICATE: &[u8] = include_bytes!("certificates/films.der");
const KEY: &[u8] = include_bytes!("certificates/films-key.der");

/// A server that speaks TLS as `films.example`.
fn secured(link: &str, authority_is_known: bool) -> Scene {
    let media_bytes = media_bytes(1_000);
    let origin = Origin::new(move |asked| served(&media_bytes, asked));
    let mut config = config(&origin);
    let authority = authority_is_known.then(|| CertificateDer::from(AUTHORITY));
    config.trust = Trust::only(authority.into_iter().collect());
    let acceptor = acceptor();
    let serving = origin.clone();
    config.connector = Connector::new(move |to| {
        let (acceptor, serving) = (acceptor.clone(), serving.clone());
        async move {
            let (ours, theirs) = tokio::io::duplex(64 * 1024);
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(theirs).await {
                    serving.serve(to, stream).await;
                }
            });
            Ok(Box::new(ours) as Box<dyn Transport>)
        }
    });
    Scene::with(config, origin, link)
}

fn acceptor() -> TlsAcceptor {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(KEY));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(CERTIFICATE)], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

#[tokio::test(start_paused = true)]
async fn a_certificate_that_is_vouched_for_is_taken() {
    let mut scene = secured("https://films.example/a.mp4", true);
    assert_eq!(scene.get(Some("bytes=0-")).await.body, media_bytes(1_000));
    assert_eq!(scene.reported(), []);
}

/// The authorities are read from the disk, for which no other task may wait.
#[test]
fn authorities_are_read_where_blocking_is_allowed() {
    let idle = Arc::new(Notify::new());
    let parking = Arc::clone(&idle);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(1)
        .on_thread_park(move || parking.notify_waiters())
        .build()
        .unwrap();
    runtime.block_on(async {
        let (release, released) = std::sync::mpsc::channel();
        tokio::task::spawn_blocking(move || released.recv());
        let origin = Origin::new(|_| Vec::new());
        let mut config = config(&origin);
        let (dialed, mut dials) = tokio::sync::mpsc::unbounded_channel();
        config.connector = Connector::new(move |_| {
            let (ours, theirs) = tokio::io::duplex(64 * 1024);
            dialed.send(theirs).unwrap();
            async move { Ok(Box::new(ours) as Box<dyn Transport>) }
        });
        let scene = Scene::with(config, origin, "https://films.example/a.mp4");
        let _getting = scene.getting(None);
        let mut server = dials.recv().await.unwrap();
        let mut byte = [0];
        let mut hello = std::pin::pin!(server.read_exact(&mut byte));
        // The thread parks when no task can go on. All else is in memory, so that what holds up the
        // handshake is the job in the queue of the only thread on which blocking is allowed.
        idle.notified().await;
        assert!(hello.as_mut().now_or_never().is_none());
        release.send(()).unwrap();
        hello.await.unwrap();
        assert_eq!(byte, [22], "a handshake");
    });
}

#[tokio::test(start_paused = true)]
async fn any_other_certificate_is_refused_at_once() {
    for (link, is_known) in [
        ("https://films.example/a.mp4", false),
        ("https://cdn.example/a.mp4", true),
    ] {
        let mut scene = secured(link, is_known);
        scene.get(Some("bytes=0-")).await;
        assert_eq!(scene.gave_up(), here(FaultKind::Certificate), "{link}");
        assert_eq!(scene.moments().len(), 0, "nothing was asked");
    }
}

#[tokio::test(start_paused = true)]
async fn plain_http_at_a_tls_port_that_only_hangs_up_is_known_by_one_handshake() {
    for is_known in [true, false] {
        let mut scene = secured("http://films.example:8443/a.mp4", is_known);
        scene.get(Some("bytes=0-")).await;
        assert_eq!(scene.gave_up(), here(FaultKind::TlsMismatch));
    }
}

#[tokio::test(start_paused = true)]
async fn who_hangs_up_and_speaks_no_tls_is_looked_at_once() {
    let mut scene = Scene::new(|_| vec![Act::Close]);
    scene.get(Some("bytes=0-")).await;
    assert_eq!(scene.gave_up(), here(FaultKind::ClosedUnanswered));
    let (dialed, asked) = (scene.origin.dialed.lock().unwrap().len(), scene.moments());
    assert_eq!(dialed, asked.len() + 1, "{asked:?}");
    assert!(asked.len() > 3, "it is tried again");
}

#[tokio::test(start_paused = true)]
async fn tls_at_a_port_that_speaks_plain_http_is_known() {
    let link = "https://films.example/a.mp4";
    let plain = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
    let origin = Origin::new(|_| vec![Act::Close]);
    let mut config = config(&origin);
    config.connector = Connector::new(move |_| async move {
        let (ours, mut theirs) = tokio::io::duplex(64 * 1024);
        tokio::spawn(async move {
            tokio::io::AsyncWriteExt::write_all(&mut theirs, plain)
                .await
                .unwrap();
            std::future::pending::<()>().await;
        });
        Ok(Box::new(ours) as Box<dyn Transport>)
    });
    let mut scene = Scene::with(config, origin, link);
    scene.get(None).await;
    assert_eq!(scene.gave_up(), here(FaultKind::TlsMismatch));
}
