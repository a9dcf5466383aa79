//! The ledger beside a collation: the states of fixes, the counts, the text as it stands.
