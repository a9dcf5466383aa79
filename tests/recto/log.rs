//! records, chain, every flipped byte, torn tails, lock
