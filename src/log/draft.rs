//! The records of a new log, and acts cut into parts.
