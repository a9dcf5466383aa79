//! a desk: temporary folder, cleared environment, fixed clock
