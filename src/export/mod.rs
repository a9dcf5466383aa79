//! From a review and its log to bytes in a format.
