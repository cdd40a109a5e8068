//! The cookies of one load. Some HLS servers set one with the list and require it with each part. A
//! cookie is only sent to the exact origin (scheme, host and port) that set it and lives as long as
//! the load. Pure.

use std::collections::BTreeMap;

/// The most origins with cookies (judgement: a list, its parts and its keys).
const MOST_ORIGINS: usize = 8;

/// The most cookies of one origin. Browsers keep at least 50 of 4,096 bytes each (RFC 6265, 6.1);
/// media servers need a few.
const MOST_COOKIES: usize = 16;

/// The longest cookie in bytes, which is what browsers keep at least (RFC 6265, 6.1).
const LONGEST_COOKIE: usize = 4_096;

/// Cookies by their origin.
#[derive(Debug, Clone, Default)]
pub(super) struct Cookies(BTreeMap<String, BTreeMap<String, String>>);

impl Cookies {
    /// Stores a `Set-Cookie` header from `origin`. Its attributes are ignored: path, age and domain
    /// only say where else or how long a browser keeps it.
    pub(super) fn set(&mut self, origin: &str, header: &str) {
        let pair = header.split(';').next().unwrap_or_default();
        let Some((name, value)) = pair.split_once('=') else {
            return;
        };
        let (name, value) = (name.trim(), value.trim());
        let fits = !name.is_empty() && name.len() + value.len() < LONGEST_COOKIE;
        let known = self.0.contains_key(origin);
        if !fits || (!known && self.0.len() >= MOST_ORIGINS) {
            return;
        }
        let cookies = self.0.entry(origin.to_owned()).or_default();
        if cookies.contains_key(name) || cookies.len() < MOST_COOKIES {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// The `Cookie` header for `origin`, after the cookies that the member set by hand; `None` if
    /// there are none.
    pub(super) fn header(&self, origin: &str, members: Option<&str>) -> Option<String> {
        let ours = self.0.get(origin).into_iter().flatten();
        let ours = ours.map(|(name, value)| format!("{name}={value}"));
        let all: Vec<String> = members.map(str::to_owned).into_iter().chain(ours).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::{Cookies, MOST_COOKIES, MOST_ORIGINS};

    #[test]
    fn a_cookie_goes_back_to_its_own_host_only() {
        let mut cookies = Cookies::default();
        cookies.set("a.example", "token=1; Path=/; Domain=.example");
        cookies.set("a.example", "token=2; HttpOnly");
        cookies.set("a.example", "more=x=y");
        let header = cookies.header("a.example", None);
        assert_eq!(header.as_deref(), Some("more=x=y; token=2"));
        assert_eq!(cookies.header("b.example", None), None);
        let header = cookies.header("b.example", Some("mine=1"));
        assert_eq!(header.as_deref(), Some("mine=1"));
    }

    #[test]
    fn nobody_fills_the_memory_with_them() {
        let mut cookies = Cookies::default();
        for host in 0..100 {
            for name in 0..100 {
                cookies.set(&host.to_string(), &format!("{name}=1"));
            }
        }
        cookies.set("0", &format!("0={}", "a".repeat(5_000)));
        cookies.set("0", "no cookie");
        assert_eq!(cookies.0.len(), MOST_ORIGINS);
        assert!(cookies.0.values().all(|all| all.len() == MOST_COOKIES));
        assert_eq!(cookies.0["0"]["0"], "1");
    }
}
