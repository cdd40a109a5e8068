//! Laws that hold for any sequence of commands, arrivals, departures, reports, waits and
//! restarts.
