//! The options of `host` that start a server in this process as it was started, for the goodbye.

use super::config::DEFAULT_PORT;
use crate::protocol::invite::ServerUrl;

/// The options for a server at this port; the usual one needs no word.
pub(super) fn of(on_lan: bool, port: u16, public_url: Option<&ServerUrl>) -> Vec<String> {
    let lan = on_lan.then(|| "--lan".to_owned());
    let url = public_url.map(|url| format!("--public-url {url}"));
    let port = (port != DEFAULT_PORT).then(|| format!("--port {port}"));
    [lan, url, port].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::protocol::invite::ServerUrl;

    #[test]
    fn what_was_given_is_repeated_and_the_usual_port_is_not() {
        assert_eq!(of(false, 8000, None), [""; 0]);
        assert_eq!(of(true, 18_975, None), ["--lan", "--port 18975"]);
        let url = ServerUrl::parse("https://watch.example.org").unwrap();
        let expected = ["--public-url https://watch.example.org"];
        assert_eq!(of(false, 8000, Some(&url)), expected);
    }
}
