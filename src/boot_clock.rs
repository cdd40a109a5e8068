//! The time since this machine was booted, including sleep, and the identity of that boot. Setting
//! the clock, by hand or by a time service, affects neither, so two moments of one boot can be
//! compared even between two runs of a program.

use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::protocol::time::Span;

/// Identifies one boot of one machine: 64 bits of a hash of the system's own identifier, so that a
/// file reveals no more about the machine than whether it is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BootId(pub i64);

/// A point in time, relative to a boot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BootMoment {
    /// The boot that `since` counts from; times of two boots do not compare.
    pub boot: BootId,
    /// The time since that boot.
    pub since: Span,
}

/// The current moment; `None` if the system has no such clock or no identifier for the boot.
#[must_use]
pub fn now() -> Option<BootMoment> {
    static BOOT: OnceLock<Option<BootId>> = OnceLock::new();
    let boot = *BOOT.get_or_init(|| name().map(|name| hash(name.trim())));
    Some(BootMoment {
        boot: boot?,
        since: since_boot()?,
    })
}

fn hash(name: &str) -> BootId {
    let digest = Sha256::digest(name.as_bytes());
    let bits = digest.iter().take(8);
    BootId(bits.fold(0, |bits, byte| bits << 8 | i64::from(*byte)))
}

/// The time since the machine was booted; `None` if the system has no such clock.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
#[must_use]
pub fn since_boot() -> Option<Span> {
    use rustix::time::{ClockId, clock_gettime};

    #[cfg(not(target_vendor = "apple"))]
    const CLOCK: ClockId = ClockId::Boottime;
    // According to Apple's manual it continues while the system sleeps, unlike CLOCK_UPTIME_RAW.
    #[cfg(target_vendor = "apple")]
    const CLOCK: ClockId = ClockId::Monotonic;

    let time = clock_gettime(CLOCK);
    let seconds = u64::try_from(time.tv_sec).ok()?;
    let nanoseconds = u32::try_from(time.tv_nsec).ok()?;
    Some(Span::from(std::time::Duration::new(seconds, nanoseconds)))
}

/// The time since the machine was booted; `None` if the system has no such clock.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
#[must_use]
pub const fn since_boot() -> Option<Span> {
    None
}

/// The kernel's identifier of this boot.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn name() -> Option<String> {
    let name = std::fs::read_to_string("/proc/sys/kernel/random/boot_id");
    name.inspect_err(|error| tracing::debug!(%error, "this boot has no name"))
        .ok()
}

/// The kernel's identifier of this boot.
#[cfg(target_vendor = "apple")]
fn name() -> Option<String> {
    let asked = std::process::Command::new("/usr/sbin/sysctl")
        .args(["-n", "kern.bootsessionuuid"])
        .stdin(std::process::Stdio::null())
        .output();
    let answer = asked
        .inspect_err(|error| tracing::debug!(%error, "this boot has no name"))
        .ok()?;
    let name = String::from_utf8(answer.stdout).ok()?;
    (answer.status.success() && !name.trim().is_empty()).then_some(name)
}

/// The kernel's identifier of this boot.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
const fn name() -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::{hash, now, since_boot};

    #[test]
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    fn moments_of_one_boot_follow_each_other() {
        let (first, then) = (now().unwrap(), now().unwrap());
        assert_eq!(first.boot, then.boot);
        assert!(first.since <= then.since && then.since <= since_boot().unwrap());
    }

    #[test]
    fn boots_are_distinguished() {
        assert_eq!(hash("a"), hash("a"));
        assert_ne!(hash("a"), hash("b"));
    }
}
