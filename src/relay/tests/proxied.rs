//! A relay behind a proxy.

use super::scene::{LINK, Scene, config, elsewhere, here};
use crate::media::fault::FaultKind;
use crate::relay::Proxies;
use crate::test_support::origin::{Act, Origin, answer, media_bytes, served};

/// `user:word` in base64, as in `Proxy-Authorization`.
const PASSWORD: &str = "Basic dXNlcjp3b3Jk";

/// A relay that reaches everything through a proxy at 10.0.0.9:3128.
fn behind(origin: Origin, link: &str) -> Scene {
    let mut config = config(&origin);
    config.proxies = Proxies::all("http://user:word@10.0.0.9:3128", "");
    Scene::with(config, origin, link)
}

#[tokio::test(start_paused = true)]
async fn a_proxy_is_asked_for_the_whole_address() {
    let media_bytes = media_bytes(100);
    let origin = Origin::new(move |asked| served(&media_bytes, asked));
    let scene = behind(origin, LINK);
    assert_eq!(scene.get(None).await.status, 200);
    let asked = scene.origin.asked.lock().unwrap();
    assert_eq!(asked[0].path, LINK);
    assert_eq!(asked[0].to, "10.0.0.9:3128".parse().unwrap());
    assert_eq!(asked[0].header("proxy-authorization"), Some(PASSWORD));
}

#[tokio::test(start_paused = true)]
async fn a_secured_connection_goes_through_the_proxy() {
    let origin = Origin::new(|_| answer(403, &[], b""));
    let mut scene = behind(origin, "https://films.example/a.mp4");
    scene.get(None).await;
    assert_eq!(scene.gave_up(), here(FaultKind::ProxyRefuses));
    let asked = scene.origin.asked.lock().unwrap();
    assert_eq!(asked[0].path, "films.example:443");
    assert_eq!(asked[0].header("proxy-authorization"), Some(PASSWORD));
}

#[tokio::test(start_paused = true)]
async fn a_password_that_the_proxy_asks_for_is_the_proxys() {
    let mut scene = behind(Origin::new(|_| answer(407, &[], b"")), LINK);
    scene.get(None).await;
    assert_eq!(scene.gave_up(), here(FaultKind::ProxyRefuses));
    // A 407 of the server behind the proxy is not the proxy's, nor is one without a proxy.
    let mut scene = behind(Origin::new(|_| answer(401, &[], b"")), LINK);
    scene.get(None).await;
    assert_eq!(scene.gave_up(), here(FaultKind::PasswordAsked));
    let mut scene = Scene::new(|_| answer(407, &[], b""));
    scene.get(None).await;
    assert_eq!(scene.gave_up(), here(FaultKind::PasswordAsked));
}

#[tokio::test(start_paused = true)]
async fn what_names_the_own_network_is_asked_of_no_proxy() {
    let to = |to: &'static str| move |_: &_| answer(302, &[("Location", to)], b"");
    for place in ["http://192.168.0.1/a.mp4", "http://localhost/a.mp4"] {
        let mut scene = behind(Origin::new(to(place)), LINK);
        scene.get(None).await;
        assert_eq!(scene.gave_up(), elsewhere(FaultKind::PrivateAddress));
        assert_eq!(scene.origin.asked.lock().unwrap().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_proxy_that_is_away_is_a_passing_fault() {
    let mut scene = behind(Origin::new(|_| vec![Act::Close]), LINK);
    scene.origin.listens(false);
    scene.get(None).await;
    assert_eq!(scene.gave_up(), here(FaultKind::ProxyAway));
}
