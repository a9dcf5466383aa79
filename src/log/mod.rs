//! The edit log: records, chain, scan, replay. Bytes in, values out.
