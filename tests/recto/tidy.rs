//! floors, forbidden modules, sizes of files and functions
