//! The only I/O of the program.
