//! extra: logs by an independent writer, where they are to be had
