//! The proxies that stand in front of servers, and the lines of their settings that mend what one of
//! them does to a room. `contrib/nginx.conf` and `contrib/Caddyfile` have them in their place.

/// A proxy in front of a server, as its answers name it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReverseProxy {
    /// nginx, or what is built on it.
    Nginx,
    /// Caddy.
    Caddy,
    /// Apache's `mod_proxy`.
    Apache,
    /// Cloudflare, whatever stands behind it.
    Cloudflare,
    /// One that does not name itself, as `HAProxy`, or none.
    #[default]
    Unnamed,
}

/// What a proxy does that rooms suffer from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProxyFault {
    /// It passes no WebSocket on.
    NoUpgrade,
    /// It does not say who asks.
    Silent,
    /// It cuts connections on which nothing comes.
    Cuts,
    /// It waits for full buffers.
    Buffers,
    /// Its certificate was not renewed.
    Certificate,
}

impl ReverseProxy {
    /// The proxy that these values of the headers `Server` and `Via` name, the nearest first.
    #[must_use]
    pub fn of_headers<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        let known = [
            ("cloudflare", Self::Cloudflare),
            ("nginx", Self::Nginx),
            ("openresty", Self::Nginx),
            ("caddy", Self::Caddy),
            ("apache", Self::Apache),
        ];
        let named = values.into_iter().find_map(|value| {
            let value = value.to_lowercase();
            known.into_iter().find(|(name, _)| value.contains(name))
        });
        named.map_or(Self::Unnamed, |(_, proxy)| proxy)
    }

    /// Its own name; `None` if it has none.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Nginx => Some("nginx"),
            Self::Caddy => Some("Caddy"),
            Self::Apache => Some("Apache"),
            Self::Cloudflare => Some("Cloudflare"),
            Self::Unnamed => None,
        }
    }

    /// What its operator puts into its settings, or types. For one that is not known the lines of
    /// those that need one, each on its own line.
    pub(super) fn remedy(self, fault: ProxyFault) -> String {
        let of_one = |proxy: Self| proxy.line(fault).map(|line| proxy.labelled(fault, line));
        if let Some(line) = of_one(self) {
            return line;
        }
        let known = [Self::Nginx, Self::Caddy];
        let mut lines: Vec<String> = known.into_iter().filter_map(of_one).collect();
        if fault == ProxyFault::Cuts {
            lines.push("HAProxy: timeout tunnel 1h".to_owned());
        }
        lines.join("\n")
    }

    /// Lines of settings after the name of their proxy; a command stands for itself.
    fn labelled(self, fault: ProxyFault, line: &str) -> String {
        match self.name() {
            Some(name) if fault != ProxyFault::Certificate => {
                let lines = line.lines().map(|line| format!("{name}: {line}"));
                lines.collect::<Vec<_>>().join("\n")
            }
            _ => line.to_owned(),
        }
    }

    /// The line for a fault, or several; `a > b` is `b` in the block `a`. `None` where only what
    /// stands behind it can be at fault.
    const fn line(self, fault: ProxyFault) -> Option<&'static str> {
        match (self, fault) {
            (Self::Nginx, ProxyFault::NoUpgrade) => Some(
                "proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; \
                 proxy_set_header Connection \"upgrade\";",
            ),
            (Self::Nginx, ProxyFault::Silent) => Some(
                "proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header Forwarded \"\";",
            ),
            (Self::Nginx, ProxyFault::Cuts) => {
                Some("proxy_read_timeout 1h; proxy_send_timeout 1h;")
            }
            (Self::Nginx, ProxyFault::Buffers) => Some("proxy_buffering off;"),
            (Self::Nginx, ProxyFault::Certificate) => Some("sudo certbot renew"),
            // Caddy passes WebSockets on unless its settings take their headers away.
            (Self::Caddy, ProxyFault::NoUpgrade) => Some(
                "header_up Connection {http.request.header.Connection}\n\
                 header_up Upgrade {http.request.header.Upgrade}",
            ),
            (Self::Caddy, ProxyFault::Silent) => Some("header_up X-Forwarded-For {remote_host}"),
            // Neither has a limit unless one is set; Caddy before 2.7 knows only the latter.
            (Self::Caddy, ProxyFault::Cuts) => {
                Some("stream_timeout 24h\ntransport http > read_timeout 1h")
            }
            (Self::Caddy, ProxyFault::Buffers) => Some("flush_interval -1"),
            (Self::Caddy, ProxyFault::Certificate) => Some("sudo systemctl restart caddy"),
            (Self::Apache, ProxyFault::NoUpgrade) => {
                Some("ProxyPass / http://127.0.0.1:8000/ upgrade=websocket")
            }
            (Self::Apache, ProxyFault::Silent) => Some("ProxyAddHeaders On"),
            (Self::Apache, ProxyFault::Cuts) => Some("ProxyTimeout 3600"),
            (Self::Apache, ProxyFault::Buffers) => {
                Some("ProxyPass / http://127.0.0.1:8000/ upgrade=websocket flushpackets=on")
            }
            (Self::Apache, ProxyFault::Certificate) => Some("sudo certbot renew"),
            (Self::Cloudflare, ProxyFault::NoUpgrade) => Some("Network > WebSockets: On"),
            // Its limit cannot be changed.
            (Self::Cloudflare, ProxyFault::Cuts) => Some("DNS > Records > Proxy status: DNS only"),
            (Self::Cloudflare | Self::Unnamed, _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ProxyFault, ReverseProxy};

    #[test]
    fn a_proxy_is_known_by_what_it_says_of_itself() {
        for (values, expected) in [
            (&["nginx/1.22.1"][..], ReverseProxy::Nginx),
            (&["openresty"], ReverseProxy::Nginx),
            (&["Caddy"], ReverseProxy::Caddy),
            (&["1.1 Caddy"], ReverseProxy::Caddy),
            (&["Apache/2.4.62 (Debian)"], ReverseProxy::Apache),
            (&["cloudflare", "1.1 Caddy"], ReverseProxy::Cloudflare),
            (&["something else", "1.1 vegur"], ReverseProxy::Unnamed),
            (&[], ReverseProxy::Unnamed),
        ] {
            let found = ReverseProxy::of_headers(values.iter().copied());
            assert_eq!(found, expected, "{values:?}");
        }
    }

    #[test]
    fn the_line_is_the_proxys_own_and_of_an_unnamed_one_those_of_all() {
        let cuts = |proxy: ReverseProxy| proxy.remedy(ProxyFault::Cuts);
        let nginx = "nginx: proxy_read_timeout 1h; proxy_send_timeout 1h;";
        assert_eq!(cuts(ReverseProxy::Nginx), nginx);
        let caddy = "Caddy: stream_timeout 24h\nCaddy: transport http > read_timeout 1h";
        assert_eq!(cuts(ReverseProxy::Caddy), caddy);
        let all = format!("{nginx}\n{caddy}\nHAProxy: timeout tunnel 1h");
        assert_eq!(cuts(ReverseProxy::Unnamed), all);
        // What stands behind Cloudflare is at fault, and is not known.
        let buffers = ReverseProxy::Cloudflare.remedy(ProxyFault::Buffers);
        assert_eq!(
            buffers,
            "nginx: proxy_buffering off;\nCaddy: flush_interval -1"
        );
    }
}
